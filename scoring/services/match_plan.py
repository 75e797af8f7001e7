"""Works out what an openfootball document changes, before anything is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo

from scoring.importers.kickoff import read_zone
from scoring.importers.openfootball import Document, MatchRow
from scoring.importers.same_match import Fixture, Gone, is_another, pair
from scoring.importers.values import WrongValueError
from scoring.models import Competition, Goal, Match, Season
from scoring.services.match_changes import Change, Kept, compare
from scoring.services.results import GoalFact, ResultError, require_consistent
from scoring.services.teams import RenameError, TeamBook


@dataclass(frozen=True)
class ImportOptions:
    """What the operator says beside the file; see `manage.py import_matches --help`.

    `name` takes the place of the document's own; `renames` are pairs of an old and a new name of a team; `new`: what
    is probably the same match is another; `overwrite`: the file is right, not the person.
    """

    name: str | None = None
    time_zone: str | None = None
    renames: Sequence[tuple[str, str]] = ()
    new: bool = False
    overwrite: bool = False
    dry_run: bool = False


class MatchImportError(ValueError):
    """A file that can't be imported. `problems`: a line for each thing that is wrong, with what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Planned:
    """A row of the file, the numbers of its teams, and what it changes in which stored match (None: it is new)."""

    row: MatchRow
    home: int
    away: int
    match: Match | None = None
    change: Change = field(default_factory=Change)


@dataclass
class Plan:
    """What is to be written. `season` None: it is new, too."""

    document: Document
    teams: TeamBook
    season: Season | None = None
    zone: tzinfo | None = None
    rows: list[Planned] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    notices: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def find_season(document: Document) -> Season | None:
    """Return the season a document is of: by its name, or by its competition and label."""
    seasons = Season.objects.select_related("competition")
    name = document.season
    return (
        seasons.filter(name=name.name).first()
        or seasons.filter(competition__name=name.competition, label=name.label).first()
    )


def make_plan(document: Document, options: ImportOptions) -> Plan:
    """Compares a document with what is stored. Raises `MatchImportError` with everything that is wrong."""
    plan = Plan(document, TeamBook(), find_season(document), notices=list(document.notices))
    _rename(plan, options)
    _set_zone(plan, options)
    if plan.problems:
        raise MatchImportError(plan.problems)
    stored = {match.pk: match for match in Match.objects.filter(season=plan.season)} if plan.season else {}
    _plan_rows(plan, stored, options)
    if plan.problems:
        raise MatchImportError(plan.problems)
    return plan


def _rename(plan: Plan, options: ImportOptions) -> None:
    in_file = {name for row in plan.document.rows for name in (row.home, row.away)}
    for old, new in options.renames:
        try:
            plan.teams.rename(old, new, in_file)
        except RenameError as error:
            plan.problems.append(str(error))


def _set_zone(plan: Plan, options: ImportOptions) -> None:
    competition = plan.season.competition if plan.season else _competition(plan.document)
    name = options.time_zone or (competition.time_zone if competition else "")
    try:
        plan.zone = read_zone(name) if name else None
    except WrongValueError as error:
        plan.problems.append(f"{error} (--timezone), in place of the one that {plan.document.season.competition} has")
    without = sum(1 for row in plan.document.rows if row.time and row.time.zone is None)
    if without and not name:
        plan.notices.append(
            f"{without} {'match has' if without == 1 else 'matches have'} a time without an offset, and the time zone "
            f"of {plan.document.season.competition} is not known: locked from the beginning of the day (UTC); say it "
            f"once with --timezone Europe/London"
        )


def _competition(document: Document) -> Competition | None:
    return Competition.objects.filter(name=document.season.competition).first()


