"""Measures what it costs to collect the facts of the last match of a season, and what the template writes of them."""

from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

from django.db import connection

from rich.console import Console

from content.collect import collect_facts
from content.storylines import storylines
from content.writers.template import TemplateWriter
from scoring.models import Goal, Match, MatchProgress
from stats.models import MatchStats
from stats.services import calculate_season_stats
from tests.bench.match import MATCHES, a_season_to_its_end, count_queries, database_version

MODELS = 21


def main(runs: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"\n[bold]{connection.display_name} {database_version()}[/bold]")
    match = a_season_to_its_end(console, MODELS)
    with_goals(match)
    facts = collect_facts(match.pk).facts
    steps: dict[str, Callable[[], object]] = {
        f"collect facts ({facts.history.matches} matches before, {MODELS} models)": lambda: collect_facts(match.pk),
        "find what is true of the match": lambda: storylines(facts),
        "write the article": lambda: TemplateWriter().write(facts),
    }
    console.print(f"{'':<52}{'median':>9}{'least':>9}{'most':>9}{'work':>9}{'queries':>9}")
    for title, step in steps.items():
        times, work = measured(step, runs)
        numbers = "".join(f"{ms:>6.1f} ms" for ms in (median(times), min(times), max(times), median(work)))
        console.print(f"{title:<52}{numbers}{count_queries(step):>9}")


def measured(step: Callable[[], object], runs: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each run, by the clock and of work in this process."""
    times, work = [], []
    for _ in range(runs):
        clock, worked = perf_counter(), process_time()
        step()
        times.append((perf_counter() - clock) * 1000)
        work.append((process_time() - worked) * 1000)
    return times, work


def with_goals(last: Match) -> None:
    """Gives every match its goals, and lets the last one kick off after all others."""
    matches = Match.objects.filter(season=last.season_id)
    Goal.objects.bulk_create(
        Goal(match=match, side=side, position=place, scorer=f"Player {place}", minute=7 + 17 * place)
        for match in matches
        for side, goals in (("home", match.full_time_home), ("away", match.full_time_away))
        for place in range(goals or 0)
    )
    kickoff = last.kickoff + timedelta(hours=3)
    matches.filter(pk=last.pk).update(kickoff=kickoff)
    MatchStats.objects.filter(match=last).update(kickoff=kickoff)
    assert calculate_season_stats(last.season_id).matches == 0
    assert MatchProgress.objects.filter(match__season=last.season_id).count() == MATCHES
