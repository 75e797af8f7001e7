"""A season of rounds, played and worked off."""

from datetime import timedelta

import pytest

from scoring.models import Match
from tests.factories import KICKOFF, a_match, finish, predictions
from tests.queue import run_queue

TIPS = ({"Ant": (2, 1), "Bee": (1, 1), "Cat": (0, 1)}, {"Ant": (1, 0), "Bee": (0, 0), "Cat": (0, 2)})


def a_round(number: int, *, matches: int = 2) -> list[Match]:
    """Matches of one round, a day apart, the round a week after the one before, with a prediction of each model."""
    found = []
    for place in range(matches):
        kickoff = KICKOFF + timedelta(weeks=number - 1, days=place)
        teams = f"Home {number}{place}", f"Away {number}{place}"
        found.append(a_match(*teams, kickoff=kickoff, round=f"Matchday {number}"))
        predictions(found[-1], TIPS[place % 2])
    return found


@pytest.fixture
def season() -> list[list[Match]]:
    """Three rounds of two matches, all of them over and written about."""
    rounds = [a_round(number) for number in (1, 2, 3)]
    for first, second in rounds:
        finish(first, 2, 1)
        finish(second, 0, 0)
    run_queue()
    return rounds
