"""Runs the check over planted and clean articles and counts what it found, what it missed, and false alarms. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from content.check import Problem, check
from content.facts import MatchFacts
from tests.quality.claims import CLAIMS
from tests.quality.planting import Plant, TrueArticle, with_sentence
from tests.quality.sentences import sentences

LEAST_FOUND = 0.98
"""The share of the planted errors that must be found, in each group."""

MOST_FALSE_ALARMS = 0.01
"""The share of the clean articles, and of the sentences, that may be complained about; it must be less."""


@dataclass(frozen=True)
class Clean:
    """A true text: `source` says whose."""

    source: str
    facts: MatchFacts
    headline: str
    text: str


@dataclass
class Tally:
    """How many texts of one kind there were, and at how many the check complained as a planted error needs it."""

    texts: int = 0
    complaints: int = 0

    @property
    def share(self) -> float:
        return self.complaints / self.texts if self.texts else 0.0


@dataclass
class Measured:
    """`kinds` by group and kind, `sources` by source; what went wrong is kept to be read."""

    kinds: dict[tuple[str, str], Tally] = field(default_factory=dict)
    sources: dict[str, Tally] = field(default_factory=dict)
    missed: list[Plant] = field(default_factory=list)
    false_alarms: list[tuple[Clean, tuple[Problem, ...]]] = field(default_factory=list)
    seconds: float = 0.0
    checks: int = 0

    def groups(self) -> Mapping[str, Tally]:
        """Return the tally of each group of errors."""
        groups: dict[str, Tally] = {}
        for (group, _), tally in self.kinds.items():
            whole = groups.setdefault(group, Tally())
            whole.texts += tally.texts
            whole.complaints += tally.complaints
        return groups

    def clean(self) -> Tally:
        return Tally(sum(t.texts for t in self.sources.values()), sum(t.complaints for t in self.sources.values()))


def measure(planted: Iterable[Plant], clean: Iterable[Clean]) -> Measured:
    measured = Measured()
    for plant in planted:
        tally = measured.kinds.setdefault((plant.group, plant.kind), Tally())
        problems = _checked(measured, plant.text, plant.facts, plant.headline)
        _count(tally, found := is_found(plant, problems))
        if not found:
            measured.missed.append(plant)
    for text in clean:
        problems = _checked(measured, text.text, text.facts, text.headline)
        _count(measured.sources.setdefault(text.source, Tally()), bool(problems))
        if problems:
            measured.false_alarms.append((text, problems))
    return measured


def _checked(measured: Measured, text: str, facts: MatchFacts, headline: str) -> tuple[Problem, ...]:
    started = perf_counter()
    problems = check(text, facts, headline=headline)
    measured.seconds += perf_counter() - started
    measured.checks += 1
    return problems


def _count(tally: Tally, complained: bool) -> None:
    tally.texts += 1
    tally.complaints += complained


def is_found(plant: Plant, problems: Sequence[Problem]) -> bool:
    """Whether a problem overlaps the planted error, or lies in the same sentence."""
    start, end = plant.sentence
    return any(p.where == plant.where and p.start < end and max(p.end, p.start + 1) > start for p in problems)


def clean_texts(articles: Sequence[TrueArticle], seed: int) -> Iterator[Clean]:
    """Yields every article, the sentences written by hand, and as many articles again with one true sentence put in.

    What is put in has the wordings of the planted sentences: a check that rejects what it does not understand finds
    every planted error, and fails here.
    """
    yield from (Clean("template articles", a.facts, a.headline, a.text) for a in articles)
    yield from (Clean("sentences by hand", facts, "", text) for text, facts in sentences())
    chance = Random(f"{seed} true claims")
    for n, article in enumerate(articles):
        if (text := _with_a_true_claim(article, n, chance)) is not None:
            yield Clean("articles with a true sentence", article.facts, article.headline, text)


def _with_a_true_claim(article: TrueArticle, n: int, chance: Random) -> str | None:
    """Return the article with the first claim, from the n-th on, that is true of its match."""
    for place in range(len(CLAIMS)):
        said = CLAIMS[(n + place) % len(CLAIMS)].sentence(article.truth, chance, true=True)
        if said is not None:
            return with_sentence(article, said[0], chance)[0]
    return None
