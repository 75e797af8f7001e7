"""What a file says of a match that is known already: what it adds, what it corrects, what it must leave alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any

from scoring.importers.kickoff import kickoff
from scoring.importers.openfootball import MatchRow
from scoring.importers.scores import GoalEntry
from scoring.models import Goal, Match
from scoring.models.match import PHASES
from scoring.rules import Goals, Phases
from scoring.services.results import GoalFact, require_begun, require_consistent

VOID = (Match.Status.ABANDONED, Match.Status.CANCELLED, Match.Status.AWARDED)
TEXTS = ("round", "stage", "group", "venue")


@dataclass(frozen=True)
class Kept:
    """How much is known that the file does not have; it stays as it is."""

    matches: int = 0
    scores: int = 0
    times: int = 0
    goals: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.matches + other.matches,
            self.scores + other.scores,
            self.times + other.times,
            self.goals + other.goals,
        )

    def __str__(self) -> str:
        counts = (
            (self.matches, "match", "matches"),
            (self.scores, "score", "scores"),
            (self.times, "time", "times"),
            (self.goals, "list of goals", "lists of goals"),
        )
        return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)


@dataclass(frozen=True)
class Change:
    """What a file changes in a match: fields of `CHANGEABLE` without the teams, and its goals unless None.

    `source`: who the result is from, afterwards. `difference`: how the file differs from what a person recorded.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    goals: Sequence[GoalFact] | None = None
    source: str = Match.Source.IMPORT
    kept: Kept = Kept()
    difference: str = ""


def goal_facts(side: str, goals: Sequence[GoalEntry]) -> list[GoalFact]:
    return [GoalFact(side, g.scorer, g.minute, g.stoppage, g.penalty, g.own_goal) for g in goals]


def row_goals(row: MatchRow, known: Sequence[GoalFact] = ()) -> list[GoalFact] | None:
    """Return the goals a row tells, home side first; a side it has no list for keeps the known ones.

    None if it tells of none: that takes nothing away.
    """
    if not row.home_goals and not row.away_goals:
        return None
    goals: list[GoalFact] = []
    for side, told in ((Goal.Side.HOME, row.home_goals), (Goal.Side.AWAY, row.away_goals)):
        kept = [goal for goal in known if goal.side == side]
        goals += kept if told is None else goal_facts(side.value, told)
    return goals


def compare(match: Match, known: Sequence[GoalFact], row: MatchRow, *, zone: tzinfo | None, overwrite: bool) -> Change:
    """Return what a row changes in a stored match with these known goals.

    Raises `ResultError` if the match would contradict itself.
    """
    fields: dict[str, Any] = {name: value for name in TEXTS if (value := getattr(row, name))}
    if row.num is not None:
        fields["num"] = row.num
    moment, time_known = kickoff(row.date, row.time, zone)
    keeps_time = not time_known and match.date == row.date
    fields["date"] = row.date
    if not keeps_time:
        fields |= {"kickoff": moment, "time_known": time_known}
    fields = _new(match, fields)
    kept = Kept(
        scores=int(match.goals_of("full_time") is not None and row.phases.full_time is None),
        times=int(keeps_time and match.time_known),
        goals=int(bool(known) and row_goals(row) is None),
    )
    change = _with_result(Change(fields, kept=kept), match, known, row, overwrite=overwrite)
    if {"kickoff", "date"} & set(change.fields):
        after = {name: change.fields.get(name, getattr(match, name)) for name in ("status", "kickoff", "date")}
        require_begun(after["status"], after["kickoff"], after["date"])
    return change


def _with_result(change: Change, match: Match, known: Sequence[GoalFact], row: MatchRow, *, overwrite: bool) -> Change:
    result = _new(match, _result_fields(match, row))
    goals = row_goals(row, known)
    if goals == list(known):
        goals = None
    if match.result_source == Match.Source.PERSON and match.status != Match.Status.LIVE and not overwrite:
        difference = _difference(match, result, goals if known else None)
        if difference:
            return replace(change, difference=difference)
        change = replace(change, source=match.result_source)
    phases = {phase: _phase(result, phase, match) for phase in PHASES}
    require_consistent(Phases(**phases), result.get("status", match.status))
    return replace(change, fields={**change.fields, **result}, goals=goals)


def _new(match: Match, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(match, name) != value}


def _phase(result: Mapping[str, Any], phase: str, match: Match) -> Goals | None:
    home, away = (result.get(f"{phase}_{side}", getattr(match, f"{phase}_{side}")) for side in ("home", "away"))
    return None if home is None or away is None else Goals(home, away)


def phase_fields(phases: Phases) -> dict[str, int]:
    """Return the known goals as fields of a match."""
    return {
        f"{phase}_{side}": getattr(goals, side)
        for phase in PHASES
        if (goals := getattr(phases, phase)) is not None
        for side in ("home", "away")
    }


def _result_fields(match: Match, row: MatchRow) -> dict[str, Any]:
    fields: dict[str, Any] = dict(phase_fields(row.phases))
    if row.status and not _keeps_status(match, row):
        fields["status"] = row.status
    return fields


def _keeps_status(match: Match, row: MatchRow) -> bool:
    """Return whether the row's status says less than what is known.

    A match that is finished with a score is not open again. A void one becomes finished only by a score that is new:
    a file that repeats the score and has no status takes none away.
    """
    full_time = row.phases.full_time
    if match.status == Match.Status.FINISHED and row.status in Match.OPEN_STATUSES:
        return match.goals_of("full_time") is not None
    return row.implied and match.status in VOID and full_time in (None, match.goals_of("full_time"))


def _difference(match: Match, result: Mapping[str, Any], goals: Sequence[GoalFact] | None) -> str:
    """Return what a person recorded and the file contradicts; empty if the file only adds to it."""
    there: list[str] = []
    here: list[str] = []
    if "status" in result:
        there.append(str(match.status))
        here.append(str(result["status"]))
    for phase in PHASES:
        recorded, told = match.goals_of(phase), _phase(result, phase, match)
        if recorded is not None and told is not None and recorded != told:
            name = phase.replace("_", "-")
            there.append(f"{name} {recorded.home}–{recorded.away}")
            here.append(f"{name} {told.home}–{told.away}")
    if goals is not None:
        there.append("other goals")
        here.append("its own")
    if not there:
        return ""
    return f"a person recorded {', '.join(there)}; the file says {', '.join(here)}"
