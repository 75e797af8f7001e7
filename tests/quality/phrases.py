"""Every phrase of the template writer and the matches to say it of: leagues, a cup, and what seldom happens."""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from rich.console import Console

from content.check import check
from content.facts import MatchFacts, Score, Tip
from content.writers import phrases
from content.writers.grammar import Slot
from content.writers.headline import headline
from content.writers.phrases.headlines import HEADLINES, headline_slot
from content.writers.plan import LINES, prose
from content.writers.reading import Reading
from tests.quality import matches, names
from tests.quality.playing import Game, Scoring, Tips, forecast, season_facts
from tests.quality.similarity import game, season

console = Console(highlight=False, soft_wrap=True)

Phrase = tuple[str, str]
"""The name of a slot, and a phrase of it as it stands in the grammar."""


def slots() -> list[Slot]:
    """Return every slot of the template writer, those of the headlines last."""
    found = [module.name for module in pkgutil.iter_modules(phrases.__path__)]
    modules = [importlib.import_module(f"{phrases.__name__}.{name}") for name in found]
    told = {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Slot)}
    return [*told.values(), *map(headline_slot, HEADLINES)]


def corpus(seed: int = 1) -> list[MatchFacts]:
    """Return matches of many kinds, so that every phrase can be said of one of them."""
    leagues = [*season(seed, 10), *(facts for n in range(5) for facts in season(seed + n, 6))]
    league = [replace(facts, goals=()) if n % 2 else facts for n, facts in enumerate(leagues)]
    bases = ("regular_time", "after_extra_time", "after_shootout")
    cups = [facts for n, basis in enumerate(bases) for facts in cup(seed + n, Scoring(basis=basis), 50)]
    short = [facts for n in range(12) for facts in cup(seed + 10 + n, Scoring(), 12, chorus=n % 2 == 0)]
    return [*league, *cups, *short, *(changed for facts in cups[:30] for changed in _seldom(facts))]


def cup(seed: int, scoring: Scoring, size: int, *, chorus: bool = False) -> list[MatchFacts]:
    """Return knock-out matches of which some have a small field or none; the last model joins late.

    In a chorus all models tip the side named first to win, or all the score, or all its difference.
    """
    chance = Random(seed)
    teams = chance.sample(names.TEAMS, 16)
    squads = {team: matches.squad(chance) for team in teams}
    played = [_tie(chance, n, squads) for n in range(size)]
    tips = [_some(chance, n + seed, tips) for n, tips in enumerate(forecast(played))]
    if chorus:
        tips = [_together(n, tie.full_time, given) for n, (tie, given) in enumerate(zip(played, tips, strict=True))]
    return season_facts(f"Invented Cup {2031 + seed}", played, tips, scoring)


def _together(n: int, score: Score, models: Tips) -> Tips:
    more = (0, 1, None, None)[n % 4]
    if more is None:
        return {model: (2 + place % 2, place % 3 % 2) for place, model in enumerate(models)}
    return dict.fromkeys(models, (score[0] + more, score[1] + more))


def _tie(chance: Random, n: int, squads: Mapping[str, list[str]]) -> Game:
    home, away = chance.sample(sorted(squads), 2)
    kickoff = datetime(2031, 6, 1, 18, tzinfo=UTC) + timedelta(days=n)
    entry = matches.entry(chance, (squads[home], squads[away]), knock_out=True)
    played = game(home, away, kickoff, f"Round of {chance.choice([16, 32])}", entry)
    venue = chance.choice([*names.VENUES, ""])
    shootout = chance.choice([(4, 4), (5, 4), (1, 3)]) if n % 11 == 0 else played.shootout
    rivalry = "the Coast derby" if n % 6 == 0 else ""
    return replace(played, venue=venue, shootout=shootout, rivalry=rivalry, group="Group A" if n % 7 == 0 else "")


def _some(chance: Random, n: int, tips: Tips) -> Tips:
    models = [*tips][: -1 if n % 50 < 20 else None]
    few = {0: 0, 1: 1, 2: 2, 3: 2}.get(n % 9, len(models))
    some = {model: tips[model] for model in sorted(chance.sample(models, few))} if few < len(models) else tips
    if n % 9 == 3:
        return dict.fromkeys(some, (1, 0))
    return {model: tip for model, tip in some.items() if model in models}


def _seldom(facts: MatchFacts) -> Iterator[MatchFacts]:
    """Yields the match as an awarded one, and with tips that don't count."""
    yield replace(
        facts, awarded=True, goals=(), half_time=None, extra_time=None, shootout=None, full_time=facts.counted
    )
    late = Tip("Latecomer", (1, 0), "late", False, False, False, 0, 0, 0, None)
    void = replace(late, model="Withdrawn", timing="void")
    yield replace(facts, tips=(*facts.tips, late, void))
    yield replace(facts, tips=(*facts.tips, void, replace(void, model="Withdrawn too")))
    if not facts.before and not facts.field.size:
        yield replace(facts, tips=(late,))


@dataclass(frozen=True)
class Listening(Reading):
    """A reading that notes every phrase that could be said, and says the one that is wished for where it can."""

    wish: Phrase = ("", "")
    heard: set[Phrase] = field(default_factory=set)

    def choose(self, ways: Sequence[str], *slot: str) -> str:
        self.heard.update((slot[0], phrase) for phrase in ways)
        wished_slot, phrase = self.wish
        return phrase if slot[0] == wished_slot and phrase in ways else super().choose(ways, *slot)


def heard(corpus: Iterable[MatchFacts]) -> dict[Phrase, tuple[MatchFacts, str]]:
    """Return every phrase that can be said of these matches, with one of them and the storyline that leads there."""
    said: dict[Phrase, tuple[MatchFacts, str]] = {}
    for facts in corpus:
        for key in (*(key for key in Reading(facts).lines if _has_more(key, said)), ""):
            match = Listening(facts, key)
            prose(match)
            headline(match)
            for phrase in match.heard:
                said.setdefault(phrase, (facts, key))
    return said


def _has_more(key: str, said: Mapping[Phrase, object]) -> bool:
    """Whether a storyline has phrases that have not been heard."""
    slots = (LINES[key], headline_slot(key))
    return any((slot.name, phrase) not in said for slot in slots for phrase in slot.phrases)


def article(facts: MatchFacts, storyline: str, wish: Phrase) -> tuple[str, str]:
    """Return headline and prose of an article that says a phrase wherever it can."""
    match = Listening(facts, storyline, wish=wish)
    return headline(match), prose(match)


def complaints(said: Iterable[tuple[Phrase, tuple[MatchFacts, str]]]) -> list[tuple[str, str]]:
    """Return what the check says of articles that say these phrases: the words, and what the facts say instead."""
    found = []
    for wish, (facts, key) in said:
        title, text = article(facts, key, wish)
        for problem in check(text, facts, headline=title):
            whole = text if problem.where == "text" else title
            words = whole[max(0, problem.start - 60) : problem.end + 60]
            found.append((" ".join(words.split()), problem.facts_say))
    return found


def main() -> None:
    """Reads every phrase of the template writer in an article, and ends with status 1 if the check complains."""
    said = heard(corpus())
    found = complaints(said.items())
    console.print(f"{len(said)} phrases, {len(found)} complaints")
    for words, facts_say in found:
        console.print(f"  … {words} …  facts: {facts_say}", markup=False)
    if found:
        sys.exit(1)


if __name__ == "__main__":
    main()
