"""A match as the template writer reads it: its facts, its storylines, and the seed that picks the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from content.facts import MatchFacts
from content.storylines import Storyline, storylines
from content.writers.protocol import StorylineError
from content.writers.words import pick


@dataclass(frozen=True)
class Reading:
    """Facts with what is true of them. `asked` is the storyline to lead with; empty: the rarest.

    `generous` asks for everything that can be told, where an article would be short without it.
    `wish` names a phrase for a slot: it is taken wherever it can be said, so that a test can read every phrase.
    """

    facts: MatchFacts
    asked: str = ""
    generous: bool = False

    @cached_property
    def lines(self) -> Mapping[str, Storyline]:
        """The storylines that are true, by key, the rarest first."""
        return {storyline.key: storyline for storyline in storylines(self.facts)}

    @cached_property
    def lead(self) -> Storyline | None:
        """The storyline that leads; None if none is true. Raises `StorylineError`."""
        if not self.asked:
            return next(iter(self.lines.values()), None)
        if self.asked not in self.lines:
            true = ", ".join(self.lines) or "none"
            raise StorylineError(f'"{self.asked}" is not true of this match; true are: {true}')
        return self.lines[self.asked]

    def seed(self, *parts: str) -> str:
        facts = self.facts
        return "|".join((facts.season, facts.home, facts.away, facts.date, *parts))

    def below(self, limit: int, what: str) -> int:
        """Return a number from 0 to `limit` - 1, always the same for this match and purpose."""
        return int.from_bytes(sha256(self.seed("below", what).encode()).digest()[:4], "big") % limit

    def one_in(self, many: int, what: str) -> bool:
        """Whether this match is one of about so many that tell something that could be told of all."""
        return self.below(many, what) == 0

    def tells(self, many: int, what: str) -> bool:
        """As `one_in`; always of a match that has little else to tell."""
        return self.generous or self.one_in(many, what)

    def choose(self, ways: Sequence[str], *slot: str) -> str:
        """Return one of the ways to fill a slot, always the same for this match."""
        return pick(self.seed(*slot), ways)
