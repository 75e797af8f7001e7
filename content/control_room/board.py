"""The pipeline board: one row a match, newest first, with a light for each stage; a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from content.control_room.choice import Choice, Cursor
from content.control_room.stages import COUNT, SCORE, WRITE, Known, Light, Made, Stage, stages, worst
from content.models import Roundup, standing_of
from content.tracing import Trace, for_readers, trace_of
from scoring.models import Match, MatchProgress, ResultChange, Settlement
from stats.models import MatchStats

ROWS = 25


@dataclass(frozen=True)
class Row:
    """`trace` is the whole chain of a row that is open."""

    match: Match
    stages: tuple[Stage, ...]
    light: Light
    roundup: Roundup | None
    can_run: bool
    is_public: bool
    trace: Trace | None = None


@dataclass(frozen=True)
class Board:
    """`older` is the choice of the next page, None on the last."""

    rows: tuple[Row, ...]
    choice: Choice
    older: Cursor | None


def board(choice: Choice, now: datetime, *, with_errors: bool = True) -> Board:
    """Return what is chosen; without errors for people who may not look at the work itself."""
    found = list(
        choice.matches(now).select_related("home", "away", "season__competition", "progress", "stats")[: ROWS + 1]
    )
    shown = found[:ROWS]
    rows = tuple(_row(known, choice, now) for known in _known(shown))
    rows = rows if with_errors else tuple(map(_without_errors, rows))
    older = Cursor(shown[-1].kickoff, shown[-1].pk) if len(found) > ROWS else None
    return Board(rows, choice, older)


def _row(known: Known, choice: Choice, now: datetime) -> Row:
    match, told = known.match, stages(known, now)
    return Row(
        match=match,
        stages=told,
        light=worst(told),
        roundup=known.roundup,
        can_run=known.progress is not None and bool(known.progress.step),
        is_public=told[-1].light == Light.GREEN,
        trace=trace_of(match) if match.pk in choice.open else None,
    )


def _without_errors(row: Row) -> Row:
    told = tuple(
        replace(stage, text=stage.text.partition(": ")[0]) if stage.light == Light.RED else stage
        for stage in row.stages
    )
    return replace(row, stages=told, trace=row.trace and for_readers(row.trace))


def _known(matches: Sequence[Match]) -> list[Known]:
    """Reads what the stages of these matches are told from: three queries."""
    ids = [match.pk for match in matches]
    settled = {row.match_id: row for row in Settlement.objects.current().filter(match__in=ids)}
    roundups = {row.match_id: row for row in _roundups(ids)}
    changed = dict(ResultChange.objects.filter(match__in=ids).order_by("at").values_list("match_id", "at"))
    return [
        Known(
            match=match,
            progress=progress_of(match),
            result_at=changed.get(match.pk, match.changed_at),
            made=_made(settled.get(match.pk), getattr(match, "stats", None), roundups.get(match.pk)),
            roundup=roundups.get(match.pk),
            standing=standing_of(roundups[match.pk]) if match.pk in roundups else None,
        )
        for match in matches
    ]


def progress_of(match: Match) -> MatchProgress | None:
    progress: MatchProgress | None = getattr(match, "progress", None)
    return progress


def _roundups(ids: Sequence[int]) -> list[Roundup]:
    return list(Roundup.objects.with_match().filter(match__in=ids).defer("text", "facts"))


def _made(settled: Settlement | None, counted: MatchStats | None, roundup: Roundup | None) -> dict[int, Made]:
    made = {}
    if settled:
        made[SCORE] = Made(settled.revision, settled.settled_at, "scoring_settlement_change", settled.pk)
    if counted:
        made[COUNT] = Made(counted.revision, counted.counted_at, "stats_matchstats_change", counted.pk)
    if roundup:
        made[WRITE] = Made(roundup.revision, roundup.written_at, "content_roundup_change", roundup.pk)
    return made
