"""Scorelines, tendencies, quotas, points and proper scores, as pure functions."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Goals(NamedTuple):
    """Goals of the home side and of the away side; also a predicted scoreline."""

    home: int
    away: int


class Tendency(StrEnum):
    HOME = "home"
    DRAW = "draw"
    AWAY = "away"


class Basis(StrEnum):
    """Which goals of a match predictions count on."""

    REGULAR_TIME = "regular_time"
    AFTER_EXTRA_TIME = "after_extra_time"
    AFTER_SHOOTOUT = "after_shootout"


class Grade(StrEnum):
    """How much of a result a prediction got right; each grade includes the ones before it."""

    WRONG = "wrong"
    TENDENCY = "tendency"
    DIFFERENCE = "difference"
    EXACT = "exact"


@dataclass(frozen=True)
class Phases:
    """The score at the end of each phase, counted from the kickoff; the shoot-out on its own. None: unknown."""

    half_time: Goals | None = None
    full_time: Goals | None = None
    extra_time: Goals | None = None
    shootout: Goals | None = None


@dataclass(frozen=True)
class Split:
    """How many predictions of the field chose each tendency."""

    home: int
    draw: int
    away: int

    @property
    def size(self) -> int:
        return self.home + self.draw + self.away

    def chosen(self, tendency: Tendency) -> int:
        return {Tendency.HOME: self.home, Tendency.DRAW: self.draw, Tendency.AWAY: self.away}[tendency]


@dataclass(frozen=True)
class Points:
    """The parts that a prediction's points are the sum of."""

    tendency: int = 0
    difference: int = 0
    exact: int = 0

    @property
    def total(self) -> int:
        return self.tendency + self.difference + self.exact


class Probabilities(NamedTuple):
    home: float
    draw: float
    away: float


def tendency(goals: Goals) -> Tendency:
    if goals.home == goals.away:
        return Tendency.DRAW
    return Tendency.HOME if goals.home > goals.away else Tendency.AWAY


def counted_goals(phases: Phases, basis: Basis) -> Goals | None:
    """Return the goals that predictions are measured against; None while the full-time score is unknown.

    Where a phase was not played, the one before it counts. Shoot-out goals are added, as Kicktipp does: 2–2 and 5–4 on
    penalties is 7–6.
    """
    if phases.full_time is None or basis is Basis.REGULAR_TIME:
        return phases.full_time
    played = phases.extra_time or phases.full_time
    if basis is Basis.AFTER_SHOOTOUT and phases.shootout is not None:
        return Goals(played.home + phases.shootout.home, played.away + phases.shootout.away)
    return played


def grade(predicted: Goals, result: Goals) -> Grade:
    """Return the highest grade that a predicted scoreline reaches; a draw for a draw has the right difference."""
    if predicted == result:
        return Grade.EXACT
    if predicted.home - predicted.away == result.home - result.away:
        return Grade.DIFFERENCE
    return Grade.TENDENCY if tendency(predicted) is tendency(result) else Grade.WRONG


def raw_quota(chosen: int, field: int, least: int, most: int) -> Fraction:
    """Return MAX / (10·T/N) − MAX/10 + MIN in exact arithmetic; MAX if nobody chose the tendency.

    Source: the rule pages of kicktipp.com and kicktipp.co.uk. Raises ValueError unless 0 <= chosen <= field, field > 0.
    """
    if not 0 <= chosen <= field or field == 0:
        raise ValueError(f"{chosen} of {field} can't have chosen a tendency")
    if chosen == 0:
        return Fraction(most)
    return Fraction(most * field, 10 * chosen) - Fraction(most, 10) + least


def quota(chosen: int, field: int, least: int = 2, most: int = 6) -> int:
    """Return the points a tendency is worth: the raw quota limited to [least, most], rounded half up."""
    limited = min(max(raw_quota(chosen, field, least, most), Fraction(least)), Fraction(most))
    return math.floor(limited + Fraction(1, 2))


