"""A small season that has been counted, and ways to look at everything that was derived from it."""

from datetime import timedelta

from scoring.models import Match, MatchProgress, Season
from scoring.services import score_match
from stats.aggregates import Ranked
from stats.leaderboard import season_table
from stats.rebuild import Snapshot, rebuild_season, snapshot
from stats.services import calculate_season_stats
from tests.factories import KICKOFF, a_match, a_season, finish, predictions

FIELD = {"A": (2, 1), "B": (1, 0), "C": (1, 1), "D": (0, 2)}
TEAMS = [("Mexico", "Wales"), ("Peru", "Chile"), ("Cuba", "Haiti")]


def a_counted_season() -> list[Match]:
    """Three matches on three days, all 2–1, each predicted an hour before it by four models; scored and counted."""
    season = a_season()
    matches = [
        a_match(home, away, season=season, kickoff=KICKOFF + timedelta(days=day))
        for day, (home, away) in enumerate(TEAMS)
    ]
    for match in matches:
        predictions(match, FIELD, before=timedelta(hours=1))
        finish(match, 2, 1)
    settle()
    for match in matches:
        match.refresh_from_db()
    return matches


def settle() -> None:
    """Does what the workers would do for every match that waits."""
    for match in Match.objects.behind("scoring.tasks.score_match").by_kickoff():
        score_match(match.pk, queue=False)
    for season in Season.objects.order_by("pk"):
        calculate_season_stats(season.pk, queue=False)
    MatchProgress.objects.update(step="", queued_at=None)


def derived() -> list[Snapshot]:
    """Everything derived, as values, without the revisions, which grow with every change."""
    found: list[Snapshot] = []
    for season in Season.objects.order_by("pk"):
        kept = {key: row for key, row in snapshot(season).items() if not key[0].startswith("match stats")}
        found.append(
            {(kind, key): row[1:] if kind.startswith(("settle", "score")) else row for (kind, key), row in kept.items()}
        )
    return found


def drift() -> list[str]:
    """What a rebuild from scratch finds different; there must be nothing."""
    return [line for season in Season.objects.order_by("pk") for line in rebuild_season(season.pk).differences]


def table() -> list[tuple[int, str, int, int]]:
    """Rank, model, points and predictions counted, of the only season."""
    return [_line(row) for row in season_table(Season.objects.get().pk).rows]


def _line(row: Ranked) -> tuple[int, str, int, int]:
    return row.rank, row.entry.model, row.entry.totals.points, row.entry.totals.predictions
