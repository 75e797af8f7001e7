"""The field of a match as facts: how it chose, what each tendency was worth and why, what each prediction earned."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from content.course import Score
from scoring import rules


@dataclass(frozen=True)
class Field:
    """How the predictions that count chose, and what each tendency was worth; quotas are None for an empty field."""

    home: int
    draw: int
    away: int
    quota_home: int | None
    quota_draw: int | None
    quota_away: int | None

    @property
    def size(self) -> int:
        return self.home + self.draw + self.away

    def chosen(self, tendency: str) -> int:
        return int(getattr(self, tendency))

    def quota(self, tendency: str) -> int:
        return int(getattr(self, f"quota_{tendency}") or 0)


@dataclass(frozen=True)
class Quota:
    """How the worth of a tendency follows: `chosen` of `size` chose it, which makes `raw`, limited and then rounded."""

    tendency: str
    chosen: int
    size: int
    least: int
    most: int

    @property
    def raw(self) -> Fraction:
        """MAX / (10·T/N) − MAX/10 + MIN; MAX if nobody chose the tendency."""
        return rules.raw_quota(self.chosen, self.size, self.least, self.most)

    @property
    def limited(self) -> Fraction:
        return min(max(self.raw, Fraction(self.least)), Fraction(self.most))

    @property
    def worth(self) -> int:
        """The limited value, rounded half up."""
        return rules.quota(self.chosen, self.size, self.least, self.most)


@dataclass(frozen=True)
class Tip:
    """One prediction and what it earned: points are None, and the parts 0, for a late or a void one."""

    model: str
    scoreline: Score
    timing: str
    tendency_hit: bool
    difference_hit: bool
    exact_hit: bool
    tendency_points: int
    difference_points: int
    exact_points: int
    points: int | None


class FieldFacts:
    """What follows from the predictions for a match; for frozen values that have these fields."""

    tips: tuple[Tip, ...]
    field: Field
    rule: str
    rule_version: int

    @property
    def in_time(self) -> tuple[Tip, ...]:
        """The tips of the field: those that count."""
        return tuple(tip for tip in self.tips if tip.points is not None)

    @property
    def uncounted(self) -> tuple[Tip, ...]:
        """The tips that do not count: late, or void."""
        return tuple(tip for tip in self.tips if tip.points is None)

    @property
    def late(self) -> tuple[Tip, ...]:
        return tuple(tip for tip in self.uncounted if tip.timing == "late")

    @property
    def void(self) -> tuple[Tip, ...]:
        """The tips that were withdrawn, or declared void."""
        return tuple(tip for tip in self.uncounted if tip.timing == "void")

    @property
    def exact(self) -> tuple[Tip, ...]:
        return tuple(tip for tip in self.in_time if tip.exact_hit)

    def modal_scorelines(self) -> list[tuple[Score, int]]:
        """Return the scorelines tipped most often, with their number; several if they are level."""
        counts = Counter(tip.scoreline for tip in self.in_time)
        most = max(counts.values(), default=0)
        return sorted((score, n) for score, n in counts.items() if n == most)

    def quota_of(self, tendency: str) -> Quota | None:
        """Return how the worth of a tendency follows; None for an empty field, or where the rule has no quotas.

        None as well for a rule, or a version of one, that this program does not know.
        """
        rule = rules.RULES.get(self.rule)
        if rule is None or rule.version != self.rule_version or rule.limits is None or not self.field.size:
            return None
        return Quota(tendency, self.field.chosen(tendency), self.field.size, *rule.limits)
