"""What a change would do: it is made for real, settled and counted, compared, and taken back as a whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F, Max

from scoring.locks import retried
from scoring.models import AIModel, Match, Prediction, ResultChange, Season, Settlement
from scoring.services import score_match, waiting
from scoring.services.settlement import timing
from stats.aggregates import rank
from stats.catching_up import begin_missing
from stats.differences import Effect, Line, Standing, State, Tip, TipChange, compare
from stats.leaderboard import entry_of
from stats.models import ModelStats
from stats.recounting import recounted
from stats.services import calculate_season_stats

T = TypeVar("T")
BATCH = 500
"""Matches that are asked for in one query."""

MANY = 100
"""Up to this many matches are settled for real, one by one; a change of a competition may touch thousands."""


@dataclass(frozen=True)
class _Touched:
    """The matches that a change gave a new revision, and their seasons."""

    matches: frozenset[int]
    seasons: frozenset[int]


@retried
def effect_of(change: Callable[[], T]) -> tuple[T, Effect]:
    """Return what a change returns, and what it would do to matches, predictions and season tables.

    The change runs twice (once to learn what it touches) in one transaction, which is rolled back: nothing of it
    stays, and nothing of it may leave the database, so it must not set caches, send anything, or write files. The
    seasons it touches are settled and counted before it and after it, so that work that waits is not taken for its
    effect; if it touches more than `MANY` matches, their tables are worked out by the pure rule instead, to the same
    numbers. On PostgreSQL others' commits are not seen meanwhile. What the change raises goes on to the caller.
    """
    with _taken_back():
        touched = _probe(change)
        settled = len(touched.matches) <= MANY
        if settled:
            _lock(touched)
            _bring_up_to_date(touched.seasons)
        before = _state(touched, settled=settled)
        newest = _newest_change()
        result = change()
        touched = _union(touched, _since(newest))
        if settled:
            _bring_up_to_date(touched.seasons)
        after = _state(touched, settled=settled)
        effect = compare(before, after, _tips(before.counts, after.counts))
    return result, effect


@contextmanager
def _taken_back() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
        transaction.set_rollback(True)


def _probe(change: Callable[[], T]) -> _Touched:
    newest = _newest_change()
    with transaction.atomic():
        change()
        touched = _since(newest)
        transaction.set_rollback(True)
    return touched


def _newest_change() -> int:
    newest: int | None = ResultChange.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def _since(newest: int) -> _Touched:
    pairs = set(ResultChange.objects.filter(pk__gt=newest).values_list("match_id", "match__season_id"))
    return _Touched(frozenset(match for match, _ in pairs), frozenset(season for _, season in pairs))


def _union(one: _Touched, other: _Touched) -> _Touched:
    return _Touched(one.matches | other.matches, one.seasons | other.seasons)


def _lock(touched: _Touched) -> None:
    """Locks every match of these competitions, in the order of their ids, before any season is locked.

    Those that the change does not touch as well: it may lock them all (`change_competition`), and whoever settles one
    of them in the meantime holds it while waiting for the season.
    """
    competitions = Season.objects.filter(pk__in=touched.seasons).order_by().values("competition")
    rows = Match.objects.filter(season__competition__in=competitions).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


def _bring_up_to_date(seasons: Iterable[int]) -> None:
    for season_id in sorted(seasons):
        begin_missing(Match.objects.filter(season=season_id))
        for match_id in waiting(season_id):
            score_match(match_id, queue=False)
        calculate_season_stats(season_id, queue=False)


def _state(touched: _Touched, *, settled: bool) -> State:
    ids = sorted(touched.matches)
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    return State(
        lines={key: line for season_id in touched.seasons for key, line in _lines(season_id, settled=settled)},
        matches={pk: standing for batch in batches for pk, standing in _standings(batch)},
        counts={pk: how for batch in batches for pk, how in _counts(batch)},
    )


def _lines(season_id: int, *, settled: bool) -> Iterator[tuple[tuple[int, int], Line]]:
    """Yields the table of a season as it is in this transaction: never the cached one, and never cached."""
    season = Season.objects.get(pk=season_id)
    counted = ModelStats.objects.filter(season=season).select_related("model")
    for ranked in rank([entry_of(row) for row in counted] if settled else recounted(season_id)):
        entry, totals = ranked.entry, ranked.entry.totals
        yield (
            (season_id, entry.model_id),
            Line(season.name, entry.model, ranked.rank, totals.points, totals.predictions),
        )


def _standings(ids: Sequence[int]) -> Iterator[tuple[int, Standing]]:
    settled = set(Settlement.objects.filter(match__in=ids).values_list("match", flat=True))
    for match in Match.objects.with_names().filter(pk__in=ids):
        competition = match.season.competition
        goals = match.counted_goals(competition)
        counts_as = f"{goals.home}–{goals.away}" if goals else f"does not count ({match.why_not_settled(competition)})"
        known = goals is not None or match.pk in settled
        yield match.pk, Standing(str(match), match.season.name, counts_as, known)


def _counts(ids: Sequence[int]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yields id of a prediction → whose it is, and whether it counts."""
    rows = Prediction.objects.filter(match__in=ids).order_by().annotate(counts=timing(F("match__kickoff")))
    for pk, model_id, counts in rows.values_list("pk", "model", "counts"):
        yield pk, (model_id, counts)


def _tips(before: Mapping[int, tuple[int, str]], after: Mapping[int, tuple[int, str]]) -> list[TipChange]:
    """Return the predictions that joined, or whose standing differs, as they are after the change; none ever goes."""
    changed = sorted(pk for pk, how in after.items() if before.get(pk) != how)
    rows = Prediction.objects.select_related("match__home", "match__away").in_bulk(changed)
    names = dict(AIModel.objects.values_list("pk", "name"))

    def tip(pk: int, how: tuple[int, str] | None) -> Tip | None:
        if how is None:
            return None
        return Tip(str(rows[pk].match), names[how[0]], f"{rows[pk].home_goals}–{rows[pk].away_goals}", how[1])

    return [TipChange(tip(pk, before.get(pk)), tip(pk, after[pk])) for pk in changed]
