"""Kråkbo 4–0 Fjordby, the season's first match: a hat-trick, an own goal, and one tip, which had the outcome."""

from tests.quality.sentences.scene import Scene

SCENE = Scene(
    match={
        **{"home": "Kråkbo", "away": "Fjordby", "competition": "Archipelago League"},
        **{"season": "Archipelago League 2025/26", "round": "Matchday 1", "venue": "Kråkbo IP"},
        **{"date": "2025-08-02", "kickoff": "2025-08-02T00:00:00+00:00", "time_known": False},
        **{"half_time": [3, 0], "full_time": [4, 0], "matches_after": 1},
    },
    goals=[
        ("home", "Elias Torp", "8", ""),
        ("home", "Elias Torp", "29", ""),
        ("home", "Elias Torp", "44", ""),
        ("home", "Geir Sande", "70", "own goal"),
    ],
    tips={"Pinball": (3, 0)},
    table={},
)

SENTENCES = (
    # A sports editor.
    "Elias Torp scored a hat-trick as Kråkbo beat Fjordby 4–0.",
    "All of Torp's goals came before the break.",
    "Geir Sande put through his own net in the 70th minute.",
    "Fjordby did not score.",
    "Kråkbo were 3–0 up at half-time.",
    "Torp needed 36 minutes from his first goal to his third.",
    "Kråkbo won by four goals at the Kråkbo IP.",
    "By the break Kråkbo led by three.",
    # A data journalist.
    "There was one prediction, by Pinball, and it said 3–0.",
    "Pinball had the right winner but neither the difference nor the score, and earned two points.",
    "With one tip in the field, a home win was worth the minimum of two points.",
    "The table has a single line: Pinball, two points from one prediction.",
    # A fan blog.
    "Pinball was a goal short of the exact score.",
    "Three for Torp, one for Fjordby's own Geir Sande.",
    "Not one goal for Fjordby on the first matchday.",
    # Terse wire copy.
    "Kråkbo 4–0 Fjordby (3–0). Torp 8, 29, 44; Sande 70 og.",
    "Tip: Pinball 3–0, 2 points.",
    # A language model.
    "Three first-half goals by Elias Torp and an own goal by Geir Sande gave Kråkbo a 4–0 win.",
    "Kråkbo took the lead in the eighth minute and were never behind.",
    "Kråkbo kept a clean sheet on 2 August 2025.",
)
