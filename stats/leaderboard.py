"""The tables of a season and of several, as last counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Max

from scoring.models import AIModel, Season
from stats.aggregates import Entry, Metric, Ranked, Streaks, Totals, rank
from stats.models import ModelStats

TRIES = 3
"""So often is a season's table read that is counted anew meanwhile."""


@dataclass(frozen=True)
class Table:
    """A ranked table, what it covers, and what was left out because its rule or basis is another."""

    title: str
    matches: int
    rows: list[Ranked]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stamp:
    """What a season's table is made of: a table kept under this stamp can't be stale."""

    season_id: int
    version: int
    counted_at: datetime | None
    names_changed_at: datetime | None


def season_table(season_id: int, metric: Metric = "average") -> Table:
    """Return the table of a season as last counted. Raises `Season.DoesNotExist`."""
    for _ in range(TRIES):
        season = Season.objects.annotate(counted=Count("match_stats")).get(pk=season_id)
        entries = _season_entries(season)
        # Counted in between: the rows would be of more matches than the number said.
        if Season.objects.filter(pk=season_id, stats_version=season.stats_version).exists():
            break
    return Table(season.name, season.counted, rank(entries, metric))


def total_table(metric: Metric = "average") -> Table:
    """Return the table over all seasons of one rule and basis: the pair under which most matches were counted."""
    groups: dict[tuple[str, str], list[Season]] = defaultdict(list)
    matches: dict[int, int] = {}
    for season in Season.objects.select_related("competition").annotate(counted=Count("match_stats")):
        groups[season.competition.rule, season.competition.basis].append(season)
        matches[season.pk] = season.counted
    if not groups:
        return Table("All seasons", 0, [])
    size = {pair: sum(matches[s.pk] for s in seasons) for pair, seasons in groups.items()}
    chosen = max(sorted(groups), key=lambda pair: size[pair])
    entries = _added([entry for season in groups[chosen] for entry in _season_entries(season)])
    left_out = [s.name for pair, seasons in groups.items() if pair != chosen for s in seasons if matches[s.pk]]
    return Table("All seasons", size[chosen], rank(entries, metric), tuple(sorted(left_out)))


def _season_entries(season: Season) -> Sequence[Entry]:
    names_changed_at = AIModel.objects.aggregate(latest=Max("changed_at"))["latest"]
    stamp = Stamp(season.pk, season.stats_version, season.counted_at, names_changed_at)
    key = f"season-table-{season.pk}"
    kept: tuple[Stamp, list[Entry]] | None = cache.get(key)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    entries = [entry_of(row) for row in ModelStats.objects.filter(season=season).select_related("model")]
    cache.set(key, (stamp, entries))
    return entries


def entry_of(row: ModelStats) -> Entry:
    totals = Totals(row.predictions, row.points, row.tendency_hits, row.goal_difference_hits, row.exact_hits)
    return Entry(row.model_id, row.model.name, totals, Streaks(row.current_streak, row.best_streak))


def _added(entries: Sequence[Entry]) -> list[Entry]:
    """Return one entry a model, with the totals added; streaks belong to a season and are left out."""
    names = {entry.model_id: entry.model for entry in entries}
    totals: dict[int, Totals] = defaultdict(Totals)
    for entry in entries:
        totals[entry.model_id] += entry.totals
    return [Entry(pk, names[pk], total) for pk, total in totals.items()]
