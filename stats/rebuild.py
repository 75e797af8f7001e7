"""Derives everything of a season again from its facts, and says what had been different."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from scoring import pipeline
from scoring.locks import retried
from scoring.models import Match, Score, Season, Settlement
from scoring.services import score_match, waiting
from stats.models import MatchStats, ModelStats
from stats.services import calculate_season_stats, count_season
from stats.versions import out_of_order

Snapshot = Mapping[tuple[str, Any], tuple[Any, ...]]

SETTLEMENT = [
    "revision",
    "rule",
    "rule_version",
    "basis",
    "home_goals",
    "away_goals",
    "chosen_home",
    "chosen_draw",
    "chosen_away",
    "quota_home",
    "quota_draw",
    "quota_away",
]
SCORE = [
    "settlement__revision",
    "match",
    "season",
    "model",
    "timing",
    "tendency_hit",
    "difference_hit",
    "exact_hit",
    "tendency_points",
    "difference_points",
    "exact_points",
    "points",
]
MODEL_STATS = [
    "predictions",
    "points",
    "tendency_hits",
    "goal_difference_hits",
    "exact_hits",
    "current_streak",
    "best_streak",
]
MATCH_STATS = ["revision", "kickoff"]


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild came to: rows compared, and a line for each that differed (there must be none)."""

    season: Season
    rows: int
    differences: tuple[str, ...]


@retried
@transaction.atomic
def rebuild_season(season_id: int) -> Rebuilt:
    """Derives settlements, scores and stats of a season from scratch, under its locks, and compares.

    Versions can't be derived: those of its matches are replaced by a new one if their order is impossible. If no row
    differs, every row stays as it was, its version and times included. If one does, the rebuilt rows stay,
    as a new version, and the season's roundups are looked at again. Raises `Season.DoesNotExist`.
    """
    matches, season = _lock(season_id)
    _catch_up(season_id, {match.pk for match in matches})
    season.refresh_from_db()
    before = snapshot(season)
    stats = MatchStats.objects.filter(season=season)
    astray = tuple(f"match stats of {line}" for line in out_of_order(stats))
    with transaction.atomic():
        _derive(season, matches)
        after = snapshot(season)
        differences = (*compare(before, after), *astray)
        if differences:
            pipeline.start_season_last(season_id)
        else:
            transaction.set_rollback(True)
    return Rebuilt(season, len(before.keys() | after.keys()), differences)


def _lock(season_id: int) -> tuple[list[Match], Season]:
    """Lock the matches of a season in the order of their ids, then the season, and return both.

    One that came in before the season was locked may be settled already: it is caught in a second try.
    """
    rows = Match.objects.filter(season=season_id).order_by("pk")
    while True:
        before = transaction.savepoint()
        matches = list(rows.select_for_update(no_key=True))
        season = Season.objects.select_for_update(no_key=True).get(pk=season_id)
        if set(rows.values_list("pk", flat=True)) == {match.pk for match in matches}:
            transaction.savepoint_commit(before)
            return matches, season
        transaction.savepoint_rollback(before)


def _catch_up(season_id: int, locked: Collection[int]) -> None:
    """Does what only waits for a worker, so that it is not taken for a difference.

    A match that came in since is left to its worker: it can't be locked after the season, nor be settled meanwhile.
    """
    for match_id in waiting(season_id):
        if match_id in locked:
            score_match(match_id, queue=False)
    calculate_season_stats(season_id)


def _derive(season: Season, matches: list[Match]) -> None:
    settled = set(Settlement.objects.current().filter(match__season=season).values_list("match_id", flat=True))
    newest = MatchStats.objects.filter(season=season).aggregate(newest=Max("version"))["newest"] or 0
    season.stats_version = max(season.stats_version, newest)  # a version that was given out once is not given out again
    ModelStats.objects.filter(season=season).delete()
    MatchStats.objects.filter(season=season).delete()
    Score.objects.filter(season=season).delete()
    for match in matches:
        if match.is_over or match.pk in settled:
            score_match(match.pk, queue=False, replace=True)
    count_season(season)


def snapshot(season: Season) -> Snapshot:
    """Return the derived rows of a season as plain values: (kind, key) → fields."""
    kinds = (
        ("settlement of match", "match_id", SETTLEMENT, Settlement.objects.current().filter(match__season=season)),
        ("score of prediction", "prediction_id", SCORE, Score.objects.filter(match__season=season)),
        ("model stats of model", "model_id", MODEL_STATS, ModelStats.objects.filter(season=season)),
        ("match stats of match", "match_id", MATCH_STATS, MatchStats.objects.filter(match__season=season)),
    )
    return {
        (kind, row[0]): row[1:]
        for kind, key, fields, rows in kinds
        for row in rows.order_by().values_list(key, *fields).iterator()
    }


def compare(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return a line for every row that is not the same in both, in order of kind and key."""
    lines = []
    for kind, key in sorted(before.keys() | after.keys()):
        old, new = before.get((kind, key)), after.get((kind, key))
        if old != new:
            lines.append(f"{kind} {key}: was {_show(old)}, is {_show(new)}")
    return tuple(lines)


def _show(values: tuple[Any, ...] | None) -> str:
    return "missing" if values is None else ", ".join(str(value) for value in values)
