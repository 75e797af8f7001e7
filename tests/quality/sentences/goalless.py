"""Pontarlac 0–0 Meridon: seven tips, none for a draw; two models share the lead before and after."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Pontarlac", "away": "Meridon", "competition": "Isthmus Cup", "season": "Isthmus Cup 2025"},
        **{"round": "Matchday 2", "group": "Group C", "date": "2025-06-03", "kickoff": "2025-06-03T19:30:00+00:00"},
        **{"half_time": [0, 0], "full_time": [0, 0], "matches_after": 4},
    },
    goals=[],
    tips={
        **{"Quartz": (1, 0), "Delta Nine": (2, 0), "Rook": (2, 1), "Hazel-7": (2, 0)},
        **{"Marrow": (1, 0), "Almanac": (2, 0), "Sextant": (0, 1)},
    },
    table={
        "Marrow": (3, 12, 3, 2, 0, 3, 3),
        "Rook": (3, 12, 3, 2, 0, 3, 3),
        "Quartz": (3, 9, 2, 1, 1, 2, 2),
        "Delta Nine": (3, 7, 2, 1, 0, 1, 1),
        "Hazel-7": (3, 5, 1, 1, 0, 0, 1),
        "Sextant": (3, 4, 1, 0, 0, 1, 1),
        "Almanac": (3, 2, 1, 0, 0, 0, 1),
    },
    history={
        **{"fewest_right": [3, 7], "most_goals": 5, "most_points": 8},
        **{"longest_streak": 3, "longest_streak_models": ["Marrow", "Rook"]},
    },
)

SENTENCES = (
    # A sports editor.
    "Pontarlac and Meridon could not find a goal between them in Group C.",
    "It ended as it began: 0–0.",
    "Neither side scored.",
    "Both teams kept a clean sheet.",
    "There was no winner in Pontarlac's match with Meridon on 3 June.",
    # A data journalist.
    "None of the seven models had a draw.",
    "Six models backed Pontarlac and one, Sextant, backed Meridon.",
    "All seven tips were wrong, so the match was worth zero points to everybody.",
    "A draw stood at six points by the quota, and nobody collected them.",
    "The most popular scoreline was 2–0, given by three models: Delta Nine, Hazel-7 and Almanac.",
    "Two tips said 1–0, from Marrow and Quartz.",
    "Marrow and Rook both drop from 4.00 points a prediction to 3.00.",
    "Both leaders saw a run of three right outcomes end.",
    "Not a single rank changed.",
    "That is 0 points from seven predictions.",
    # A fan blog.
    "Seven models, seven misses.",
    "Marrow and Rook still share first place, level on 12 points.",
    "Everyone expected goals, and every tip had a winner.",
    "Sextant went against the other six and was wrong as well.",
    "Quartz stays third, 0.75 points a prediction behind the two leaders.",
    "Almanac remain bottom of the table.",
    # Terse wire copy.
    "Pontarlac 0, Meridon 0.",
    "Goalless. No model had it.",
    "Table after four matches: Marrow and Rook joint first, Quartz third.",
    # A language model.
    "With neither Pontarlac nor Meridon able to score, the field was left without a single point.",
    "Despite the goalless draw, the top of the table is unchanged: Marrow and Rook remain tied for the lead.",
    "Hazel-7 is fifth with five points from four predictions.",
)
