"""Castelmar 2–2 Vestrahorn after extra time (1–1 after 90 minutes), 3–4 on penalties; five tips, two for a draw."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Castelmar", "away": "Vestrahorn", "competition": "Isthmus Cup", "season": "Isthmus Cup 2025"},
        **{"round": "Final", "venue": "Estadio del Istmo", "date": "2025-06-21"},
        **{"kickoff": "2025-06-21T18:00:00+00:00", "half_time": [1, 0], "full_time": [1, 1]},
        **{"extra_time": [2, 2], "shootout": [3, 4], "matches_after": 16},
    },
    goals=[
        ("home", "Benoît Lafargue", "22", ""),
        ("away", "Orri Steinsen", "90+4", ""),
        ("away", "Jökull Varga", "98", ""),
        ("home", "Renato Oliva", "118", "penalty"),
    ],
    tips={"Quartz": (1, 1), "Marrow": (2, 1), "Rook": (1, 0), "Sextant": (0, 0), "Delta Nine": (1, 2)},
    table={
        "Marrow": (15, 41, 9, 6, 2, 2, 5),
        "Quartz": (15, 38, 8, 6, 3, 1, 4),
        "Rook": (14, 35, 8, 5, 2, 0, 4),
        "Sextant": (15, 30, 7, 4, 1, 3, 3),
        "Delta Nine": (12, 20, 5, 2, 1, 0, 2),
    },
    history={
        **{"fewest_right": [0, 5], "most_goals": 6, "most_points": 9},
        **{"longest_streak": 5, "longest_streak_models": ["Marrow"]},
    },
)

SENTENCES = (
    # A sports editor.
    "Vestrahorn won the final of the Isthmus Cup on penalties.",
    "Vestrahorn beat Castelmar 4–3 in the shoot-out after a 2–2 draw.",
    "Orri Steinsen's equaliser in the fourth minute of stoppage time sent the final into extra time.",
    "Benoît Lafargue put Castelmar ahead after 22 minutes.",
    "Jökull Varga gave Vestrahorn the lead in the 98th minute.",
    "Renato Oliva levelled from the penalty spot with two minutes of extra time left.",
    "Castelmar led 1–0 at half-time.",
    "It was 1–1 after 90 minutes and 2–2 after 120.",
    # A data journalist.
    "Predictions count on the score after 90 minutes, so for the models the final was a 1–1 draw.",
    "Two of the five models, 40 per cent, had tipped a draw.",
    "Quartz, with 1–1, was the only model with the exact score and earned seven points.",
    "Sextant's 0–0 was worth four points: three for the outcome and one for the difference.",
    "Three models out of five left with nothing.",
    "Quartz is now on 45 points from 16 predictions, an average of 2.81.",
    "Marrow drops to second place with 2.56.",
    "Sextant has four right outcomes in a row, its longest run so far.",
    "Rook is the only one of the first four with 15 predictions; the others have 16.",
    # A fan blog.
    "Marrow's time in front is over: Quartz leads.",
    "Quartz and Sextant saw the draw; Marrow, Rook and Delta Nine did not.",
    "Marrow and Rook had Castelmar winning, Delta Nine had Vestrahorn.",
    "Delta Nine is still last.",
    # Terse wire copy.
    "Castelmar 2 Vestrahorn 2 aet, Vestrahorn win 4–3 on pens.",
    "After 90 minutes: 1–1. At half-time: 1–0.",
    "Points: Quartz 7, Sextant 4, others 0.",
    # A language model.
    "In a final that went the distance, Vestrahorn prevailed 4–3 on penalties at the Estadio del Istmo.",
    "Each side scored once in normal time and once in extra time.",
    "Quartz climbs from second to first, while Marrow falls from first to second.",
    "Quartz now leads by 0.25 points a prediction.",
)
