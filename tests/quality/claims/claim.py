"""What a claim is, and the list of all of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from random import Random
from string import Formatter

from tests.quality.truth import Truth
from tests.quality.wording import capital

Values = dict[str, str]
GROUPS = ("number", "name", "word")
NAMES = ("model", "rival", "one", "two", "team", "opponent", "scorer", "home", "away", "leader", "venue")
"""The places in a wording that hold a name, which keeps its small letter at the beginning of a sentence."""


@dataclass(frozen=True)
class Said:
    """What a claim can say of one match: what both forms share, and what the true and the false one say; None: can't.

    `because` is why the false form is false, or can't be known, as the facts have it.
    """

    shared: Values = field(default_factory=dict)
    true: Values | None = None
    false: Values | None = None
    because: str = ""


@dataclass(frozen=True)
class Claim:
    """One thing to say. `make` returns None where it does not fit the match."""

    group: str
    kind: str
    wordings: tuple[str, ...]
    make: Callable[[Truth, Random], Said | None]

    def sentence(self, truth: Truth, chance: Random, *, true: bool) -> tuple[str, str] | None:
        """Return a sentence and why it is false (for a true one: an empty text); None if it can't be said so."""
        said = self.make(truth, chance)
        if said is None:
            return None
        values = said.true if true else said.false
        if values is None:
            return None
        wording = chance.choice(self.wordings)
        text = wording.format(**said.shared, **values)
        begins_with = next(iter(Formatter().parse(wording)))
        if begins_with[0] or begins_with[1] not in NAMES:
            text = capital(text)
        return text, "" if true else said.because


CLAIMS: list[Claim] = []
Make = Callable[[Truth, Random], Said | None]


def claim(group: str, kind: str, *wordings: str) -> Callable[[Make], Make]:
    """Adds a claim, with its wordings, to the list."""

    def add(make: Make) -> Make:
        CLAIMS.append(Claim(group, kind, wordings, make))
        return make

    return add


def another(
    n: int, chance: Random, *, least: int = 0, most: int | None = None, but: Collection[int] = ()
) -> int | None:
    """Return a number close to n, mostly off by one, that is none of `but`; None if there is none."""
    steps = [1, 1, 1, -1, -1, -1, 2, -2, 3]
    chance.shuffle(steps)
    fits = [n + d for d in steps if n + d >= least and (most is None or n + d <= most) and n + d not in but]
    return fits[0] if fits else None
