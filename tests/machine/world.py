"""What the machine knows of the facts it has put in, and what follows from them by the pure rules alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scoring import rules
from scoring.rules import Goals, Grade, Phases, Split, Tendency

OPEN = ("scheduled", "live", "postponed")
WITHOUT_POINTS = ("late", "void")


@dataclass(frozen=True)
class Tip:
    """A prediction as it was handed in; `excluded`: a person took it out of the field."""

    scoreline: Goals
    submitted_at: datetime | None
    excluded: bool = False


@dataclass
class Played:
    """A match as it was last recorded. `imported`: no person has touched its result."""

    pk: int
    season: int
    home: str
    away: str
    kickoff: datetime
    status: str = "scheduled"
    phases: Phases = field(default_factory=Phases)
    imported: bool = True
    tips: dict[str, Tip] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.status not in OPEN


@dataclass(frozen=True)
class Earned:
    """What one prediction earned: its timing, the three hits, and the three parts of its points (None: no points)."""

    timing: str
    hits: tuple[bool, bool, bool]
    parts: tuple[int, int, int] | None

    @property
    def points(self) -> int | None:
        return None if self.parts is None else sum(self.parts)


@dataclass(frozen=True)
class Scored:
    """A match as it has to be settled."""

    goals: Goals
    basis: str
    rule: str
    split: Split
    quotas: tuple[int | None, ...]
    earned: Mapping[str, Earned]


@dataclass(frozen=True)
class Counted:
    """A match in its season's table: by which kickoff it was put in order, at which revision, and its scores."""

    pk: int
    kickoff: datetime
    revision: int
    earned: Mapping[str, Earned]


@dataclass(frozen=True)
class Line:
    """A model's line in a table."""

    predictions: int
    points: int
    hits: tuple[int, int, int]
    current_streak: int
    best_streak: int


@dataclass
class World:
    """The competition's rules, and its matches by id."""

    basis: str = "regular_time"
    rule: str = rules.DEFAULT_RULE
    score_awarded: bool = False
    matches: dict[int, Played] = field(default_factory=dict)

    def scored(self, match: Played) -> Scored | None:
        """Return how this match has to be settled as things are; None if it does not count."""
        goals = rules.counted_goals(match.phases, rules.Basis(self.basis))
        counts = match.status == "finished" or (match.status == "awarded" and self.score_awarded)
        if goals is None or not counts:
            return None
        timing = {model: timing_of(tip, match.kickoff) for model, tip in match.tips.items()}
        field_ = [tip.scoreline for model, tip in match.tips.items() if timing[model] not in WITHOUT_POINTS]
        split = split_of(field_)
        rule = rules.RULES[self.rule]
        earned = {model: _earned(tip, timing[model], goals, split, rule) for model, tip in match.tips.items()}
        quotas = tuple(rule.quotas(split).get(t) for t in Tendency)
        return Scored(goals, self.basis, self.rule, split, quotas, earned)


def timing_of(tip: Tip, kickoff: datetime) -> str:
    if tip.excluded:
        return "void"
    if tip.submitted_at is None:
        return "unverified"
    return "in_time" if tip.submitted_at < kickoff else "late"


def split_of(scorelines: Iterable[Goals]) -> Split:
    ways = [rules.tendency(scoreline) for scoreline in scorelines]
    return Split(*(ways.count(t) for t in Tendency))


def _earned(tip: Tip, timing: str, goals: Goals, split: Split, rule: rules.Rule) -> Earned:
    if timing in WITHOUT_POINTS:
        return Earned(timing, (False, False, False), None)
    reached = rules.grade(tip.scoreline, goals)
    points = rule.points(reached, split, rules.tendency(goals))
    better = list(Grade)[list(Grade).index(reached) :]
    hits = (Grade.WRONG not in better, reached in (Grade.DIFFERENCE, Grade.EXACT), reached is Grade.EXACT)
    return Earned(timing, hits, (points.tendency, points.difference, points.exact))


def table(matches: Iterable[Counted]) -> dict[str, Line]:
    """Return model → its line over these matches; a model without a counted prediction has none."""
    lines: dict[str, Line] = {}
    for match in sorted(matches, key=lambda m: (m.kickoff, m.pk)):
        for model, earned in match.earned.items():
            if earned.points is not None:
                lines[model] = _added(lines.get(model, Line(0, 0, (0, 0, 0), 0, 0)), earned)
    return lines


def _added(line: Line, earned: Earned) -> Line:
    run = line.current_streak + 1 if earned.hits[0] else 0
    tendency, difference, exact = (n + hit for n, hit in zip(line.hits, earned.hits, strict=True))
    return Line(
        line.predictions + 1,
        line.points + (earned.points or 0),
        (tendency, difference, exact),
        run,
        max(line.best_streak, run),
    )
