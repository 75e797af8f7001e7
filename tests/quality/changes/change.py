"""What a change is, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.quality.prose import Prose
from tests.quality.truth import Truth


@dataclass(frozen=True)
class Edit:
    """What stands from `start` to `end` becomes `now`; `because` is why that is false."""

    start: int
    end: int
    now: str
    because: str


Make = Callable[[Prose, Truth, Random], Edit | None]


@dataclass(frozen=True)
class Change:
    """A way to make prose false. `make` returns None where there is nothing to change so."""

    group: str
    kind: str
    make: Make


CHANGES: list[Change] = []


def change(group: str, kind: str) -> Callable[[Make], Make]:
    """Adds a change to the list."""

    def add(make: Make) -> Make:
        CHANGES.append(Change(group, kind, make))
        return make

    return add
