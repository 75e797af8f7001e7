"""Scores: one for each prediction of a settled match, worth what the pure rule gives it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, CharField, Count, F, IntegerField, Min, Q, Value, When

from content.verify.report import SHOWN, Checked, checked
from content.verify.settlements import at_the_match_s_revision
from scoring import rules
from scoring.models import Prediction, Score
from scoring.rules import Goals, Grade, Points, Tendency

S = "match__settlements__"
PARTS = ("tendency", "difference", "exact")
KEYS = (
    f"{S}rule",
    f"{S}home_goals",
    f"{S}away_goals",
    "quota",
    "home_goals",
    "away_goals",
    "due",
    "placed",
    "score__timing",
    *(f"score__{part}_hit" for part in PARTS),
    *(f"score__{part}_points" for part in PARTS),
    "score__points",
)


class Group(NamedTuple):
    """Predictions that are alike in all that their points follow from, and in what they were given.

    `placed`: whether their scores hang on the right match, season, model and settlement; None: they have no score.
    """

    rule: str
    result: Goals
    quota: int | None
    predicted: Goals
    due: str
    placed: bool | None
    timing: str
    hits: tuple[bool, ...]
    points: tuple[int | None, ...]
    rows: int
    example: int


@dataclass
class _Tally:
    """Counts the predictions of the groups that break an invariant, and names one of each."""

    name: str
    looked_at: int = 0
    offending: int = 0
    lines: list[str] = field(default_factory=list)

    def look(self, group: Group, problem: str) -> None:
        self.looked_at += group.rows
        if problem:
            self.offending += group.rows
            alike = f" ({group.rows:,} alike)" if group.rows > 1 else ""
            self.lines += [f"prediction {group.example}{alike}: {problem}"][: SHOWN - len(self.lines)]

    def checked(self) -> Checked:
        return Checked(self.name, self.looked_at, self.offending, tuple(self.lines))


def check_scores() -> Iterator[Checked]:
    """One pass over all predictions of settled matches, grouped by the database; each group by the pure rule."""
    present = _Tally("every prediction of a settled match has a score")
    placed = _Tally("scores have the match, season, model and settlement of their prediction")
    timing = _Tally("scores say rightly whether their prediction counts")
    points = _Tally("hits and points are those of the rule")
    for group in groups():
        present.look(group, "no score" if group.placed is None else "")
        if group.placed is not None:
            placed.look(group, "" if group.placed else "its score has another match, season, model or settlement")
            timing.look(group, "" if group.timing == group.due else f"its score says {group.timing}, it is {group.due}")
            points.look(group, wrong_points(group))
    yield present.checked()
    yield placed.checked()
    yield timing.checked()
    yield points.checked()
    yield _stray(placed.looked_at)


def groups() -> Iterator[Group]:
    here = Q(**{f"{S}superseded_at__isnull": True, f"{S}revision": F("match__revision")})
    rows = (
        Prediction.objects.filter(here)
        .annotate(quota=_quota_that_came_true(), due=_due_timing(), placed=_placed())
        .order_by()
        .values(*KEYS)
        .annotate(rows=Count("pk"), example=Min("pk"))
        .values_list(*KEYS, "rows", "example")
    )
    for row in rows.iterator():
        rule, home, away, quota, tipped_home, tipped_away, due, in_place, timing = row[:9]
        result, predicted = Goals(home, away), Goals(tipped_home, tipped_away)
        yield Group(rule, result, quota, predicted, due, in_place, timing, row[9:12], row[12:16], *row[16:])


def _quota_that_came_true() -> Case:
    """The one number through which the field decides about points."""
    home, away = f"{S}home_goals", f"{S}away_goals"
    return Case(
        When(Q(**{f"{home}__gt": F(away)}), then=F(f"{S}quota_home")),
        When(Q(**{f"{home}__lt": F(away)}), then=F(f"{S}quota_away")),
        default=F(f"{S}quota_draw"),
        output_field=IntegerField(null=True),
    )


def _due_timing() -> Case:
    return Case(
        When(~Q(excluded=""), then=Value(Score.Timing.VOID.value)),
        When(submitted_at__isnull=True, then=Value(Score.Timing.UNVERIFIED.value)),
        When(submitted_at__lt=F("match__kickoff"), then=Value(Score.Timing.IN_TIME.value)),
        default=Value(Score.Timing.LATE.value),
        output_field=CharField(),
    )


def _placed() -> Case:
    agrees = Q(
        score__settlement=F(f"{S}pk"),
        score__match=F("match"),
        score__season=F("match__season"),
        score__model=F("model"),
    )
    return Case(
        When(score__isnull=True, then=Value(None)),
        When(agrees, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(null=True),
    )


def wrong_points(group: Group) -> str:
    """Return what is wrong with the hits and points of a group's scores, empty if they are the rule's."""
    if group.rule not in rules.RULES:
        return f"its match was settled by {group.rule!r}, which is no rule"
    hits, points = due_points(group)
    if (group.hits, group.points) == (hits, points):
        return ""
    due = " + ".join(str(part) for part in points[:3]) if points[3] is not None else "none"
    got = " + ".join(str(part) for part in group.points[:3])
    return (
        f"{group.predicted.home}–{group.predicted.away} for {group.result.home}–{group.result.away} was given "
        f"{got} = {group.points[3]} with hits {_words(group.hits)}, by {group.rule} it is {due} with {_words(hits)}"
    )


def _words(hits: tuple[bool, ...]) -> str:
    return ", ".join(part for part, hit in zip(PARTS, hits, strict=True) if hit) or "none"


def due_points(group: Group) -> tuple[tuple[bool, ...], tuple[int | None, ...]]:
    """Return hits, and the parts and the total of points, as the pure rule has them."""
    if group.due in Score.WITHOUT_POINTS:
        return (False, False, False), (None, None, None, None)
    reached = rules.grade(group.predicted, group.result)
    place = list(Grade).index(reached)
    worth = _worth(group, reached)
    hits = tuple(place >= least for least in (1, 2, 3))
    return hits, (worth.tendency, worth.difference, worth.exact, worth.total)


def _worth(group: Group, reached: Grade) -> Points:
    if reached is Grade.WRONG:
        return Points()
    bonus = rules.RULES[group.rule].bonus(reached, rules.tendency(group.result) is Tendency.DRAW)
    return Points(group.quota or 0, bonus.difference, bonus.exact)


def _stray(placed: int) -> Checked:
    """Scores that belong to no settled prediction. `placed`: how many were found from the side of the predictions."""
    of_history = Q(settlement__superseded_at__isnull=False) | ~Q(settlement__match=F("match"))
    here = Score.objects.filter(settlement__in=at_the_match_s_revision())

    def found() -> Iterator[str]:
        for pk, settlement in Score.objects.filter(of_history).values_list("pk", "settlement").iterator():
            yield f"score {pk}: settlement {settlement} is superseded, or of another match"
        if here.count() != placed:  # only then the pass over all of them is worth its time
            elsewhere: Any = here.exclude(prediction__match=F("match"))
            for pk, prediction in elsewhere.values_list("pk", "prediction").iterator():
                yield f"score {pk}: prediction {prediction} is for another match"

    return checked("no score belongs to anything else", Score.objects.count(), found())
