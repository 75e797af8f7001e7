"""How alike the articles of a season are: `python -m tests.quality.similarity` plays one and measures every pair."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from statistics import median
from typing import Any

import django
from django.conf import settings

from rich.console import Console

from content.course import Scorer
from content.facts import MatchFacts
from content.writers.protocol import Article
from content.writers.template import TemplateWriter
from tests.processes import ROOT
from tests.quality import matches, names
from tests.quality.playing import Game, forecast, season_facts

LARGEST, MEDIAN = 0.35, 0.10
"""Limits of the similarity of two articles: of any pair, and the median."""
SHINGLE = 5
TEAMS = 20

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Alike:
    """What was measured of a season's articles; `pair` are the two most alike."""

    articles: int
    ledes: int
    words: tuple[int, ...]
    largest: float
    median: float
    pair: tuple[int, int]

    @property
    def is_varied(self) -> bool:
        return self.ledes == self.articles and self.largest < LARGEST and self.median < MEDIAN


def games(seed: int, teams: int = TEAMS) -> list[Game]:
    """Return an invented season in which everybody plays everybody at home, by kickoff."""
    chance = Random(seed)
    chosen = chance.sample(names.TEAMS, teams)
    squads = {team: matches.squad(chance) for team in chosen}
    first = datetime(2031, 8, 9, 15, tzinfo=UTC)
    played = []
    for n, pairs in enumerate(_rounds(chosen)):
        for place, (home, away) in enumerate(pairs):
            kickoff = first + timedelta(days=7 * n, hours=2 * (place // 2))
            entry = matches.entry(chance, (squads[home], squads[away]), knock_out=False)
            played.append(game(home, away, kickoff, f"Matchday {n + 1}", entry))
    return sorted(played, key=lambda game: (game.kickoff, game.home))


def _rounds(teams: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """Yields rounds in which everybody meets everybody twice. The circle method; the number of teams is even."""
    for leg in range(2):
        circle = list(teams)
        for _ in range(len(circle) - 1):
            half = len(circle) // 2
            pairs = list(zip(circle[:half], reversed(circle[half:]), strict=True))
            yield [(away, home) for home, away in pairs] if leg else pairs
            circle = [circle[0], circle[-1], *circle[1:-1]]


def game(home: str, away: str, kickoff: datetime, title: str, entry: Mapping[str, Any]) -> Game:
    """Return a match as an entry of an openfootball document tells it."""
    score = entry["score"]
    told = [(side, goal) for side, key in (("home", "goals1"), ("away", "goals2")) for goal in entry.get(key, ())]
    goals = sorted((_goal(side, goal) for side, goal in told), key=lambda goal: (*goal.time, goal.side))
    half, extra, shootout = (_pair(score.get(phase)) for phase in ("ht", "et", "p"))
    return Game(
        home=home,
        away=away,
        kickoff=kickoff,
        round=title,
        full_time=(score["ft"][0], score["ft"][1]),
        half_time=half,
        goals=tuple(goals),
        extra_time=extra,
        shootout=shootout,
    )


def _pair(score: Sequence[int] | None) -> tuple[int, int] | None:
    return (score[0], score[1]) if score else None


def _goal(side: str, goal: Mapping[str, Any]) -> Scorer:
    minute, _, stoppage = str(goal.get("minute", "")).partition("+")
    own, penalty = bool(goal.get("owngoal")), bool(goal.get("penalty"))
    when = int(minute) if minute else None, int(stoppage) if stoppage else None
    return Scorer(side, goal["name"], *when, penalty, own)


def season(seed: int, teams: int = TEAMS) -> list[MatchFacts]:
    """Return the facts of an invented season that the demo's rule-based forecasters predict."""
    played = games(seed, teams)
    return season_facts("Invented League 2031/32", played, forecast(played))


def shingles(prose: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of five words in a row, in lower case."""
    words = re.findall(r"\w+", prose.lower())
    return frozenset(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def measure(articles: Sequence[Article]) -> Alike:
    """Return how alike the prose of two or more articles is: the Jaccard similarity of their shingles, pair by pair."""
    told = [shingles(article.prose) for article in articles]
    alike = [(_jaccard(told[a], told[b]), (a, b)) for a, b in combinations(range(len(told)), 2)]
    largest, pair = max(alike)
    return Alike(
        articles=len(articles),
        ledes=len({article.prose.partition("\n\n")[0] for article in articles}),
        words=tuple(sorted(len(article.prose.split()) for article in articles)),
        largest=largest,
        median=median(similarity for similarity, _ in alike),
        pair=pair,
    )


def _jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    both = len(one & other)
    return both / ((len(one) + len(other) - both) or 1)


def main(seed: int = 1) -> None:
    """Plays a season, prints what was measured, and ends with status 1 if a limit is broken."""
    articles = [TemplateWriter().write(facts) for facts in season(seed)]
    alike = measure(articles)
    words = alike.words
    console.print(f"articles             {alike.articles}, {alike.ledes} different ledes")
    console.print(f"words of prose       {words[0]} to {words[-1]}, median {median(words):.0f}")
    console.print(f"largest similarity   {alike.largest:.3f} (limit {LARGEST})")
    console.print(f"median similarity    {alike.median:.3f} (limit {MEDIAN:.2f})")
    console.print("\nThe two most alike:")
    for place in alike.pair:
        console.print(f"\n{articles[place].headline}\n{articles[place].prose}", markup=False)
    if not alike.is_varied:
        sys.exit("The articles of a season are too much alike.")


if __name__ == "__main__":
    # The template writer needs the templates, and nothing else of the project's settings.
    backend = "django.template.backends.django.DjangoTemplates"
    settings.configure(TEMPLATES=[{"BACKEND": backend, "DIRS": [ROOT / "templates"]}])
    django.setup()
    main()
