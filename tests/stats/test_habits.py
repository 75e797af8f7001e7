"""What a model predicts: its tendencies beside what happened, and its favourite scorelines."""

from scoring.rules import Goals, Tendency
from stats.aggregates import Totals
from stats.habits import Favourite, Share, Tipped, habits

TIPPED = [
    Tipped(Goals(2, 1), Tendency.HOME, Totals(3, 12, 3, 1, 1)),
    Tipped(Goals(2, 1), Tendency.AWAY, Totals(2, 0)),
    Tipped(Goals(1, 1), Tendency.DRAW, Totals(1, 6, 1, 1)),
    Tipped(Goals(0, 2), Tendency.HOME, Totals(1, 0)),
    Tipped(Goals(0, 0), Tendency.AWAY, Totals(1, 0)),
]


def test_tendencies_stand_beside_what_happened() -> None:
    found = habits(TIPPED)
    assert found.size == 8
    assert found.shares == (
        Share(Tendency.HOME, predicted=5, right=3, happened=4, size=8),
        Share(Tendency.DRAW, predicted=2, right=1, happened=1, size=8),
        Share(Tendency.AWAY, predicted=1, right=0, happened=3, size=8),
    )
    assert [(each.predicted_percent, each.happened_percent) for each in found.shares] == [
        (62.5, 50.0),
        (25.0, 12.5),
        (12.5, 37.5),
    ]


def test_favourites_come_by_how_often_and_then_by_points() -> None:
    found = habits(TIPPED, most=2)
    assert found.favourites == (
        Favourite(Goals(2, 1), Totals(5, 12, 3, 1, 1)),
        Favourite(Goals(1, 1), Totals(1, 6, 1, 1)),
    )
    assert (found.others, found.scorelines) == (Totals(2, 0), 4)
    assert str(found.favourites[0]) == "2–1"


def test_nothing_predicted_has_no_habits() -> None:
    found = habits([])
    assert (found.size, found.favourites, found.others, found.scorelines) == (0, (), Totals(), 0)
    assert [each.predicted_percent for each in found.shares] == [0.0, 0.0, 0.0]


def test_a_share_is_rounded_half_up() -> None:
    assert Share(Tendency.HOME, 1, 0, 3, size=2000).predicted_percent == 0.1
    assert Share(Tendency.HOME, 1, 0, 3, size=2000).happened_percent == 0.2
