"""Totals, averages, ranks, ties and streaks, as pure functions over plain rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Literal, Self, get_args

Metric = Literal["average", "points", "exact", "difference", "tendency"]
METRICS: tuple[Metric, ...] = get_args(Metric)


@dataclass(frozen=True)
class Totals:
    """What a model's counted predictions add up to. Hits are cumulative: an exact score is also the other two."""

    predictions: int = 0
    points: int = 0
    tendency_hits: int = 0
    goal_difference_hits: int = 0
    exact_hits: int = 0

    def __add__(self, other: Self) -> "Totals":
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Totals)))

    @property
    def average(self) -> Fraction:
        """Points a counted prediction, exactly; 0 without predictions."""
        return Fraction(self.points, self.predictions) if self.predictions else Fraction(0)


@dataclass(frozen=True)
class Streaks:
    """Runs of right tendencies, in matches: the one that lasts, and the longest."""

    current: int = 0
    best: int = 0


@dataclass(frozen=True)
class Entry:
    """One model in a table that is not ranked yet."""

    model_id: int
    model: str
    totals: Totals
    streaks: Streaks = Streaks()


@dataclass(frozen=True)
class Ranked:
    """One line of a table. Models that are equal on all that the order looks at share a rank (1-2-2-4)."""

    rank: int
    entry: Entry


def streaks(hits: Iterable[tuple[int, bool]]) -> dict[int, Streaks]:
    """Return model id → its streaks, from pairs of a model id and a tendency hit in the order of the matches."""
    current: dict[int, int] = {}
    best: dict[int, int] = {}
    for model_id, hit in hits:
        current[model_id] = run = current.get(model_id, 0) + 1 if hit else 0
        if run > best.get(model_id, 0):
            best[model_id] = run
    return {model_id: Streaks(run, best.get(model_id, 0)) for model_id, run in current.items()}


def sort_key(totals: Totals, metric: Metric = "average") -> tuple[Fraction | int, ...]:
    """Return what a table is ordered by, largest first: the metric, then the default order.

    The default order: average points, total points, exact scores, goal differences, tendencies.
    """
    figures: dict[Metric, Fraction | int] = {
        "average": totals.average,
        "points": totals.points,
        "exact": totals.exact_hits,
        "difference": totals.goal_difference_hits,
        "tendency": totals.tendency_hits,
    }
    first = figures.pop(metric)
    return (first, *figures.values())


def rank(entries: Sequence[Entry], metric: Metric = "average") -> list[Ranked]:
    """Return the table: entries without a counted prediction left out, ties sharing a rank, names in order within."""
    counted = [entry for entry in entries if entry.totals.predictions]
    ordered = sorted(counted, key=lambda e: e.model.casefold())
    ordered.sort(key=lambda e: sort_key(e.totals, metric), reverse=True)
    table: list[Ranked] = []
    for place, entry in enumerate(ordered, start=1):
        tied = bool(table) and sort_key(table[-1].entry.totals, metric) == sort_key(entry.totals, metric)
        table.append(Ranked(table[-1].rank if tied else place, entry))
    return table
