"""The order of versions: counting a match sets its version on every later one of its season."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import F, QuerySet

from stats.models import MatchStats


def out_of_order(stats: "QuerySet[MatchStats]") -> Iterator[str]:
    """Yields a line for every match with an older version than an earlier match, or a newer one than its season."""
    rows = stats.order_by("season", "kickoff").values_list("season", "kickoff", "version", "match")
    for _, season in groupby(rows.iterator(), key=itemgetter(0)):
        newest = 0
        for _, moment in groupby(season, key=itemgetter(1)):
            together = list(moment)  # matches of one moment are not in each other's tables
            for _, _, version, pk in together:
                if version < newest:
                    yield f"match {pk}: version {version}, though an earlier match was counted in version {newest}"
            newest = max(newest, *(version for _, _, version, _ in together))
    ahead = stats.filter(version__gt=F("season__stats_version"))
    for pk, version, newest in ahead.values_list("match", "version", "season__stats_version").iterator():
        yield f"match {pk}: version {version}, though its season is at {newest}"
