"""What a verification found: a line for each check, with counts, and the offending rows of those that failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

SHOWN = 20
"""Offending rows of one check that are named; the others are only counted."""


@dataclass(frozen=True)
class Checked:
    """What one check found. `offending`: how many rows break it, `lines`: the first `SHOWN` of them, in words.

    `in_flight`: rows that were left out because work on them is not finished. A `warning` is no failure.
    `way_out`: what puts it right, printed below what is offending.
    """

    name: str
    looked_at: int
    offending: int
    lines: tuple[str, ...]
    in_flight: int = 0
    warning: bool = False
    way_out: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.offending) and not self.warning

    def __str__(self) -> str:
        mark = "FAILED" if self.failed else "note" if self.offending else "ok"
        flight = f", {self.in_flight:,} in flight" if self.in_flight else ""
        more = [f"and {self.offending - len(self.lines):,} more"] if self.offending > len(self.lines) else []
        more += [f"→ {self.way_out}"] if self.offending and self.way_out else []
        first = f"{mark:<7}{self.name}: {self.looked_at:,} looked at, {self.offending:,} offending{flight}"
        return "\n        ".join([first, *self.lines, *more])


def checked(
    name: str, looked_at: int, offending: Iterable[str], *, in_flight: int = 0, warning: bool = False
) -> Checked:
    """Counts the offending rows, given as lines, and keeps the first of them."""
    rows = iter(offending)
    lines = tuple(islice(rows, SHOWN))
    return Checked(name, looked_at, len(lines) + sum(1 for _ in rows), lines, in_flight, warning)


@dataclass(frozen=True)
class Report:
    """Everything that was checked, in order. `ok`: every invariant holds (what is in flight aside)."""

    checks: tuple[Checked, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the checks that failed."""
        return tuple(check.name for check in self.checks if check.failed)

    @property
    def ok(self) -> bool:
        return not self.failed

    def __str__(self) -> str:
        return "\n".join(str(check) for check in self.checks)
