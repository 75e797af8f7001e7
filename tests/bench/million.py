"""Measures what `catch_up` costs at a million matches when there is nothing to do."""

from collections.abc import Mapping
from datetime import timedelta
from statistics import median
from time import perf_counter

from django.db import connection, models
from django.utils import timezone
from django_q.models import Task

from rich.console import Console

from content.catching_up import catch_up
from content.models import Report, ReportPin, Roundup
from content.services import write_roundup
from content.tasks import write_round_report
from scoring.models import Competition, Match, MatchProgress, Season, Settlement, Team
from scoring.rules import Goals
from scoring.services import Result, record_result, score_match
from stats.models import MatchStats
from stats.services import calculate_stats
from tests.bench.match import count_queries, database_version

MATCHES, SEASONS, TASKS = 1_000_000, 2_500, 300_000


def main(runs: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"\n[bold]{connection.display_name} {database_version()}, {MATCHES:,} matches[/bold]")
    started = perf_counter()
    fill()
    console.print(f"built in {perf_counter() - started:.0f} s")
    console.print(f"{'':<52}{'median':>9}{'least':>9}{'most':>9}{'queries':>9}")
    ms = [milliseconds() for _ in range(runs)]
    queries = count_queries(catch_up)
    console.print(
        f"{'catch_up with nothing to do':<52}{median(ms):>6.1f} ms{min(ms):>6.1f} ms{max(ms):>6.1f} ms{queries:>9}"
    )


def milliseconds() -> float:
    started = perf_counter()
    caught_up = catch_up()
    took = (perf_counter() - started) * 1000
    assert (caught_up.compared > 0, caught_up.restarted) == (True, {}), caught_up
    return took


def fill() -> None:
    """Plays one match to its roundup, and copies it and all that was derived from it."""
    match = a_match_done()
    seasons = [
        Season(pk=number, competition=match.season.competition, label=str(number), name=f"League {number}")
        for number in range(2, SEASONS + 1)
    ]
    Season.objects.bulk_create(seasons)
    season = f"1 + i % {SEASONS}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # foreign keys are right by construction
    copy(Match, {"id": "i", "season_id": season, "round": "'Round ' || i"})
    copy(Settlement, {"id": "i", "match_id": "i"})
    copy(MatchStats, {"match_id": "i", "season_id": season})
    copy(MatchProgress, {"match_id": "i"})
    copy(Roundup, {"id": "i", "match_id": "i"})
    copy(Report, {"id": "i", "season_id": season, "round": "'Round ' || i", "slug": "'round-' || i"})
    copy(ReportPin, {"id": "i", "report_id": "i", "match_id": "i", "season_id": season, "round": "'Round ' || i"})
    Task.objects.create(id="1", name="a task", func="a.task", started=timezone.now(), stopped=timezone.now())
    copy(Task, {"id": "CAST(i AS text)"}, TASKS)
    with connection.cursor() as cursor:
        # What autovacuum does within a minute on a database that has been up for longer than a benchmark.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def a_match_done() -> Match:
    competition = Competition.objects.create(name="League")
    season = Season.objects.create(pk=1, competition=competition, label="1", name="League 1")
    home, away = (Team.objects.create(name=name) for name in ("Home", "Away"))
    kickoff = timezone.now() - timedelta(days=1)
    match = Match.objects.create(
        pk=1, season=season, home=home, away=away, round="Round 1", kickoff=kickoff, date=kickoff.date()
    )
    record_result(match.pk, Result(full_time=Goals(2, 1)), by="the benchmark")
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)
    write_round_report(season.pk, match.round)
    return match


def copy(model: type[models.Model], different: Mapping[str, str], rows: int = MATCHES) -> None:
    """Copies the one row of a table; `different` has the columns of a copy that follow from its number `i`."""
    quote = connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = [different.get(column, f"t.{quote(column)}") for column in columns]
    table = quote(model._meta.db_table)
    copies = f"""
        INSERT INTO {table} ({", ".join(map(quote, columns))})
        WITH RECURSIVE numbers(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM numbers WHERE i < {rows})
        SELECT {", ".join(values)} FROM numbers, (SELECT * FROM {table} LIMIT 1) AS t
    """  # noqa: S608  the names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(copies)
