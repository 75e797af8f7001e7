"""What a model predicts: how often each tendency and each scoreline, how often it was right, and what happened."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring import rules
from scoring.rules import Goals, Tendency
from stats.aggregates import Totals

FAVOURITES = 10
"""Scorelines that are told one by one."""


@dataclass(frozen=True)
class Tipped:
    """Counted predictions of one scoreline for matches that ended with one tendency, and what they earned."""

    scoreline: Goals
    came_true: Tendency
    totals: Totals


@dataclass(frozen=True)
class Share:
    """How often a tendency was predicted, how often rightly, and how often it came true, of `size` predictions."""

    tendency: Tendency
    predicted: int
    right: int
    happened: int
    size: int

    @property
    def predicted_percent(self) -> float:
        return self._percent(self.predicted)

    @property
    def happened_percent(self) -> float:
        return self._percent(self.happened)

    def _percent(self, number: int) -> float:
        """To one decimal, a half away from 0."""
        return math.floor(Fraction(1000 * number, self.size) + Fraction(1, 2)) / 10 if self.size else 0.0


@dataclass(frozen=True)
class Favourite:
    """A scoreline, and what its predictions earned."""

    scoreline: Goals
    totals: Totals

    def __str__(self) -> str:
        return f"{self.scoreline.home}–{self.scoreline.away}"


@dataclass(frozen=True)
class Habits:
    """What is predicted; `size` predictions in all. `others`: those of scorelines that are not among the favourites."""

    size: int
    shares: tuple[Share, ...]
    favourites: tuple[Favourite, ...]
    others: Totals
    scorelines: int


def habits(tipped: Iterable[Tipped], most: int = FAVOURITES) -> Habits:
    """Return the habits that these predictions show; of scorelines predicted alike often the one with more points."""
    predicted: Counter[Tendency] = Counter()
    right: Counter[Tendency] = Counter()
    happened: Counter[Tendency] = Counter()
    scorelines: dict[Goals, Totals] = defaultdict(Totals)
    for each in tipped:
        chosen = rules.tendency(each.scoreline)
        predicted[chosen] += each.totals.predictions
        right[chosen] += each.totals.tendency_hits
        happened[each.came_true] += each.totals.predictions
        scorelines[each.scoreline] += each.totals
    size = sum(predicted.values())
    shares = tuple(Share(way, predicted[way], right[way], happened[way], size) for way in Tendency)
    favourites = sorted((Favourite(*pair) for pair in scorelines.items()), key=_often)
    return Habits(size, shares, tuple(favourites[:most]), _sum(favourites[most:]), len(favourites))


def _often(favourite: Favourite) -> tuple[int, int, Goals]:
    return -favourite.totals.predictions, -favourite.totals.points, favourite.scoreline


def _sum(favourites: Sequence[Favourite]) -> Totals:
    return sum((favourite.totals for favourite in favourites), Totals())
