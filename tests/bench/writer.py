"""Measures what it costs the template writer to write an article, facts collected."""

from statistics import median
from time import perf_counter

from rich.console import Console

from content.writers import TemplateWriter
from tests.quality.similarity import season


def main() -> None:
    console = Console(highlight=False, soft_wrap=True)
    times = []
    for facts in season(seed=1):
        started = perf_counter()
        TemplateWriter().write(facts)
        times.append((perf_counter() - started) * 1000)
    console.print(f"\n[bold]Template writer, {len(times)} articles[/bold]")
    console.print(f"an article: median {median(times):.1f} ms, least {min(times):.1f} ms, most {max(times):.1f} ms")
