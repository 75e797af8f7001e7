"""The one door for results, and for every other change of a match."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone

from scoring import pipeline
from scoring.locks import retried
from scoring.models import Goal, Match, Merge, ResultChange, Season, Team
from scoring.models.match import PHASES
from scoring.rules import Goals, Phases

RESULT_FIELDS = ("status", *(f"{phase}_{side}" for phase in PHASES for side in ("home", "away")))
CHANGEABLE = (
    "home",
    "away",
    "round",
    "stage",
    "group",
    "num",
    "venue",
    "date",
    "kickoff",
    "time_known",
    *RESULT_FIELDS,
)
"""Fields of a match that scoring or a roundup reads: a change of one of them makes a new revision."""

BEGUN = (Match.Status.LIVE, Match.Status.FINISHED, Match.Status.ABANDONED)
AHEAD = timedelta(hours=36)
"""How far ahead the kickoff of a match that has begun may lie: time zones, and times of day that are not known."""


class ResultError(ValueError):
    """A result that can't be: the message says what is wrong with it and what to do."""


@dataclass(frozen=True)
class GoalFact:
    """A goal in the list of the side it counts for; the fields are those of `scoring.models.Goal`."""

    side: str
    scorer: str = ""
    minute: int | None = None
    stoppage: int | None = None
    penalty: bool = False
    own_goal: bool = False


@dataclass(frozen=True)
class Result:
    """A result as somebody reports it. A phase, the goals or a status left None stay as they are."""

    full_time: Goals | None = None
    half_time: Goals | None = None
    extra_time: Goals | None = None
    shootout: Goals | None = None
    status: str | None = Match.Status.FINISHED
    goals: Sequence[GoalFact] | None = None


@dataclass(frozen=True)
class Recorded:
    """What a change of a match came to. `changed`: field → (before, after); empty if nothing was new."""

    match: Match
    revision: int
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.changed:
            return f"{self.match}: nothing new, still at revision {self.revision}"
        return f"{self.match}: {', '.join(self.changed)} changed, now at revision {self.revision}"


def record_result(
    match_id: int, result: Result, *, by: str, reason: str = "", source: str = Match.Source.PERSON
) -> Recorded:
    """Writes down the result of a match and starts its pipeline, in one transaction.

    Returns what changed. Raises `Match.DoesNotExist`, and `ResultError` for a result that can't be.
    """
    return change_match(match_id, result_fields(result), goals=result.goals, by=by, reason=reason, source=source)


def result_fields(result: Result) -> dict[str, Any]:
    """Return what a result tells as fields of a match."""
    fields: dict[str, Any] = {} if result.status is None else {"status": result.status}
    for phase in PHASES:
        goals: Goals | None = getattr(result, phase)
        if goals is not None:
            fields[f"{phase}_home"], fields[f"{phase}_away"] = goals
    return fields


@retried
@transaction.atomic
def change_match(
    match_id: int,
    fields: Mapping[str, Any],
    *,
    goals: Sequence[GoalFact] | None = None,
    by: str,
    reason: str = "",
    source: str = Match.Source.PERSON,
) -> Recorded:
    """Changes fields of `CHANGEABLE`, and the goals unless None, under the match's lock.

    A new revision, its `ResultChange`, and the start of the pipeline if the match is over (or was) commit together;
    what is already so changes nothing. Raises `ResultError` and changes nothing if the match would contradict itself,
    or a team is gone.
    """
    match = Match.objects.select_for_update(no_key=True).get(pk=match_id)
    changed = {name: (getattr(match, name), value) for name, value in fields.items() if getattr(match, name) != value}
    if unknown := set(fields) - set(CHANGEABLE):
        raise ResultError(f"{', '.join(sorted(unknown))} can't be changed")
    before = tuple(current_goals(match)) if goals is not None else ()
    goals_changed = goals is not None and tuple(goals) != before
    if not changed and not goals_changed:
        return Recorded(match, match.revision)
    _lock_teams({name: value for name, (_, value) in changed.items()})
    for name, (_, value) in changed.items():
        setattr(match, name, value)
    require_consistent(match.phases, match.status)
    if {"kickoff", "date"} & set(changed):
        require_begun(match.status, match.kickoff, match.date)
    if goals is not None and goals_changed:
        replace_goals(match, goals)
        changed["goals"] = ([asdict(g) for g in before], [asdict(g) for g in goals])
    _save_revision(match, changed, by=by, reason=reason, source=source)
    return Recorded(match, match.revision, changed)


