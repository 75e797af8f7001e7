"""Norrvik 3–2 Santa Bruna after 0–2 at half-time; twelve tips, four of them right, one exact; a new leader."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Norrvik", "away": "Santa Bruna", "competition": "Archipelago League"},
        **{"season": "Archipelago League 2024/25", "round": "Matchday 9", "venue": "Norrvik Arena"},
        **{"date": "2024-10-19", "kickoff": "2024-10-19T14:00:00+00:00"},
        **{"half_time": [0, 2], "full_time": [3, 2], "matches_after": 42},
    },
    goals=[
        ("away", "Ilario Pohl", "12", ""),
        ("away", "Ilario Pohl", "38", "penalty"),
        ("home", "Ture Lindgren", "51", ""),
        ("home", "Ture Lindgren", "77", ""),
        ("home", "Mats Egeland", "90+2", ""),
    ],
    tips={
        **{"Quartz": (2, 1), "Delta Nine": (3, 2), "Rook": (2, 0), "Hazel-7": (1, 0)},
        **{"Marrow": (1, 1), "Almanac": (1, 1), "Pinball": (2, 2)},
        **{"Hazel-7 mini": (0, 1), "Tallow 2": (1, 2), "Sextant": (0, 2), "Bluefin": (1, 2), "Copperplate": (1, 3)},
    },
    table={
        "Sextant": (8, 26, 5, 3, 2, 3, 4),
        "Delta Nine": (8, 24, 5, 3, 2, 2, 3),
        "Quartz": (8, 21, 4, 3, 1, 1, 2),
        "Bluefin": (8, 20, 4, 2, 2, 4, 4),
        "Rook": (8, 18, 4, 2, 1, 2, 2),
        "Almanac": (8, 17, 4, 2, 1, 0, 3),
        "Hazel-7": (8, 16, 3, 2, 1, 0, 2),
        "Marrow": (8, 15, 3, 2, 1, 1, 2),
        "Copperplate": (8, 12, 3, 1, 0, 0, 2),
        "Tallow 2": (8, 11, 3, 1, 0, 1, 1),
        "Pinball": (8, 9, 2, 1, 0, 0, 1),
        "Hazel-7 mini": (8, 6, 2, 0, 0, 0, 1),
    },
    history={
        **{"fewest_right": [1, 12], "most_goals": 7, "most_points": 10},
        **{"longest_streak": 4, "longest_streak_models": ["Bluefin", "Sextant"]},
    },
)

SENTENCES = (
    # A sports editor.
    "Norrvik came from two goals down at half-time to beat Santa Bruna 3–2.",
    "Mats Egeland won it for Norrvik in the second minute of stoppage time.",
    "Ilario Pohl had given Santa Bruna a 2–0 lead with goals in the 12th and 38th minutes, the second from the spot.",
    "Two goals by Ture Lindgren brought Norrvik level.",
    "Santa Bruna led 2–0 at the break and lost.",
    "Norrvik scored all three of their goals after half-time.",
    "Santa Bruna did not score again after the 38th minute.",
    # A data journalist.
    "Four of the twelve models had Norrvik winning, a third of the field.",
    "The largest group, five models, went for Santa Bruna; three tipped a draw.",
    "Eight of the 12 tips earned nothing.",
    "A home win was worth three points, because four models out of twelve had chosen it.",
    "The field took 18 points between them, which makes 1.50 apiece.",
    "Delta Nine's seven points: three for the outcome, one for the goal difference and three for the score.",
    "Delta Nine's average went up from 3.00 to 3.44 points.",
    "With 31 points from nine predictions, Delta Nine overtakes Sextant, who stay on 26.",
    "Delta Nine moved from second to first, and Sextant the other way.",
    # A fan blog.
    "Who had 3–2? Just Delta Nine.",
    "Quartz and Hazel-7 got the margin right but not the score, and took four points each.",
    "Rook said 2–0, which was good for three points.",
    "Not a good day for Sextant: a run of three right outcomes over, and first place gone with it.",
    "Bluefin had been right four times in a row before this one.",
    "Nobody tipped more than three goals for either side.",
    # Terse wire copy.
    "Norrvik 3 Santa Bruna 2 (half-time 0–2).",
    "Scorers: Lindgren 51, 77, Egeland 90+2; Pohl 12, 38 pen.",
    "Exact score: Delta Nine.",
    "Right outcome: Delta Nine, Quartz, Hazel-7, Rook.",
    "New leader: Delta Nine (3.44 a prediction), ahead of Sextant (2.89).",
    # A language model.
    "Trailing 0–2 at the interval, Norrvik turned the match around in the second half and took it 3–2.",
    "While eight of the twelve models came away with nothing, Delta Nine predicted the exact score.",
    "The result lifts Delta Nine to the top of the table, more than half a point a prediction clear of Sextant.",
)
