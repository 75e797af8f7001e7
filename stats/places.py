"""Which place a model has among others, now and after each day of a season."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from stats.aggregates import Totals


@dataclass(frozen=True)
class Place:
    """A rank among so many models; equal ones share it, as in the table."""

    rank: int
    of: int

    def __str__(self) -> str:
        return f"{self.rank} of {self.of}"


@dataclass(frozen=True)
class Day:
    """How a model stood at the end of a day: its place, and its totals up to then."""

    day: date
    place: Place
    totals: Totals

    @property
    def average(self) -> Fraction:
        return self.totals.average


def is_above(one: Totals, other: Totals) -> bool:
    """Whether `one` stands above `other` in the table's own order (`stats.aggregates.sort_key`); both count something.

    Averages are compared without dividing: this is asked many thousand times.
    """
    left, right = one.points * other.predictions, other.points * one.predictions
    if left != right:
        return left > right
    return _rest(one) > _rest(other)


def place(mine: Totals, field: Iterable[Totals]) -> Place:
    """Return the place of `mine` in a field that it is part of; totals that count nothing are left out."""
    counted = [totals for totals in field if totals.predictions]
    return Place(1 + sum(is_above(totals, mine) for totals in counted), len(counted))


def places_by_day(days: Iterable[tuple[date, Mapping[int, Totals]]], model_id: int) -> list[Day]:
    """Return how a model stood after each day, from its first counted prediction on.

    `days`: in their order, with the totals that each model (by id) earned on that day alone.
    """
    so_far: dict[int, Totals] = defaultdict(Totals)
    found = []
    for day, earned in days:
        for pk, totals in earned.items():
            so_far[pk] += totals
        mine = so_far.get(model_id)
        if mine is not None and mine.predictions:
            found.append(Day(day, place(mine, so_far.values()), mine))
    return found


def _rest(totals: Totals) -> tuple[int, int, int, int]:
    return totals.points, totals.exact_hits, totals.goal_difference_hits, totals.tendency_hits
