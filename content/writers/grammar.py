"""The phrase grammar: many ways to say one thing, of which the match picks one that has no empty blank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from content.writers.reading import Reading

Blanks = Mapping[str, str]
"""What fills a phrase, by the name of the blank. What is not known, or not true of the match, is not in it."""

Condition = Callable[..., Blanks | None]


class Name(str):
    """A name, or a list of names: it keeps its first letter at the head of a sentence."""

    __slots__ = ()


@dataclass(frozen=True)
class Slot:
    """One thing that may be said, in many ways.

    `condition` returns what fills the blanks, or None where the thing is not true or not known. A phrase is one or more
    whole sentences (or, without `capital`, the end of one); one with a blank that nothing fills is never taken.
    """

    name: str
    condition: Condition
    phrases: tuple[str, ...]
    capital: bool = True

    def tell(self, match: Reading, *about: Any) -> str:
        """Return a phrase for this match, always the same; empty if there is nothing to tell."""
        return self.told(match, *about)[0]

    def told(self, match: Reading, *about: Any) -> tuple[str, str]:
        """Return a phrase filled in, and as it stands in the grammar; both empty if there is nothing to tell."""
        blanks = self.condition(match, *about)
        ways = () if blanks is None else self.ways(blanks)
        if not ways or blanks is None:
            return "", ""
        phrase = match.choose(ways, self.name, *map(str, about))
        return fill(phrase, blanks, capital=self.capital), phrase

    def ways(self, blanks: Blanks) -> tuple[str, ...]:
        """Return the phrases that can be said with these blanks."""
        return tuple(phrase for phrase in self.phrases if blanks_of(phrase) <= blanks.keys())


def slot(*phrases: str) -> Callable[[Condition], Slot]:
    """Make a slot of phrases and the condition under which they are true; it is named after the condition."""
    return lambda condition: Slot(condition.__name__.strip("_"), condition, phrases)


@cache
def _pieces(phrase: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((text, blank) for text, blank, _, _ in Formatter().parse(phrase))


@cache
def blanks_of(phrase: str) -> frozenset[str]:
    return frozenset(blank for _, blank in _pieces(phrase) if blank)


def fill(phrase: str, blanks: Blanks, *, capital: bool = True) -> str:
    """Return the phrase with its blanks filled; what is no name begins a sentence with a capital letter."""
    text = ""
    for literal, blank in _pieces(phrase):
        text += literal[1:] if text.endswith(".") and literal.startswith(".") else literal
        if blank:
            value = blanks[blank]
            begins = capital and (not text or literal.endswith(". "))
            text += value[:1].upper() + value[1:] if begins and not isinstance(value, Name) else value
    return text
