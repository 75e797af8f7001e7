"""Olmeda 0–1 Real Olmeda, a derby decided in the 88th minute: nine tips, all of them right, four exact."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Olmeda", "away": "Real Olmeda", "competition": "Liga Sur", "season": "Liga Sur 2023/24"},
        **{"round": "Matchday 21", "venue": "Campo Viejo", "date": "2024-02-11"},
        **{"kickoff": "2024-02-11T20:00:00+00:00", "half_time": [0, 0], "full_time": [0, 1]},
        **{"matches_after": 100, "rivalry": "the Olmeda derby"},
    },
    goals=[("away", "Saúl Ortega-Ríos", "88", "")],
    tips={
        **{"Quartz": (0, 1), "Marrow": (0, 1), "Tallow 2": (0, 1), "Bluefin": (0, 1)},
        **{"Rook": (0, 2), "Sextant": (0, 2), "Hazel-7": (0, 2), "Almanac": (1, 2), "Pinball": (1, 3)},
    },
    table={
        "Marrow": (20, 50, 12, 7, 4, 2, 4),
        "Tallow 2": (20, 50, 12, 8, 3, 5, 6),
        "Quartz": (20, 47, 11, 7, 3, 0, 5),
        "Rook": (20, 44, 11, 6, 2, 1, 4),
        "Bluefin": (20, 40, 10, 6, 2, 0, 3),
        "Sextant": (20, 38, 10, 5, 1, 0, 3),
        "Hazel-7": (20, 33, 8, 5, 1, 0, 2),
        "Almanac": (20, 30, 8, 3, 1, 7, 7),
        "Pinball": (20, 21, 6, 1, 0, 0, 2),
    },
    history={
        **{"matches": 99, "told": [["everyone_saw_it", 2], ["derby", 1]], "fewest_right": [0, 9]},
        **{"most_goals": 8, "most_points": 10, "longest_streak": 7, "longest_streak_models": ["Almanac"]},
    },
)

SENTENCES = (
    # A sports editor.
    "A late goal by Saúl Ortega-Ríos gave Real Olmeda a 1–0 win at Olmeda.",
    "Real Olmeda won the Olmeda derby with two minutes of normal time to play.",
    "The only goal came in the 88th minute.",
    "It was goalless at half-time.",
    "Olmeda lost 0–1 at home to Real Olmeda.",
    "Ortega-Ríos scored the winner.",
    # A data journalist.
    "All nine models had Real Olmeda winning.",
    "Four of the nine, 44 per cent, had the exact score.",
    "Because everyone chose it, an away win was worth only two points.",
    "The four exact tips earned six points each.",
    "The nine models took 35 points in all, 3.89 on average.",
    "Almanac had the goal difference with 1–2 and earned three points.",
    "Nobody went without points.",
    "Almanac has now had eight right outcomes in a row, one more than the longest run of the season until then.",
    "Marrow and Tallow 2 both have 56 points from 21 predictions; Marrow is first with five exact scores to four.",
    "Bluefin overtakes Rook for fourth place.",
    # A fan blog.
    "No draw and no home win among the tips.",
    "Everybody saw it coming.",
    "Tallow 2 has been right six times running.",
    "Rook, Sextant and Hazel-7 all said 0–2.",
    "Pinball's 1–3 was good for two points.",
    # Terse wire copy.
    "Olmeda 0, Real Olmeda 1 (Ortega-Ríos 88).",
    "Nine tips, nine right, four exact.",
    "Exact: Bluefin, Marrow, Quartz, Tallow 2.",
    # A language model.
    "The derby stayed level until the 88th minute, when Saúl Ortega-Ríos struck for Real Olmeda.",
    "The whole field agreed, and the whole field was right.",
    "Rook slips to fifth, while Bluefin moves up from fifth to fourth.",
    "After 100 settled matches, Marrow leads with an average of 2.67.",
)
