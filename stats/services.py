"""Brings the model stats of a season up to date: recomputed from its scores and replaced, never added to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from scoring import pipeline
from scoring.locks import retried
from scoring.models import Match, Score, Season, Settlement
from stats.aggregates import Streaks, Totals, streaks
from stats.models import MatchStats, ModelStats

STEP = "stats.tasks.calculate_stats"
SEASON_STEP = "stats.tasks.calculate_season_stats"


@dataclass(frozen=True)
class Calculated:
    """What bringing a season up to date came to, and its version.

    `matches`: how many were counted or taken out; `taken_out`: those that no longer count.
    """

    season: Season
    matches: int
    version: int
    taken_out: int = 0

    def __str__(self) -> str:
        if not self.matches:
            return f"{self.season}: counted already, version {self.version}"
        done = [(self.matches - self.taken_out, "counted"), (self.taken_out, "taken out")]
        said = ", ".join(f"{n} match{'es' if n != 1 else ''} {word}" for n, word in done if n)
        return f"{self.season}: {said}, version {self.version}"


@retried
@transaction.atomic
def calculate_stats(match_id: int, *, queue: bool = True) -> Calculated:
    """Counts a match, with every other match of its season that waits for it, and hands them on.

    Raises `Match.DoesNotExist`.
    """
    season_id = Match.objects.values_list("season_id", flat=True).get(pk=match_id)
    return _calculate(season_id, queue=queue)


@retried
@transaction.atomic
def calculate_season_stats(season_id: int, *, queue: bool = True, hand_on: bool = False) -> Calculated:
    """Counts every match of a season that waits for it, and hands them on; with `hand_on` the season's task, too.

    Raises `Season.DoesNotExist`.
    """
    calculated = _calculate(season_id, queue=queue)
    if hand_on:
        pipeline.advance_season(season_id, SEASON_STEP)
    return calculated


def _calculate(season_id: int, *, queue: bool) -> Calculated:
    waiting = list(
        Match.objects.behind(STEP).filter(season=season_id).order_by("pk").select_for_update(no_key=True, of=("self",))
    )
    season = Season.objects.select_for_update(no_key=True).get(pk=season_id)
    fresh, gone = count_season(season)
    pipeline.advance(waiting, STEP, queue=queue)
    return Calculated(season, fresh + gone, season.stats_version, gone)


def count_season(season: Season) -> tuple[int, int]:
    """Makes the stats of a season, whose lock the caller holds, those of its current settlements.

    Returns how many matches were counted and how many taken out; none of either leaves every row as it was.
    """
    fresh = list(_uncounted(season))
    gone = list(_no_longer_settled(season))
    if fresh or gone:
        replace_model_stats(season)
        _record(season, fresh, gone, timezone.now())
    return len(fresh), len(gone)


def _uncounted(season: Season) -> "QuerySet[Settlement]":
    counted = MatchStats.objects.filter(match=OuterRef("match"), revision=OuterRef("revision"))
    return (
        Settlement.objects.current()
        .filter(~Exists(counted), match__season=season)
        .select_related("match", "match__stats")
    )


def _no_longer_settled(season: Season) -> "QuerySet[MatchStats]":
    return MatchStats.objects.filter(
        ~Exists(Settlement.objects.current().filter(match=OuterRef("match"))), season=season
    )


def replace_model_stats(season: Season) -> int:
    """Computes totals and streaks of every model from the scores of the season; returns how many have any."""
    runs = streaks_by_model(Score.objects.filter(season=season))
    totals = totals_by_model(Score.objects.filter(season=season))
    rows = [
        ModelStats(
            season=season,
            model_id=pk,
            current_streak=runs[pk].current,
            best_streak=runs[pk].best,
            **asdict(model_totals),
        )
        for pk, model_totals in totals.items()
    ]
    ModelStats.objects.filter(season=season).exclude(model__in=totals).delete()
    ModelStats.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["season", "model"],
        update_fields=[
            "predictions",
            "points",
            "tendency_hits",
            "goal_difference_hits",
            "exact_hits",
            "current_streak",
            "best_streak",
        ],
    )
    return len(rows)


def totals_by_model(scores: "QuerySet[Score]") -> dict[int, Totals]:
    """Return model id → totals of these scores, late ones left out; one GROUP BY."""
    rows = (
        scores.counted()  # type: ignore[attr-defined]
        .order_by()
        .values("model_id")
        .annotate(
            predictions=Count("pk"),
            total=Sum("points"),
            tendency_hits=Count("pk", filter=Q(tendency_hit=True)),
            goal_difference_hits=Count("pk", filter=Q(difference_hit=True)),
            exact_hits=Count("pk", filter=Q(exact_hit=True)),
        )
        .values_list("model_id", "predictions", "total", "tendency_hits", "goal_difference_hits", "exact_hits")
    )
    return {row[0]: Totals(*row[1:]) for row in rows}


def streaks_by_model(scores: "QuerySet[Score]") -> dict[int, Streaks]:
    """Return model id → streaks over these scores, by kickoff and then id of the match, late ones left out."""
    rows = (
        scores.counted()  # type: ignore[attr-defined]
        .order_by("match__kickoff", "match_id")
        .values_list("model_id", "tendency_hit")
    )
    # Read past the queryset: these are all scores of a season, and its work on each row is a third of the time.
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return streaks(cursor)


def _record(season: Season, fresh: Sequence[Settlement], gone: Sequence[MatchStats], now: datetime) -> None:
    """Writes what was counted as a new version, and moves every later match of the season to that version."""
    season.stats_version += 1
    season.counted_at = now
    season.save(update_fields=["stats_version", "counted_at"])
    moved = [s.match.stats.kickoff for s in fresh if hasattr(s.match, "stats")]
    first = min([s.match.kickoff for s in fresh] + moved + [row.kickoff for row in gone])
    MatchStats.objects.filter(pk__in=[row.pk for row in gone]).delete()
    MatchStats.objects.bulk_create(
        [
            MatchStats(
                match=settlement.match,
                season=season,
                revision=settlement.revision,
                version=season.stats_version,
                kickoff=settlement.match.kickoff,
                counted_at=now,
            )
            for settlement in fresh
        ],
        update_conflicts=True,
        unique_fields=["match"],
        update_fields=["revision", "version", "kickoff", "counted_at"],
        batch_size=1000,
    )
    later = MatchStats.objects.filter(season=season, kickoff__gt=first, version__lt=season.stats_version)
    if later.update(version=season.stats_version):
        pipeline.start_season_last(season.pk)
