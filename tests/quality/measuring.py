"""Makes seasons, lets the template write them, and measures the check; in the database that Django is set up for."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from django.core.management import call_command

from rich.markup import escape

from content.facts import MatchFacts
from content.writers import Article, TemplateWriter
from tests.quality import similarity
from tests.quality.measure import Clean, Measured, clean_texts, measure
from tests.quality.planting import TrueArticle, plants, plants_by_hand
from tests.quality.real import seasons_in
from tests.quality.report import console, failures, show, show_wrong
from tests.quality.seasons import facts_of


def parser() -> ArgumentParser:
    options = ArgumentParser(prog="python -m tests.quality", description=__doc__)
    options.add_argument("--seed", type=int, default=1, help="of matches, plants and sentences (default 1)")
    options.add_argument("--planted", type=int, default=2000, help="articles with one error (default 2000)")
    options.add_argument("--clean", type=int, default=2000, help="articles by the template (default 2000)")
    options.add_argument("--show", type=int, default=0, metavar="N", help="print the first N misses and false alarms")
    options.add_argument("--data", type=Path, metavar="FOLDER", help="measure real seasons: openfootball files there")
    options.add_argument("--read", action="store_true", help="with --data: print the shortest, the longest and five")
    return options


def articles_of(facts: Iterable[MatchFacts]) -> list[TrueArticle]:
    """Return what the template writes about these matches."""
    writer = TemplateWriter()
    written = ((match, writer.write(match)) for match in facts)
    return [TrueArticle(match, article.headline, article.prose) for match, article in written]


def measured_real(folder: Path, options: Namespace) -> tuple[Measured, list[str]]:
    """Measures the articles of real seasons, nothing planted in them; prints some of them if asked.

    Returns as well what is wrong with their variety.
    """
    clean: list[Clean] = []
    wrong: list[str] = []
    for name, facts in seasons_in(folder):
        articles = articles_of(facts)
        clean += [Clean(name, article.facts, article.headline, article.text) for article in articles]
        wrong += too_alike(name, articles)
        if options.read and articles:
            show_some(articles, Random(f"{options.seed} {name}"))
    return measure((), clean), wrong


def too_alike(name: str, articles: Sequence[TrueArticle]) -> list[str]:
    """Prints how alike the articles of a season are; returns what is wrong with that, if anything is."""
    if len(articles) < 2:
        return []
    alike = similarity.measure([Article(a.headline, a.text, "template", prose=a.text) for a in articles])
    words = f"{alike.words[0]} to {alike.words[-1]} words, median {median(alike.words):.0f}"
    console.print(
        f"{name}: {alike.articles} articles, {alike.ledes} different ledes, {words}; "
        f"similarity of their prose: largest {alike.largest:.3f}, median {alike.median:.3f}"
    )
    return [] if alike.is_varied else [f"the articles of {name} are too much alike"]


def show_some(articles: list[TrueArticle], chance: Random) -> None:
    """Prints the shortest article, the longest, and five by lot."""
    by_length = sorted(articles, key=lambda article: len(article.text.split()))
    for article in (by_length[0], by_length[-1], *chance.sample(articles, min(5, len(articles)))):
        console.print(f"\n[bold]{escape(article.headline)}[/bold] ({len(article.text.split())} words)\n")
        console.print(article.text, markup=False)


def measured(options: Namespace) -> tuple[Measured, list[str]]:
    """Measures invented seasons with planted errors, and the variety of a season of 380 matches."""
    started = perf_counter()
    articles = articles_of(facts_of(options.seed, options.clean))
    console.print(f"Seed {options.seed}: {len(articles):,} matches played in {perf_counter() - started:.0f} s")
    planted = chain(plants(articles, options.planted, options.seed), plants_by_hand())
    result = measure(planted, clean_texts(articles, options.seed))
    return result, too_alike("an invented season", articles_of(similarity.season(options.seed)))


def main(arguments: list[str]) -> None:
    """Measures and prints; exits 1 if the check found too little or complained too often."""
    call_command("migrate", verbosity=0)
    options = parser().parse_args(arguments)
    result, alike = measured_real(options.data, options) if options.data else measured(options)
    show(result)
    show_wrong(result, options.show)
    wrong = [*failures(result), *alike]
    for line in wrong:
        console.print(f"FAILED: {line}")
    sys.exit(1 if wrong else 0)
