"""Plants one error in a true article: a changed word, name or number, or a false sentence. Seeded; pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from content.facts import MatchFacts
from tests.quality.changes import CHANGES, Change
from tests.quality.claims import CLAIMS, Claim
from tests.quality.prose import Prose
from tests.quality.sentences.untrue import untrue_sentences
from tests.quality.truth import Truth

IN_THE_HEADLINE = 0.15
"""How often a change is tried in the headline before it is in the text."""

TRIES = 400
"""Articles that are looked at for a kind, at most, before it is passed over."""


@dataclass(frozen=True)
class TrueArticle:
    """An article before anything is planted in it: facts, headline (plain text) and prose (Markdown)."""

    facts: MatchFacts
    headline: str
    text: str

    @cached_property
    def truth(self) -> Truth:
        return Truth(self.facts)

    @cached_property
    def parts(self) -> dict[str, Prose]:
        return {"text": Prose(self.text, self.facts), "headline": Prose(self.headline, self.facts, markdown=False)}


@dataclass(frozen=True)
class Plant:
    """An article with one error. `start` and `end` are its place in what `where` names: the text or the headline.

    `was` is what stood there before, empty for a sentence that was put in.
    """

    group: str
    kind: str
    facts: MatchFacts
    headline: str
    text: str
    where: str
    start: int
    end: int
    was: str
    because: str

    @property
    def planted(self) -> str:
        return (self.text if self.where == "text" else self.headline)[self.start : self.end]

    @property
    def sentence(self) -> tuple[int, int]:
        """Where the sentence stands that holds the error."""
        if self.where == "headline":
            return 0, len(self.headline)
        prose = Prose(self.text, self.facts)
        return prose.sentence_at(self.start)[0], max(prose.sentence_at(self.end - 1)[1], self.end)


Maker = Claim | Change
KINDS: dict[tuple[str, str], list[Maker]] = defaultdict(list)
_MAKERS: list[Maker] = [*CLAIMS, *CHANGES]
for _maker in _MAKERS:
    KINDS[_maker.group, _maker.kind].append(_maker)


def plants(articles: Sequence[TrueArticle], wanted: int, seed: int) -> Iterator[Plant]:
    """Yields so many plants, spread evenly over the kinds that the articles have room for, in articles by lot."""
    chance = Random(f"{seed} plants")
    kinds, done = list(KINDS), 0
    while done < wanted and kinds and articles:
        for kind in list(kinds):
            plant = _somewhere(articles, kind, chance)
            if plant is None:
                kinds.remove(kind)
            elif done < wanted:
                done += 1
                yield plant


def plants_by_hand() -> Iterator[Plant]:
    """Yields the false sentences that were written by hand, each as an article of its own."""
    for group, sentence, facts in untrue_sentences():
        because = "it was written to be false"
        yield Plant(group, "written by hand", facts, "", sentence, "text", 0, len(sentence), "", because)


def _somewhere(articles: Sequence[TrueArticle], kind: tuple[str, str], chance: Random) -> Plant | None:
    tries = (plant_in(chance.choice(articles), kind, chance) for _ in range(TRIES))
    return next((plant for plant in tries if plant is not None), None)


def plant_in(article: TrueArticle, kind: tuple[str, str], chance: Random) -> Plant | None:
    """Return the article with an error of this kind; None if there is no room for one."""
    makers = list(KINDS[kind])
    chance.shuffle(makers)
    for maker in makers:
        plant = _inserted(article, maker, chance) if isinstance(maker, Claim) else _changed(article, maker, chance)
        if plant is not None:
            return plant
    return None


def _changed(article: TrueArticle, change: Change, chance: Random) -> Plant | None:
    places = ("headline", "text") if chance.random() < IN_THE_HEADLINE else ("text",)
    for where in places:
        prose = article.parts[where]
        edit = change.make(prose, article.truth, chance)
        was = prose.text[edit.start : edit.end] if edit else ""
        if edit is not None and edit.now != was:
            now = prose.text[: edit.start] + edit.now + prose.text[edit.end :]
            texts = {"text": article.text, "headline": article.headline, where: now}
            end = edit.start + len(edit.now)
            return Plant(
                change.group, change.kind, article.facts, **texts, where=where, start=edit.start, end=end, was=was,
                because=edit.because,
            )  # fmt: skip
    return None


def _inserted(article: TrueArticle, claim: Claim, chance: Random) -> Plant | None:
    said = claim.sentence(article.truth, chance, true=False)
    if said is None:
        return None
    text, start = with_sentence(article, said[0], chance)
    return Plant(
        claim.group, claim.kind, article.facts, article.headline, text, "text", start, start + len(said[0]), "", said[1]
    )


def with_sentence(article: TrueArticle, sentence: str, chance: Random) -> tuple[str, int]:
    """Return the text with a sentence after one of its sentences, by lot, and the place where it begins."""
    _, place = chance.choice(article.parts["text"].sentences)
    before, after = article.text[:place], article.text[place:]
    return f"{before} {sentence}{after}", place + 1