def _plan_rows(plan: Plan, stored: dict[int, Match], options: ImportOptions) -> None:
    fixtures = {row.place: _of_row(row, plan.teams) for row in plan.document.rows}
    known = {pk: _of_match(match, plan.teams) for pk, match in stored.items()}
    pairs = pair(list(fixtures.values()), list(known.values()))
    if options.new:
        pairs = {place: match for place, match in pairs.items() if not is_another(fixtures[place], match)}
    partners = {match.key for match in pairs.values()}
    open_nums = plan.document.open_nums
    gone = Gone(match for match in known.values() if match.key not in partners and match.num not in open_nums)
    goals = _goals(plan.season)
    seen: dict[tuple[int, int, date], MatchRow] = {}
    for row in plan.document.rows:
        fixture, partner = fixtures[row.place], pairs.get(row.place)
        planned = Planned(row, fixture.home, fixture.away, stored[partner.key] if partner else None)
        twin = seen.setdefault((fixture.home, fixture.away, row.date), row)
        probable = None if options.new or partner else gone.probably(fixture)
        try:
            if twin is not row or fixture.home == fixture.away:
                raise ResultError(_one_under_two_names(row, twin))
            if probable:
                raise ResultError(_probably(row, stored[probable.key], fixture, probable, plan.teams))
            plan.rows.append(_compared(plan, planned, fixture, partner, goals, options))
        except ResultError as error:
            plan.problems.append(f"{row.label}: {error}")
    plan.kept += Kept(matches=len(known) - len(partners))


def _compared(
    plan: Plan,
    planned: Planned,
    fixture: Fixture,
    partner: Fixture | None,
    goals: Mapping[int, list[GoalFact]],
    options: ImportOptions,
) -> Planned:
    row, match = planned.row, planned.match
    if match is None or partner is None:
        require_consistent(row.phases, row.status or Match.Status.SCHEDULED)
        return planned
    _require_same(row, match, fixture, partner, plan)
    change = compare(match, goals.get(match.pk, []), row, zone=plan.zone, overwrite=options.overwrite)
    plan.kept += change.kept
    if change.difference:
        plan.differences.append(f"{row.label}: {change.difference}; not applied, --overwrite applies it")
    return replace(planned, change=change)


def _require_same(row: MatchRow, match: Match, fixture: Fixture, partner: Fixture, plan: Plan) -> None:
    if is_another(fixture, partner):
        raise ResultError(
            f"probably another match than {_named(match, plan.teams)}, which was played; --new if it is, "
            f'or the round "{match.round}" if it is the same'
        )
    if not fixture.teams & partner.teams:
        raise ResultError(
            f"num {row.num} is {_named(match, plan.teams)} so far: correct the num, or remove it; if the teams have "
            f'new names, --rename "OLD=NEW" for each'
        )
    if (fixture.home, fixture.away) != (partner.home, partner.away):
        plan.notices.append(
            f"{row.label}: num {row.num} was {_named(match, plan.teams)}; it has the teams of the file now"
        )


def _of_row(row: MatchRow, teams: TeamBook) -> Fixture:
    return Fixture(row.place, teams.number(row.home), teams.number(row.away), row.date, row.round, row.num)


def _of_match(match: Match, teams: TeamBook) -> Fixture:
    home, away = teams.current(match.home_id), teams.current(match.away_id)
    return Fixture(match.pk, home, away, match.date, match.round, match.num, match.is_over)


def _goals(season: Season | None) -> dict[int, list[GoalFact]]:
    """Return id of a match → its goals, home side first, each side in its own order."""
    goals: dict[int, list[GoalFact]] = defaultdict(list)
    if season is not None:
        for goal in Goal.objects.filter(match__season=season).order_by("match", "-side", "position").iterator():
            fact = GoalFact(goal.side, goal.scorer, goal.minute, goal.stoppage, goal.penalty, goal.own_goal)
            goals[goal.match_id].append(fact)
    return goals


def _named(match: Match, teams: TeamBook) -> str:
    round_ = f" ({match.round})" if match.round else ""
    return f"{teams.title(match.home_id)} – {teams.title(match.away_id)}, {match.date}{round_}"


def _one_under_two_names(row: MatchRow, twin: MatchRow) -> str:
    if twin is row:
        return f"{row.home} and {row.away} are two names of one team; correct team1 or team2"
    return f"is {twin.label} under another name; keep one of them"


def _probably(row: MatchRow, match: Match, fixture: Fixture, gone: Fixture, teams: TeamBook) -> str:
    renames = " ".join(
        f'--rename "{teams.title(old)}={new}"'
        for old, number, new in ((gone.home, fixture.home, row.home), (gone.away, fixture.away, row.away))
        if old != number
    )
    exchanged = fixture.teams == gone.teams
    if exchanged and (fixture.home, fixture.away) != (gone.home, gone.away):
        way_out = "home and away are exchanged: correct the file if it is"
    else:
        way_out = f"{renames or 'correct the date or the num'} if it is"
    named = _named(match, teams)
    return f"probably the same match as {named}, which the file no longer has; {way_out}, --new if it is not"
