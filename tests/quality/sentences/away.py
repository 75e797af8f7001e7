"""Borgen 1–3 Aldersea from 1–1 at half-time: fourteen tips, four right, one exact; a new leader and a newcomer."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Borgen", "away": "Aldersea", "competition": "Channel Trophy", "season": "Channel Trophy 2025"},
        **{"round": "Semi-final", "venue": "Borgen Park", "date": "2025-05-14"},
        **{"kickoff": "2025-05-14T18:45:00+00:00", "half_time": [1, 1], "full_time": [1, 3], "matches_after": 6},
    },
    goals=[
        ("home", "Tomas Riis", "5", ""),
        ("away", "Will Pask", "19", ""),
        ("away", "Joe Tarrant", "66", "penalty"),
        ("away", "Will Pask", "90+1", ""),
    ],
    tips={
        **{"Quartz": (1, 3), "Rook": (1, 2), "Almanac": (0, 1), "Hazel-7": (0, 2)},
        **{"Marrow": (1, 1), "Bluefin": (1, 1), "Sextant": (2, 2)},
        **{"Delta Nine": (2, 1), "Tallow 2": (2, 1), "Moth": (2, 1), "Pinball": (1, 0), "Lantern": (1, 0)},
        **{"Copperplate": (2, 0), "Hazel-7 mini": (3, 1)},
    },
    table={
        "Marrow": (5, 19, 4, 3, 1, 0, 3),
        "Rook": (5, 19, 4, 2, 1, 4, 4),
        "Quartz": (5, 17, 3, 2, 2, 1, 2),
        "Hazel-7": (5, 15, 3, 2, 1, 2, 2),
        "Bluefin": (5, 14, 3, 2, 0, 1, 2),
        "Delta Nine": (5, 12, 3, 1, 0, 3, 3),
        "Sextant": (5, 11, 2, 2, 1, 0, 1),
        "Moth": (4, 8, 2, 1, 0, 0, 1),
        "Almanac": (5, 8, 2, 1, 0, 0, 2),
        "Tallow 2": (5, 7, 2, 0, 0, 1, 1),
        "Pinball": (5, 6, 1, 1, 0, 0, 1),
        "Copperplate": (5, 4, 1, 0, 0, 0, 1),
        "Hazel-7 mini": (5, 2, 1, 0, 0, 0, 1),
    },
    history={
        **{"fewest_right": [2, 13], "most_goals": 6, "most_points": 9},
        **{"longest_streak": 4, "longest_streak_models": ["Rook"]},
    },
)

SENTENCES = (
    # A sports editor.
    "Aldersea recovered from a goal down to win 3–1 at Borgen.",
    "Tomas Riis gave Borgen the lead in the fifth minute, but Will Pask equalised in the 19th.",
    "A penalty by Joe Tarrant midway through the second half put Aldersea in front.",
    "Pask scored his second of the match in stoppage time.",
    "The semi-final was level at half-time, 1–1.",
    "Borgen lost their semi-final at Borgen Park by two goals.",
    # A data journalist.
    "Half of the field, seven models of fourteen, had backed Borgen.",
    "Only four models, fewer than a third, had Aldersea as the winner.",
    "With four right out of 14, the quota came to four points.",
    "Quartz earned eight points, Hazel-7 five, and Rook and Almanac four each.",
    "That is 21 points for the field, or 1.50 per model.",
    "Quartz goes from third to first and now averages 4.17 points a prediction.",
    "Marrow, the leader until now, drops to fourth.",
    "Almanac draws level with Delta Nine: both have 12 points from six predictions and share sixth place.",
    # A fan blog.
    "Ten of the fourteen went home without a point.",
    "Only Quartz had 1–3.",
    "Three models said 2–1, and three is how many of them were wrong.",
    "Rook makes it five right outcomes in a row.",
    "Lantern's first tip of the season was 1–0, and it was wrong.",
    "Delta Nine was on a run of three, which is now over.",
    # Terse wire copy.
    "Borgen 1–3 Aldersea (1–1). Riis 5; Pask 19, 90+1, Tarrant 66 pen.",
    "Home 7, draw 3, away 4.",
    "Quartz leads with 4.17, Rook is second with 3.83, Hazel-7 third with 3.33.",
    # A language model.
    "Borgen struck first through Tomas Riis, yet it was Aldersea who left with the win.",
    "Will Pask, with two goals, and Joe Tarrant, with one, scored for the visitors.",
    "At the other end of the table, the newcomer Lantern is last with no points.",
)
