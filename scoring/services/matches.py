"""Writes an openfootball document: all of it in one transaction, or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from scoring import pipeline
from scoring.importers.kickoff import kickoff
from scoring.importers.openfootball import Document, Problems, parse
from scoring.locks import retried
from scoring.models import Competition, Goal, Match, ResultChange, Season, Team, TeamAlias
from scoring.services.match_changes import Kept, phase_fields, row_goals
from scoring.services.match_plan import (
    ImportOptions,
    MatchImportError,
    Plan,
    Planned,
    find_season,
    make_plan,
)
from scoring.services.results import change_match, goal_rows
from scoring.services.team_merges import lock_with_teams, matches_of

BATCH = 500
Track = Callable[[Sequence[Any]], Iterable[Any]]
"""Is given what is to be done, and hands it on piece by piece: a progress bar."""


@dataclass(frozen=True)
class ImportedMatches:
    """What importing a document came to; with `dry_run` it is what it would have come to.

    `kept`: what is known and the file does not have. `differences`: where a person recorded something else.
    """

    season: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    kept: Kept = field(default_factory=Kept)
    new_teams: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    dry_run: bool = False


def import_matches(
    content: bytes, file: str, options: ImportOptions | None = None, *, track: Track = iter
) -> ImportedMatches:
    """Writes the matches of an openfootball document, with the start of their pipelines, in one transaction.

    A file adds and corrects; it takes nothing away. `file` is its name in the record of changes. Raises
    `MatchImportError` with everything that is wrong, and writes nothing.
    """
    options = options or ImportOptions()
    document = parse(content, options.name)
    if isinstance(document, Problems):
        raise MatchImportError(document.lines)
    by = f"import {PurePath(file).name}"[:150]
    try:
        return _import(document, by, options, track)
    except IntegrityError:
        return _import_again(document, by, options, track)


def _import_again(document: Document, by: str, options: ImportOptions, track: Track) -> ImportedMatches:
    """Plans anew, and sees by now what somebody else wrote at the same time, or a team that was merged."""
    try:
        return _import(document, by, options, track)
    except IntegrityError as error:
        raise MatchImportError([_refused(str(error).splitlines()[0])]) from error


def _refused(why: str) -> str:
    of_matches = [constraint.name for constraint in Match._meta.constraints]  # SQLite names the columns instead
    if any(name in why for name in (*of_matches, f"{Match._meta.db_table}.")):
        return f"two matches would become one ({why}); correct the rounds, dates and nums"
    return f"somebody else wrote at the same time ({why}); import it again"


@retried
def _import(document: Document, by: str, options: ImportOptions, track: Track) -> ImportedMatches:
    before = _state(document)
    plan = make_plan(document, options)
    with transaction.atomic():
        _lock(plan)
        while (now := _state(document)) != before:  # somebody else wrote while we compared
            before, plan = now, make_plan(document, options)
            _lock(plan)
        imported = _write(plan, by, options, track)
        if options.dry_run:
            transaction.set_rollback(True)
    return imported


def _lock(plan: Plan) -> None:
    """Locks the matches of the season, and all of teams that get another name; then these and those of new matches."""
    renamed = {*plan.teams.merged, *plan.teams.merged.values(), *plan.teams.retitled}
    called = {number for planned in plan.rows for number in _new_teams(planned)}
    teams = {number for number in renamed | called if number > 0}
    lock_with_teams(Q(season=plan.season) | matches_of({*plan.teams.merged, *plan.teams.retitled}), teams)


def _new_teams(planned: Planned) -> set[int]:
    known = {planned.match.home_id, planned.match.away_id} if planned.match else set()
    return {planned.home, planned.away} - known


def _state(document: Document) -> tuple[Any, ...]:
    """Return what differs after every write that a plan depends on."""
    season = find_season(document)
    matches = Match.objects.filter(season=season).aggregate(
        n=Count("pk"), revisions=Sum("revision"), at=Max("changed_at")
    )
    names = [(model.objects.count(), model.objects.aggregate(Max("pk"))["pk__max"]) for model in (Team, TeamAlias)]
    return season and season.competition.time_zone, tuple(matches.values()), names


def _write(plan: Plan, by: str, options: ImportOptions, track: Track) -> ImportedMatches:
    season = _season(plan, options)
    plan.teams.save()
    new = [planned for planned in plan.rows if planned.match is None]
    known = sorted((planned for planned in plan.rows if planned.match), key=_id_of_match)
    changed = 0
    created: list[Match] = []
    for job in track([*known, *_batches(new)]):
        if isinstance(job, Planned):
            changed += _change(job, plan, by)
        else:
            created += _create(season, job, plan, by)
    plan.teams.finish(by=by)
    pipeline.start([match for match in created if match.is_over])
    return ImportedMatches(
        season.name,
        created=len(created),
        changed=changed,
        unchanged=len(known) - changed,
        left_out=plan.document.left_out,
        kept=plan.kept,
        new_teams=plan.teams.new_titles(),
        renamed=plan.teams.renamings(),
        notices=tuple(plan.notices),
        differences=tuple(plan.differences),
        dry_run=options.dry_run,
    )


def _id_of_match(planned: Planned) -> int:
    return planned.match.pk if planned.match else 0


def _batches(rows: Iterable[Planned]) -> Iterable[list[Planned]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _season(plan: Plan, options: ImportOptions) -> Season:
    name = plan.document.season
    season = plan.season
    if season is None:
        competition, _ = Competition.objects.get_or_create(name=name.competition)
        season = Season.objects.create(competition=competition, label=name.label, name=name.name)
    if options.time_zone and season.competition.time_zone != options.time_zone:
        Competition.objects.filter(pk=season.competition_id).update(time_zone=options.time_zone)
    return season


def _change(planned: Planned, plan: Plan, by: str) -> int:
    match, change = planned.match, planned.change
    fields = dict(change.fields)
    for side, number in (("home", planned.home), ("away", planned.away)):
        if getattr(match, f"{side}_id") != plan.teams.pk(number):
            fields[side] = Team.objects.get(pk=plan.teams.pk(number))
    if not fields and change.goals is None:
        return 0
    recorded = change_match(_id_of_match(planned), fields, goals=change.goals, by=by, source=change.source)
    return int(bool(recorded.changed))


def _create(season: Season, rows: Sequence[Planned], plan: Plan, by: str) -> list[Match]:
    matches = Match.objects.bulk_create([_match(season, planned, plan) for planned in rows])
    goals = [
        goal
        for match, planned in zip(matches, rows, strict=True)
        for goal in goal_rows(match, row_goals(planned.row) or ())
    ]
    Goal.objects.bulk_create(goals, batch_size=1_000)
    now = timezone.now()
    changes = [
        ResultChange(match=match, revision=match.revision, before={}, after=told, by=by, at=now)
        for match, planned in zip(matches, rows, strict=True)
        if (told := _told(planned))
    ]
    ResultChange.objects.bulk_create(changes)
    return matches


def _told(planned: Planned) -> dict[str, Any]:
    """Return what a new row tells of the result."""
    status = {"status": planned.row.status} if planned.row.status else {}
    return {**status, **phase_fields(planned.row.phases)}


def _match(season: Season, planned: Planned, plan: Plan) -> Match:
    row = planned.row
    moment, time_known = kickoff(row.date, row.time, plan.zone)
    told = _told(planned)
    return Match(
        season=season,
        home_id=plan.teams.pk(planned.home),
        away_id=plan.teams.pk(planned.away),
        round=row.round,
        stage=row.stage,
        group=row.group,
        num=row.num,
        venue=row.venue,
        date=row.date,
        kickoff=moment,
        time_known=time_known,
        result_source=Match.Source.IMPORT if told else Match.Source.UNKNOWN,
        **told,
    )
