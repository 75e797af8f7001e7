"""Prose taken apart for planting: where names, numbers and sentences stand in it, whatever its wording."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from content.facts import MatchFacts
from tests.quality.wording import name, ordinal_figure, ordinal_words, words

HIDDEN = "\ue000"
"""Stands for each character of a name in `Prose.masked`, so that nothing in a name is taken for a number or a word."""

SENTENCE_END = re.compile(r"(?<=[.!?])[\s*”\"]+(?=\S)|\n\s*\n")
IN_WORDS = {words(n): n for n in range(1, 100)}
NUMBER = rf"(?:{'|'.join(sorted(IN_WORDS, key=len, reverse=True))}|\d+(?![\d.:–,]))"
ORDINALS_IN_WORDS = {ordinal_words(n): n for n in range(1, 100)}
ORDINAL = rf"(?:{'|'.join(sorted(ORDINALS_IN_WORDS, key=len, reverse=True))}|\d+(?:st|nd|rd|th))"


@dataclass(frozen=True)
class Named:
    """A name that stands in the text. `role` is model, player, home, away, venue, competition or round."""

    start: int
    end: int
    role: str
    name: str


@dataclass(frozen=True)
class Prose:
    """Text about a match; `markdown` says whether names in it are written as Markdown."""

    text: str
    facts: MatchFacts
    markdown: bool = True

    def _roles(self) -> Iterator[tuple[str, str]]:
        facts = self.facts
        yield from (("home", facts.home), ("away", facts.away), ("venue", facts.venue))
        yield from (("competition", facts.competition), ("round", facts.round), ("group", facts.group))
        yield from (("player", goal.name) for goal in facts.goals)
        yield from (("model", tip.model) for tip in facts.tips)
        yield from (("model", line.model) for line in (*facts.before, *facts.after))

    @cached_property
    def names(self) -> list[Named]:
        """The names in the text, each character in one at most: a longer one goes first."""
        roles = {name(text) if self.markdown else text: (role, text) for role, text in self._roles() if text}
        if not roles:
            return []
        either = "|".join(re.escape(written) for written in sorted(roles, key=len, reverse=True))
        found = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", self.text)
        return [Named(match.start(), match.end(), *roles[match[0]]) for match in found]

    def of(self, *roles: str) -> list[Named]:
        return [named for named in self.names if named.role in roles]

    @cached_property
    def masked(self) -> str:
        """The text with every name hidden, of the same length."""
        text = self.text
        for named in self.names:
            text = text[: named.start] + HIDDEN * (named.end - named.start) + text[named.end :]
        return text

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        spans, start = [], 0
        for gap in SENTENCE_END.finditer(self.masked):
            spans.append((start, gap.start()))
            start = gap.end()
        return [*spans, (start, len(self.text))]

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Return the sentence that holds, or ends before, a place."""
        return max((span for span in self.sentences if span[0] <= place), default=(0, len(self.text)))

    def names_in(self, span: tuple[int, int]) -> list[Named]:
        return [named for named in self.names if span[0] <= named.start < span[1]]

    def found(self, pattern: str) -> list[re.Match[str]]:
        """Return where a pattern fits outside of names; case does not matter."""
        return list(re.finditer(pattern, self.masked, re.IGNORECASE))


def value(text: str) -> int:
    """Return the number that a figure, a word or an ordinal stands for."""
    lowered = text.lower()
    known = IN_WORDS.get(lowered) or ORDINALS_IN_WORDS.get(lowered)
    return known or int(re.sub(r"\D", "", text))


def like(text: str, n: int) -> str:
    """Return n written as `text` is: in words or figures, an ordinal or not, with a capital or not."""
    is_ordinal = text.lower() in ORDINALS_IN_WORDS or bool(re.search(r"\d(st|nd|rd|th)$", text))
    in_words = not text[0].isdigit()
    written = (ordinal_words if is_ordinal else words)(n) if in_words else ordinal_figure(n) if is_ordinal else str(n)
    return written[0].upper() + written[1:] if text[0].isupper() else written
