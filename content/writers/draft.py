"""A draft: paragraphs of sentences, each with its weight, so that the least important go first if it gets too long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from content.writers.grammar import Slot
from content.writers.reading import Reading

KEEP, STRONG, USUAL, EXTRA = range(4)
"""Weights: what is never left out, and then what is left out last, sooner, first."""


@dataclass(frozen=True)
class Sentence:
    """One or more whole sentences that tell one thing."""

    text: str
    weight: int = USUAL

    @property
    def words(self) -> int:
        return len(self.text.split())


Paragraph = list[Sentence]


def say(match: Reading, slot: Slot, *about: Any, weight: int = USUAL) -> Paragraph:
    """Return what a slot tells of the match, as a list of one; of none if there is nothing to tell."""
    text = slot.tell(match, *about)
    return [Sentence(text, weight)] if text else []


def first_of(match: Reading, slots: Iterable[Slot], weight: int = USUAL) -> Paragraph:
    """Return what the first slot tells that has something to tell."""
    for slot in slots:
        if told := say(match, slot, weight=weight):
            return told
    return []


def fitted(paragraphs: Sequence[Paragraph], most: int) -> str:
    """Return the paragraphs as text of at most so many words, the last of the least important left out first.

    What weighs `KEEP` stays, however long it is.
    """
    kept = [list(paragraph) for paragraph in paragraphs]
    length = sum(sentence.words for paragraph in kept for sentence in paragraph)
    while length > most:
        weight = max((sentence.weight for paragraph in kept for sentence in paragraph), default=KEEP)
        if weight == KEEP:
            break
        length -= _drop_last(kept, weight)
    return "\n\n".join(" ".join(sentence.text for sentence in paragraph) for paragraph in kept if paragraph)


def _drop_last(paragraphs: Sequence[Paragraph], weight: int) -> int:
    """Drops the last sentence of this weight; returns its words."""
    for paragraph in reversed(paragraphs):
        for place in range(len(paragraph) - 1, -1, -1):
            if paragraph[place].weight == weight:
                return paragraph.pop(place).words
    return 0
