"""Measures what it costs to check an article, and how long the texts take that are made to take long."""

from statistics import median
from time import perf_counter

from rich.console import Console

from content.check import check, check_against, ledger_of
from content.writers import TemplateWriter
from tests.content.check.hostile import HOSTILE
from tests.content.check.scene import facts
from tests.quality.similarity import season

LETTERS = 20_000
"""As long as an article may be at most."""


def main() -> None:
    console = Console(highlight=False, soft_wrap=True)
    times = []
    for of_a_match in season(seed=1):
        text = TemplateWriter().write(of_a_match).text
        started = perf_counter()
        check(text, of_a_match)
        times.append((perf_counter() - started) * 1000)
    console.print(f"\n[bold]Check, {len(times)} articles of the template[/bold]")
    console.print(f"an article: median {median(times):.1f} ms, least {min(times):.1f} ms, most {max(times):.1f} ms")
    console.print(f"[bold]Check, {LETTERS:,} letters made to take long[/bold]")
    ledger = ledger_of(facts())
    for piece in HOSTILE:
        text = piece * (LETTERS // len(piece))
        started = perf_counter()
        check_against(text, ledger)
        console.print(f"{piece!r:<16}{perf_counter() - started:6.2f} s", markup=False)
