"""What a score comes to for those who predicted a match, before it is saved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring import rules
from scoring.rules import Goals, Grade, Rule, Split, Tendency

Tips = Mapping[Goals, int]
"""Predicted scoreline → how many of the field chose it."""

NAMES = {
    Grade.EXACT: "with the exact score",
    Grade.DIFFERENCE: "with the goal difference",
    Grade.TENDENCY: "with the tendency",
    Grade.WRONG: "wrong",
}
"""Best first."""


@dataclass(frozen=True)
class Earning:
    """How many predictions reach a grade, and no better one, and the points of each."""

    grade: Grade
    predictions: int
    points: int

    def __str__(self) -> str:
        worth = f", {self.points} point{'' if self.points == 1 else 's'} each" if self.grade is not Grade.WRONG else ""
        return f"{self.predictions} {NAMES[self.grade]}{worth}"


@dataclass(frozen=True)
class Gain:
    """What one prediction earns otherwise than before; None: it earned nothing yet, or earns nothing any more."""

    model: str
    before: int | None
    after: int | None

    @property
    def points(self) -> int:
        return (self.after or 0) - (self.before or 0)

    def __str__(self) -> str:
        return f"{self.model} {'+' if self.points >= 0 else '−'}{abs(self.points)}"


def size(tips: Tips) -> int:
    return sum(tips.values())


def earnings(rule: Rule, goals: Goals, tips: Tips) -> list[Earning]:
    """Return what the predictions of a field earn by a score, best grade first; those that nobody reached left out."""
    reached: Counter[Grade] = Counter()
    for tip, number in tips.items():
        reached[rules.grade(tip, goals)] += number
    worth = _worth(rule, goals, tips)
    return [Earning(grade, reached[grade], worth[grade]) for grade in NAMES if reached[grade]]


def gains(rule: Rule, before: Goals | None, after: Goals | None, field: Sequence[tuple[str, Goals]]) -> list[Gain]:
    """Return whose points become others if a match counts as `after` in place of `before`, most won first.

    `field`: pairs of a model's name and its prediction; None: the match does not count.
    """
    tips = Counter(tip for _, tip in field)
    was, becomes = (_worth(rule, goals, tips) if goals else {} for goals in (before, after))

    def earned(goals: Goals | None, worth: Mapping[Grade, int], tip: Goals) -> int | None:
        return worth[rules.grade(tip, goals)] if goals else None

    found = [Gain(model, earned(before, was, tip), earned(after, becomes, tip)) for model, tip in field]
    moved = [gain for gain in found if gain.points]
    return sorted(moved, key=lambda gain: (-gain.points, gain.model.casefold()))


def _worth(rule: Rule, goals: Goals, tips: Tips) -> dict[Grade, int]:
    """Return the points of each grade; nothing for an empty field."""
    if not tips:
        return {}
    chosen: Counter[Tendency] = Counter()
    for tip, number in tips.items():
        chosen[rules.tendency(tip)] += number
    split = Split(*(chosen[tendency] for tendency in Tendency))
    return {grade: rule.points(grade, split, rules.tendency(goals)).total for grade in Grade}
