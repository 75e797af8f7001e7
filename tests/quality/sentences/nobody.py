"""Palmera 2–0 Costa Verde: six tips, all of them for Costa Verde and so all wrong; an early goal."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Palmera", "away": "Costa Verde", "competition": "Liga Sur", "season": "Liga Sur 2024/25"},
        **{"round": "Matchday 3", "date": "2024-09-01", "kickoff": "2024-09-01T17:00:00+00:00"},
        **{"half_time": [1, 0], "full_time": [2, 0], "matches_after": 3},
    },
    goals=[("home", "Nuno Prado", "2", ""), ("home", "Nuno Prado", "47", "")],
    tips={
        **{"Quartz": (0, 1), "Rook": (0, 1), "Pinball": (0, 1)},
        **{"Marrow": (1, 2), "Sextant": (1, 2), "Hazel-7": (0, 2)},
    },
    table={
        "Quartz": (2, 9, 2, 1, 1, 2, 2),
        "Rook": (2, 7, 2, 1, 0, 2, 2),
        "Marrow": (2, 5, 1, 1, 1, 1, 1),
        "Hazel-7": (2, 4, 1, 1, 0, 0, 1),
        "Sextant": (2, 2, 1, 0, 0, 0, 1),
        "Pinball": (2, 0, 0, 0, 0, 0, 0),
    },
    history={
        **{"fewest_right": [2, 6], "most_goals": 4, "most_points": 6},
        **{"longest_streak": 2, "longest_streak_models": ["Quartz", "Rook"]},
    },
)

SENTENCES = (
    # A sports editor.
    "Nuno Prado scored twice as Palmera beat Costa Verde 2–0.",
    "It took Prado two minutes to put Palmera ahead.",
    "Prado's second came two minutes into the second half.",
    "Costa Verde never led and never scored.",
    # A data journalist.
    "All six models were on Costa Verde; none took a point.",
    "No model had Palmera winning, so the quota for a home win was the maximum, six points.",
    "Half of the six had 0–1, two had 1–2 and one had 0–2.",
    "Quartz slips from 4.50 to 3.00 points a prediction but stays first.",
    "The order of the table is the same as before.",
    # A fan blog.
    "Six tips for Costa Verde, zero for Palmera.",
    "Every single model got it wrong.",
    "Pinball is still waiting for its first point after three predictions.",
    "Unanimous, and unanimously wrong.",
    # Terse wire copy.
    "Palmera 2 (Prado 2, 47) Costa Verde 0.",
    "No draw tipped, no home win tipped.",
    "Top three: Quartz 3.00, Rook 2.33, Marrow 1.67.",
    # A language model.
    "An early goal by Nuno Prado set Palmera on the way to a 2–0 victory that no model had foreseen.",
    "The runs of Quartz and Rook, two right outcomes each, both came to an end.",
)
