"""Storylines: the angles that are true of a match, computed from its facts, the rarest first."""

from dataclasses import dataclass
from fractions import Fraction

from content.facts import MatchFacts


@dataclass(frozen=True)
class Storyline:
    """Something true of a match. `rarity`: the share of earlier matches of which it was true, smoothed; low is rare.

    `models` are those it is about, `side` is `home` or `away` if it is about a team. `evidence` holds the values that
    prove it, by name, as a sentence needs them.
    """

    key: str
    rarity: Fraction
    models: tuple[str, ...] = ()
    side: str = ""
    evidence: tuple[tuple[str, int | str], ...] = ()

    def value(self, name: str) -> int | str:
        """Return a piece of the evidence. Raises `KeyError`."""
        return dict(self.evidence)[name]


def storylines(facts: MatchFacts) -> tuple[Storyline, ...]:
    """Return what is true of the match, the rarest first; of equally rare ones in the order of `KEYS`."""
    return ()
