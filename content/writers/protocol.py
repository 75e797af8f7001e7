"""What a writer is."""

from dataclasses import dataclass
from typing import Protocol

from content.facts import MatchFacts


@dataclass(frozen=True)
class Article:
    """A headline (plain text, at most 250 characters), a text (Markdown) and who wrote it.

    `prose` is the text (Markdown) without tables and data note: what the check reads.
    """

    headline: str
    text: str
    writer: str
    prose: str = ""


class StorylineError(ValueError):
    """A storyline was asked for that is not true of the match."""


class Writer(Protocol):
    """Turns facts into an article; says nothing that the facts don't carry. Called outside any transaction."""

    def write(self, facts: MatchFacts, *, storyline: str = "") -> Article: ...
