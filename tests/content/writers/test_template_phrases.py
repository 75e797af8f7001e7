"""The phrases of the template writer: each can be said, none of a match it is not true of, and articles differ."""

from functools import cache

import pytest

from content.facts import MatchFacts
from content.storylines import KEYS
from content.writers import TemplateWriter
from content.writers.grammar import blanks_of
from content.writers.phrases.headlines import HEADLINES
from content.writers.plan import LINES
from tests.quality import phrases, similarity

GENERATED = 90
"""Matches: a double round of ten teams."""


@cache
def corpus() -> list[MatchFacts]:
    return phrases.corpus()


def test_every_storyline_can_lead() -> None:
    assert set(LINES) == set(HEADLINES) == set(KEYS)


def test_every_phrase_is_a_sentence_with_blanks_that_something_fills() -> None:
    said = phrases.heard(corpus())
    written = {(slot.name, phrase) for slot in phrases.slots() for phrase in slot.phrases}
    assert written - said.keys() == set()
    told = [phrase for slot in phrases.slots() for phrase in slot.phrases if slot.capital]
    assert [phrase for phrase in told if not phrase.endswith(".") or "  " in phrase] == []


def test_no_slot_says_the_same_twice() -> None:
    assert [slot.name for slot in phrases.slots() if len(set(slot.phrases)) < len(slot.phrases)] == []
    names = [slot.name for slot in phrases.slots()]
    assert sorted(set(names)) == sorted(names)


def test_a_phrase_with_a_blank_that_is_not_known_is_never_taken() -> None:
    for slot in phrases.slots():
        assert [phrase for phrase in slot.ways({}) if blanks_of(phrase)] == []


def test_the_same_facts_give_the_same_article() -> None:
    facts = corpus()[40]
    again = MatchFacts.from_json(facts.as_json())
    assert TemplateWriter().write(facts) == TemplateWriter().write(again)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_articles_of_a_season_differ(seed: int) -> None:
    articles = [TemplateWriter().write(facts) for facts in similarity.season(seed, teams=10)]
    alike = similarity.measure(articles)
    assert (alike.articles, alike.ledes) == (GENERATED, GENERATED)
    assert alike.largest < 0.30
    assert alike.median < 0.05
    assert max(alike.words) <= 450


def test_articles_that_are_alike_are_found() -> None:
    articles = [TemplateWriter().write(facts) for facts in similarity.season(1, teams=4)]
    alike = similarity.measure([*articles, articles[0]])
    assert (alike.largest, alike.ledes, alike.is_varied) == (1.0, alike.articles - 1, False)


def test_what_phrases_say_passes_the_check() -> None:
    """One in nine of them, each in an article that says it; `python -m tests.quality.phrases` reads all."""
    assert phrases.complaints(list(phrases.heard(corpus()).items())[::9]) == []