@dataclass(frozen=True)
class Rule:
    """A way to turn a grade into points.

    `worth` takes the split and the tendency that came true and returns the points for it; `bonus` says which bonuses
    a grade earns on top, given whether the match was drawn. `limits` are the least and the most that a quota is worth,
    None where a tendency is worth the same whatever the field chose.
    """

    name: str
    version: int
    worth: Callable[[Split, Tendency], int]
    bonus: Callable[[Grade, bool], Points]
    description: str
    limits: tuple[int, int] | None = None

    def quotas(self, split: Split) -> Mapping[Tendency, int]:
        """Return what each tendency is worth to this field; empty for an empty field."""
        return {t: self.worth(split, t) for t in Tendency} if split.size else {}

    def points(self, reached: Grade, split: Split, came_true: Tendency) -> Points:
        """Return the points of a prediction that reached this grade; the field must not be empty."""
        if reached is Grade.WRONG:
            return Points()
        extra = self.bonus(reached, came_true is Tendency.DRAW)
        return Points(self.worth(split, came_true), extra.difference, extra.exact)


LIMITS = (2, 6)


def _quota_2_6(split: Split, came_true: Tendency) -> int:
    return quota(split.chosen(came_true), split.size, *LIMITS)


def _cumulative(reached: Grade, drawn: bool) -> Points:
    return Points(
        difference=1 if reached in (Grade.DIFFERENCE, Grade.EXACT) else 0,
        exact=3 if reached is Grade.EXACT else 0,
    )


def _better_of(reached: Grade, drawn: bool) -> Points:
    """The better of +1 for the difference and +2 for the exact score; a draw has no difference step."""
    if reached is Grade.EXACT:
        return Points(exact=2)
    return Points(difference=1 if reached is Grade.DIFFERENCE and not drawn else 0)


DEFAULT_RULE = "quota-2-6"
RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            DEFAULT_RULE,
            1,
            _quota_2_6,
            _cumulative,
            "Right tendency 2 to 6 points, by how few of the field chose it; right goal difference +1, exact score +3.",
            LIMITS,
        ),
        Rule(
            "kicktipp",
            1,
            _quota_2_6,
            _better_of,
            "Right tendency 2 to 6 points, by how few of the field chose it; then the better of +1 for the goal "
            "difference (not for a draw) and +2 for the exact score.",
            LIMITS,
        ),
        Rule(
            "fixed-2-3-4",
            1,
            lambda split, came_true: 2,
            _better_of,
            "Right tendency 2 points, goal difference 3 (not for a draw), exact score 4.",
        ),
    )
}


def normalised(p: Probabilities) -> Probabilities:
    """Return the probabilities scaled to a sum of 1.

    Raises ValueError if one lies outside [0, 1] or the sum is more than 0.01 away from 1.
    """
    total = sum(p)
    if not all(math.isfinite(x) and 0 <= x <= 1 for x in p):
        raise ValueError("a probability must lie between 0 and 1")
    if abs(total - 1) > 0.01 + 1e-9:
        raise ValueError(f"the probabilities add up to {total:.4g}, not to 1")
    return Probabilities(*(x / total for x in p))


def _indicator(outcome: Tendency) -> Probabilities:
    return Probabilities(*(float(t is outcome) for t in Tendency))


def brier(p: Probabilities, outcome: Tendency) -> float:
    """Return Σ (p − o)², 0 (best) to 2. Brier (1950)."""
    return sum((x - o) ** 2 for x, o in zip(p, _indicator(outcome), strict=True))


def ranked_probability_score(p: Probabilities, outcome: Tendency) -> float:
    """Return ½ Σ (cumulative p − cumulative o)² in the order home, draw, away, 0 (best) to 1.

    Constantinou & Fenton (2012), "Solving the problem of inadequate scoring rules for assessing football forecasts".
    """
    o = _indicator(outcome)
    return ((p.home - o.home) ** 2 + (p.home + p.draw - o.home - o.draw) ** 2) / 2


def log_loss(p: Probabilities, outcome: Tendency) -> float:
    """Return −ln of the probability given to what happened, in nats; probabilities are floored at 1e-15."""
    came_true = Tendency(outcome)
    return -math.log(max({Tendency.HOME: p.home, Tendency.DRAW: p.draw, Tendency.AWAY: p.away}[came_true], 1e-15))
