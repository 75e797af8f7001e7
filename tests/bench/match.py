"""Measures what it costs to settle one match and to replace its stats, in the database that Django is set up for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from rich.console import Console
from rich.progress import track

from scoring.models import AIModel, Competition, Match, Prediction, Season, Team
from scoring.rules import Goals
from scoring.services import Result, record_result, score_match
from stats.services import calculate_season_stats, calculate_stats

MATCHES, MODELS, TEAMS = 380, 42, 20
FIRST_KICKOFF = datetime(2025, 8, 1, 18, tzinfo=UTC)
TRANSACTION_WORDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def main(runs: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"\n[bold]{connection.display_name} {database_version()}[/bold]")
    last = a_season_to_its_end(console)
    console.print(f"{'':<52}{'median':>9}{'least':>9}{'most':>9}{'queries':>9}")
    steps: dict[str, Callable[[int], object]] = {
        f"settle one match of {MODELS} predictions": score_match,
        f"replace its stats ({MATCHES} matches of {MODELS} models)": calculate_stats,
    }
    times: dict[str, list[float]] = {title: [] for title in steps}
    for run in range(runs):
        correct(last, run)
        for title, step in steps.items():
            started = perf_counter()
            step(last.pk)
            times[title].append((perf_counter() - started) * 1000)
    correct(last, runs)
    for title, step in steps.items():
        ms, queries = times[title], count_queries(lambda step=step: step(last.pk))  # type: ignore[misc]
        console.print(f"{title:<52}{median(ms):>6.1f} ms{min(ms):>6.1f} ms{max(ms):>6.1f} ms{queries:>9}")


def database_version() -> str:
    question = "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def correct(match: Match, number: int) -> None:
    """Records another result than the one before, so that there is something to settle."""
    record_result(match.pk, Result(full_time=Goals(2 + number % 2, 1)), by="the benchmark")


def count_queries(work: Callable[[], object]) -> int:
    """Return how many statements the work sends; those that only open and close transactions are left out."""
    with CaptureQueriesContext(connection) as context:
        work()
    return sum(not query["sql"].startswith(TRANSACTION_WORDS) for query in context.captured_queries)


def a_season_to_its_end(console: Console, number_of_models: int = MODELS) -> Match:
    """Writes a season, settles and counts it; returns its last match."""
    competition = Competition.objects.create(name="League")
    season = Season.objects.create(competition=competition, label="2025/26", name="League 2025/26")
    teams = Team.objects.bulk_create(Team(name=f"Team {number:02}") for number in range(TEAMS))
    models = AIModel.objects.bulk_create(AIModel(name=f"Model {number:02}") for number in range(number_of_models))
    matches = Match.objects.bulk_create(matches_of(season, teams))
    Prediction.objects.bulk_create(
        Prediction(
            match=match,
            model=model,
            home_goals=(match.pk + model.pk) % 4,
            away_goals=(match.pk * model.pk) % 3,
            submitted_at=match.kickoff - timedelta(days=1),
        )
        for match in matches
        for model in models
    )
    for match in track(matches, description="Playing the season", transient=True, disable=not console.is_terminal):
        record_result(match.pk, Result(full_time=Goals(match.pk % 4, match.pk % 3)), by="the benchmark")
        score_match(match.pk)
    calculate_season_stats(season.pk)
    if connection.vendor == "postgresql":
        # What autovacuum does within a minute on a database that has been up for longer than a benchmark.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return matches[-1]


def matches_of(season: Season, teams: list[Team]) -> list[Match]:
    """Every team against every other, at home and away, ten matches at the same time on each day."""
    pairs = [(home, away) for home in teams for away in teams if home is not away][:MATCHES]
    days = [FIRST_KICKOFF + timedelta(days=number // 10) for number in range(len(pairs))]
    return [
        Match(season=season, home=home, away=away, round=f"Matchday {number // 10 + 1}", kickoff=day, date=day.date())
        for number, ((home, away), day) in enumerate(zip(pairs, days, strict=True))
    ]
