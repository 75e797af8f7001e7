"""The order of rounds, and when the next one begins, from their kickoffs alone."""

from datetime import datetime, timedelta

import pytest

from content.reports.rounds import begins_after, order_of_rounds
from tests.factories import KICKOFF

Kickoffs = list[tuple[str, datetime]]


def kickoffs(**days: list[int]) -> Kickoffs:
    return sorted(
        ((name, KICKOFF + timedelta(days=day)) for name, all_ in days.items() for day in all_), key=lambda pair: pair[1]
    )


@pytest.mark.parametrize(
    ("played", "order"),
    [
        (kickoffs(a=[0, 1], b=[7, 8], c=[14]), ["a", "b", "c"]),
        (kickoffs(a=[0, 1, 60], b=[7, 8], c=[14]), ["a", "b", "c"]),  # one put off for long
        (kickoffs(a=[7, 8, 9], b=[1, 14, 15]), ["a", "b"]),  # one brought forward
        ([], []),
    ],
)
def test_rounds_are_in_the_order_of_their_middles(played: Kickoffs, order: list[str]) -> None:
    assert order_of_rounds(played) == order


@pytest.mark.parametrize(
    ("played", "day"),
    [
        (kickoffs(a=[0, 1], b=[7, 8], c=[14]), 7),
        (kickoffs(a=[0, 1, 60], b=[7, 8], c=[14]), 7),
        (kickoffs(a=[7, 8, 9], b=[1, 14, 15]), 14),  # not the match that was brought forward
        (kickoffs(a=[0, 1]), None),
    ],
)
def test_the_next_round_begins_with_its_first_match_after_the_middle_of_this(played: Kickoffs, day: int | None) -> None:
    assert begins_after("a", played) == (None if day is None else KICKOFF + timedelta(days=day))
