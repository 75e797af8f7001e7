"""What a writer is."""

from dataclasses import dataclass
from typing import Protocol

from content.facts import MatchFacts


@dataclass(frozen=True)
class Article:
    """A headline (plain text, at most 250 characters), a text (Markdown) and who wrote it."""

    headline: str
    text: str
    writer: str


class Writer(Protocol):
    """Turns facts into an article; says nothing that the facts don't carry. Called outside any transaction."""

    def write(self, facts: MatchFacts) -> Article: ...
