"""Decides which match of a file is which match that is known already. Pure.

The rules: (season, num) if both have one; else (season, round, home, away); else (season, home, away). Where several
fit, those with the nearest dates belong together.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FAR_APART = timedelta(days=31)
"""A match that was played does not move further than this into another round: that is a second match."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """What a match is recognised by; `key` is its place in the file, or its id. Teams are numbers of one numbering."""

    key: int
    home: int
    away: int
    date: date
    round: str = ""
    num: int | None = None
    played: bool = False

    @property
    def teams(self) -> frozenset[int]:
        return frozenset((self.home, self.away))


def pair(rows: Sequence[Fixture], stored: Sequence[Fixture]) -> dict[int, Fixture]:
    """Return key of a row → the stored match that it is; rows that are new are not in it."""
    pairs: dict[int, Fixture] = {}
    by_num = {match.num: match for match in stored if match.num is not None}
    for row in rows:
        if row.num is not None and row.num in by_num:
            pairs[row.key] = by_num[row.num]
    _pair_by(lambda match: (match.round, match.home, match.away), rows, stored, pairs)
    _pair_by(lambda match: (match.home, match.away), rows, stored, pairs)
    return pairs


def _pair_by(
    identity: Callable[[Fixture], Hashable],
    rows: Sequence[Fixture],
    stored: Sequence[Fixture],
    pairs: dict[int, Fixture],
) -> None:
    """Adds the pairs with equal identities among those without a partner, the nearest dates first."""
    taken = {match.key for match in pairs.values()}
    free: dict[Hashable, list[Fixture]] = defaultdict(list)
    for match in stored:
        if match.key not in taken:
            free[identity(match)].append(match)
    possible = [
        (abs(row.date - match.date), row.key, match.key, match)
        for row in rows
        if row.key not in pairs
        for match in free.get(identity(row), ())
        if row.num is None or match.num is None
    ]
    for _, row_key, match_key, match in sorted(possible, key=lambda candidate: candidate[:3]):
        if row_key not in pairs and match_key not in taken:
            pairs[row_key] = match
            taken.add(match_key)


def is_another(row: Fixture, match: Fixture) -> bool:
    """Return whether a row that was paired by its teams alone is probably another match: other round, far away."""
    return (
        match.played
        and (row.num is None or row.num != match.num)
        and row.round != match.round
        and "" not in (row.round, match.round)
        and abs(row.date - match.date) > FAR_APART
    )


class Gone:
    """The stored matches that the file no longer has, to be asked which of them a new row probably is."""

    def __init__(self, matches: Iterable[Fixture]) -> None:
        self._by_date: Mapping[date, list[Fixture]] = defaultdict(list)
        for match in matches:
            self._by_date[match.date].append(match)

    def probably(self, row: Fixture) -> Fixture | None:
        """Return one within a day of the row that shares a team, else one that shares the round; None if none does."""
        days = (row.date + timedelta(days=by) for by in (0, -1, 1))
        near = [match for day in days for match in self._by_date.get(day, ())]
        shares_team = (match for match in near if match.teams & row.teams)
        shares_round = (match for match in near if row.round and match.round == row.round)
        return next(shares_team, next(shares_round, None))
