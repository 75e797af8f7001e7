"""A match as the storylines look at it: the same picture whether it is made of facts or of the rows of a season."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import floor
from typing import NamedTuple, Protocol

from content.course import Course, Score, Scorer
from content.facts import History, MatchFacts, Takings, Tip

HISTORY_SINCE = 2
"""Facts of earlier versions say nothing of the season before the match but its table."""


SPLIT = ("home", "draw", "away")
"""The tendencies in the order in which a split counts them."""


class Hit(NamedTuple):
    """What a prediction of the field came to."""

    model: str
    tendency_hit: bool
    difference_hit: bool
    exact_hit: bool
    points: int


class Place(Protocol):
    """A model's line in a table; `facts.Standing` is one."""

    @property
    def rank(self) -> int: ...
    @property
    def predictions(self) -> int: ...
    @property
    def points(self) -> int: ...
    @property
    def current_streak(self) -> int: ...


class Before(Protocol):
    """What a model had done before; `facts.Form` is one."""

    @property
    def since_exact(self) -> int | None: ...
    @property
    def this_round(self) -> Takings | None: ...
    @property
    def best_round(self) -> Takings | None: ...
    @property
    def worst_round(self) -> Takings | None: ...


class Found(NamedTuple):
    """What a detector found to be true; see `Storyline`."""

    models: tuple[str, ...] = ()
    side: str = ""
    evidence: tuple[tuple[str, int | str], ...] = ()


class RoundNow(NamedTuple):
    """What a model has taken from a round, the match looked at included, and its form before it."""

    model: str
    form: Before
    points: int
    predictions: int


@dataclass(frozen=True)
class Picture(Course):
    """What the storylines read. `hits` are the field, `before` and `after` the table, by model, in its order.

    `split` is how many of the field chose a home win, a draw, an away win; `uncounted`: there are tips that don't
    count. `past` is None if it is not known.
    """

    awarded: bool
    half_time: Score | None
    full_time: Score | None
    extra_time: Score | None
    shootout: Score | None
    counted: Score
    goals: tuple[Scorer, ...]
    split: tuple[int, int, int]
    uncounted: bool
    hits: tuple[Hit, ...]
    before: Mapping[str, Place]
    after: Mapping[str, Place]
    form: Mapping[str, Before]
    past: History | None
    round: str = ""
    rivalry: str = ""

    @property
    def n(self) -> int:
        return len(self.hits)

    @property
    def right(self) -> int:
        """How many of the field had the outcome."""
        return self.split[SPLIT.index(self.tendency)]

    @cached_property
    def exact(self) -> list[str]:
        return [hit.model for hit in self.hits if hit.exact_hit]

    @cached_property
    def most_points(self) -> int:
        return max((hit.points for hit in self.hits), default=0)

    @cached_property
    def leads_by(self) -> tuple[Fraction, Fraction] | None:
        """By what average a leader who led alone before, and does now, was ahead of whoever came next, and is."""
        if not self.hits or len(self.leads) != 1 or self.leads != self.led or len(self.before) < 2:
            return None
        return _ahead(self.before), _ahead(self.after)

    @property
    def led(self) -> list[str]:
        """Who was first before the match."""
        return first(self.before)

    @property
    def leads(self) -> list[str]:
        """Who is first after the match."""
        return first(self.after)

    @cached_property
    def rounds(self) -> list[RoundNow]:
        """The round of each of the field with this match, if it predicted a match of that round before."""
        if self.past is None or not self.round:
            return []
        told = []
        for hit in self.hits:
            form = self.form[hit.model]
            this_round = form.this_round
            if this_round is not None:
                points, predictions = this_round.points + hit.points, this_round.predictions + 1
                told.append(RoundNow(hit.model, form, points, predictions))
        return told


Detector = Callable[[Picture], Found | None]


def first(table: Mapping[str, Place]) -> list[str]:
    leaders = []
    for model, line in table.items():
        if line.rank > 1:
            break
        leaders.append(model)
    return leaders


def _ahead(table: Mapping[str, Place]) -> Fraction:
    leader, second = islice(table.values(), 2)
    return Fraction(
        leader.points * second.predictions - second.points * leader.predictions,
        leader.predictions * second.predictions,
    )


def two_decimals(value: Fraction) -> str:
    """Return a value that is not negative to two decimals, a half rounded up, as every table shows it."""
    scaled = floor(value * 100 + Fraction(1, 2))
    return f"{scaled // 100}.{scaled % 100:02}"


def joined(names: list[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`: plain text."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _hit(tip: Tip) -> Hit:
    return Hit(tip.model, tip.tendency_hit, tip.difference_hit, tip.exact_hit, tip.points or 0)


def picture_of(facts: MatchFacts) -> Picture:
    return Picture(
        awarded=facts.awarded,
        half_time=facts.half_time,
        full_time=facts.full_time,
        extra_time=facts.extra_time,
        shootout=facts.shootout,
        counted=facts.counted,
        goals=facts.goals,
        split=(facts.field.home, facts.field.draw, facts.field.away),
        uncounted=bool(facts.uncounted),
        hits=tuple(map(_hit, facts.in_time)),
        before={line.model: line for line in facts.before},
        after={line.model: line for line in facts.after},
        form={form.model: form for form in facts.form},
        past=facts.history if facts.version >= HISTORY_SINCE else None,
        round=facts.round,
        rivalry=facts.rivalry,
    )