@retried
@transaction.atomic
def create_match(
    season: Season, fields: Mapping[str, Any], *, by: str, reason: str = "", source: str = Match.Source.PERSON
) -> Recorded:
    """Writes down a new match with these fields of `CHANGEABLE`; one that is over starts its pipeline.

    Returns what was told of its result. Raises `ResultError` if the match would contradict itself, or a team is gone.
    """
    _lock_teams(fields)
    match = Match(season=season, **fields)
    require_consistent(match.phases, match.status)
    told = {name: fields.get(name) for name in RESULT_FIELDS}
    told = {name: value for name, value in told.items() if value not in (None, Match.Status.SCHEDULED)}
    match.result_source = source if told else Match.Source.UNKNOWN
    match.save()
    if told:
        ResultChange.objects.create(
            match=match, revision=match.revision, before={}, after=told, reason=reason, by=by, at=timezone.now()
        )
    start_if_over(match)
    return Recorded(match, match.revision, {name: (None, value) for name, value in told.items()})


def _save_revision(match: Match, changed: Mapping[str, tuple[Any, Any]], *, by: str, reason: str, source: str) -> None:
    if {"goals", *RESULT_FIELDS} & set(changed):
        match.result_source = source
    match.revision += 1
    match.save()
    ResultChange.objects.create(
        match=match,
        revision=match.revision,
        before={name: plain(pair[0]) for name, pair in changed.items()},
        after={name: plain(pair[1]) for name, pair in changed.items()},
        reason=reason,
        by=by,
        at=timezone.now(),
    )
    start_if_over(match)


def _lock_teams(fields: Mapping[str, Any]) -> None:
    """Locks the teams that a match is about to refer to, in the order of their ids: nobody merges them meanwhile.

    Raises `ResultError` if somebody has.
    """
    teams = {fields[side].pk: fields[side] for side in ("home", "away") if fields.get(side) is not None}
    if not teams:
        return
    rows = Team.objects.filter(pk__in=teams).order_by("pk").select_for_update(no_key=True)
    for pk in sorted(teams.keys() - set(rows.values_list("pk", flat=True))):
        merge = Merge.objects.standing().filter(kind=Merge.Kind.TEAM, old_pk=pk).first()
        now = f"it is part of {merge.into_name} by now, choose that" if merge else "choose another team"
        raise ResultError(f"the team {teams[pk]} is no longer there: {now}")


def start_if_over(match: Match) -> None:
    """Starts the pipeline for a match that is over, or that has been worked on (it may have to be taken back)."""
    if match.is_over or hasattr(match, "progress"):
        pipeline.start([match])


def require_consistent(phases: Phases, status: str) -> None:
    """Raises `ResultError` if the phases contradict each other or the status."""
    order = [("half-time", phases.half_time), ("full-time", phases.full_time), ("extra-time", phases.extra_time)]
    known = [(name, goals) for name, goals in order if goals is not None]
    # A decision takes the place of what was played: it may be less than the score at half-time.
    for (early, first), (late, then) in pairwise(known if status != Match.Status.AWARDED else ()):
        if first.home > then.home or first.away > then.away:
            raise ResultError(
                f"the {early} score {first.home}–{first.away} can't be followed by {late} {then.home}–{then.away}: "
                f"goals are never taken off; correct one of the two"
            )
    if phases != Phases() and status == Match.Status.SCHEDULED:
        raise ResultError("a match with a score can't be scheduled: set its status, or remove the score")


def require_begun(status: str, kickoff: datetime, day: date) -> None:
    """Raises `ResultError` if a match that has begun by its status has its day more than `AHEAD` from now."""
    latest = timezone.now() + AHEAD
    if status in BEGUN and (kickoff > latest or day > latest.date()):
        raise ResultError(
            f"a match that is {status} can't begin on {max(day, kickoff.date())}, which is still to come: "
            f"correct the date, or take its result back first"
        )


def current_goals(match: Match) -> list[GoalFact]:
    """Return the goals of a match, home side first, each side in its own order."""
    rows = sorted(match.goals.all(), key=lambda goal: (goal.side != Goal.Side.HOME, goal.position))
    return [GoalFact(g.side, g.scorer, g.minute, g.stoppage, g.penalty, g.own_goal) for g in rows]


def goal_rows(match: Match, goals: Sequence[GoalFact]) -> list[Goal]:
    """Return unsaved `Goal` rows, numbered within their side."""
    sides = {Goal.Side.HOME.value: 0, Goal.Side.AWAY.value: 0}
    rows = []
    for goal in goals:
        rows.append(Goal(match=match, position=sides[goal.side], **asdict(goal)))
        sides[goal.side] += 1
    return rows


def replace_goals(match: Match, goals: Sequence[GoalFact]) -> None:
    match.goals.all().delete()
    Goal.objects.bulk_create(goal_rows(match, goals))


def plain(value: Any) -> Any:
    """Return a value that JSON can hold."""
    if isinstance(value, Team):
        return value.name
    return value.isoformat() if isinstance(value, date | datetime) else value
