"""Sankt Elm 4–4 Hohenrode, level in stoppage time: ten tips, two for a draw, none exact; no rank changes."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Sankt Elm", "away": "Hohenrode", "competition": "Elbtal Liga", "season": "Elbtal Liga 2024/25"},
        **{"round": "Matchday 16", "venue": "Elmstadion", "date": "2025-03-08"},
        **{"kickoff": "2025-03-08T15:30:00+00:00", "half_time": [2, 1], "full_time": [4, 4], "matches_after": 31},
    },
    goals=[
        ("home", "Jonas Weih", "10", ""),
        ("home", "Jonas Weih", "31", ""),
        ("away", "Lars Öhm", "40", ""),
        ("home", "Emil Katz", "55", ""),
        ("away", "Piet Vos", "62", ""),
        ("away", "Piet Vos", "74", ""),
        ("home", "Jonas Weih", "83", "penalty"),
        ("away", "Lars Öhm", "90+5", ""),
    ],
    tips={
        **{"Rook": (2, 2), "Pinball": (1, 1), "Delta Nine": (1, 2), "Tallow 2": (0, 1)},
        **{"Quartz": (2, 1), "Marrow": (2, 0), "Almanac": (3, 1), "Hazel-7": (2, 1)},
        **{"Bluefin": (2, 1), "Sextant": (1, 0)},
    },
    table={
        "Quartz": (30, 75, 18, 12, 5, 6, 8),
        "Bluefin": (30, 72, 17, 11, 5, 0, 5),
        "Marrow": (29, 66, 16, 10, 4, 1, 4),
        "Rook": (30, 60, 14, 9, 4, 0, 4),
        "Hazel-7": (28, 55, 13, 8, 3, 2, 3),
        "Delta Nine": (30, 54, 13, 8, 2, 0, 3),
        "Almanac": (30, 51, 12, 7, 3, 0, 3),
        "Sextant": (30, 45, 11, 6, 2, 0, 2),
        "Tallow 2": (30, 39, 10, 4, 1, 0, 2),
        "Pinball": (30, 33, 8, 3, 0, 0, 2),
    },
    history={
        **{"matches": 30, "told": [["goal_feast", 3]], "fewest_right": [0, 10], "most_goals": 7, "most_points": 9},
        **{"longest_streak": 8, "longest_streak_models": ["Quartz"]},
    },
)

SENTENCES = (
    # A sports editor.
    "Sankt Elm and Hohenrode shared eight goals in a 4–4 draw.",
    "Lars Öhm equalised for Hohenrode in the fifth minute of stoppage time.",
    "Jonas Weih scored three times for Sankt Elm, the last of them from the penalty spot.",
    "Sankt Elm led 1–0, 2–0, 3–1 and 4–3, and still did not win.",
    "Hohenrode were never ahead.",
    "Piet Vos made it 3–3 in the 74th minute.",
    "Sankt Elm went in at the break 2–1 up.",
    "Five of the eight goals were scored in the second half.",
    "Sankt Elm did not hold on to a two-goal lead.",
    # A data journalist.
    "No match of the season before it had as many goals; the most had been seven.",
    "Two models in ten had tipped a draw, and each earned five points.",
    "Rook and Pinball had the draw, though not the score.",
    "60 per cent of the models had gone for Sankt Elm.",
    "A draw was worth four points, a win for Sankt Elm two.",
    "The field averaged exactly one point.",
    "Quartz had its run of six right outcomes broken, two short of its best.",
    "Quartz's lead over Bluefin is 0.10 points a prediction, as it was before.",
    "Pinball now has 38 points from 31 predictions and is still last.",
    # A fan blog.
    "A hat-trick for Weih, two each for Vos and Öhm, and one for Emil Katz.",
    "Nobody had 4–4.",
    "The three highest-placed models all got nothing.",
    "Eight models out of ten came away empty-handed.",
    "2–1 was the favourite scoreline, with three tips.",
    # Terse wire copy.
    "Sankt Elm 4 (Weih 10, 31, 83 pen, Katz 55) Hohenrode 4 (Öhm 40, 90+5, Vos 62, 74).",
    "Half-time: 2–1.",
    "No change in the table; Quartz leads on 2.42.",
    # A language model.
    "With the clock past ninety minutes, Öhm struck for the second time to make it 4–4.",
    "Rook and Pinball were rewarded for backing a draw, while the other eight models went home empty-handed.",
    "Hohenrode came back from 0–2 and from 1–3 to earn a draw.",
)
