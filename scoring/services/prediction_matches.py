"""Finds the match that a row of a predictions file is about."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from django.db.models import Q

from scoring.finding import close_names
from scoring.importers.predictions_csv import PredictionRow
from scoring.importers.values import WrongValueError
from scoring.models import Match, Team, TeamAlias

HINTS = 50
"""How many messages come with the names, or matches, that come close; finding those takes time."""


class _Known(NamedTuple):
    pk: int
    dates: frozenset[date]
    season: str
    label: str
    competition: str


class MatchIndex:
    """The matches around some dates, by their teams. Answers are remembered: a file asks the same again and again."""

    def __init__(self, dates: Sequence[date]) -> None:
        self._teams = dict(Team.objects.values_list("name", "pk")) | dict(TeamAlias.objects.values_list("name", "team"))
        self._matches: dict[tuple[int, int], list[_Known]] = defaultdict(list)
        self._answers: dict[tuple[str, ...], int | str] = {}
        self._hints = 0
        if dates:
            self._load(min(dates) - timedelta(days=2), max(dates) + timedelta(days=2))

    def _load(self, first: date, last: date) -> None:
        rows = Match.objects.filter(date__range=(first, last)).order_by("pk")
        fields = ("pk", "home", "away", "date", "kickoff", "season__name", "season__label", "season__competition__name")
        for pk, home, away, day, kickoff, *names in rows.values_list(*fields).iterator():
            self._matches[home, away].append(_Known(pk, frozenset((day, kickoff.date())), *names))

    def find(self, row: PredictionRow) -> int:
        """Return the id of the one match with these teams on this date, where it is played or in UTC.

        A competition or season in the row narrows it. Raises `WrongValueError` if none fits, or several do.
        """
        key = (row.home, row.away, row.date.isoformat(), row.competition, row.season)
        if key not in self._answers:
            self._answers[key] = self._answer(row)
        answer = self._answers[key]
        if isinstance(answer, str):
            raise WrongValueError(answer)
        return answer

    def _answer(self, row: PredictionRow) -> int | str:
        unknown = [name for name in (row.home, row.away) if name not in self._teams]
        if unknown:
            return "; ".join(f'there is no team "{name}"{self._close(name)}' for name in unknown)
        home, away = self._teams[row.home], self._teams[row.away]
        fitting = [match for match in self._matches.get((home, away), ()) if _fits(match, row)]
        if len(fitting) == 1:
            return fitting[0].pk
        if fitting:
            listed = "; ".join(f"{match.pk} in {match.season}" for match in fitting)
            return f"fits {len(fitting)} matches ({listed}); say which in a column competition or season"
        return f"no match {row.home} – {row.away} on {row.date}{_narrowed(row)}{self._others(home, away, row.date)}"

    def _hint(self) -> bool:
        self._hints += 1
        return self._hints <= HINTS

    def _close(self, name: str) -> str:
        close = close_names(name, self._teams) if self._hint() else ""
        return close or "; correct the name, or import the matches first"

    def _others(self, home: int, away: int, day: date) -> str:
        """Return which matches of these teams there are, those with home and away exchanged as well."""
        if not self._hint():
            return "; correct the row, or import the matches first"
        pairs = Q(home=home, away=away) | Q(home=away, away=home)
        rows = Match.objects.with_names().filter(pairs).order_by("kickoff")
        near = sorted(rows, key=lambda match: abs(match.date - day))
        listed = "; ".join(f"{match} ({match.season})" for match in islice(near, 3))
        return f"; there is {listed}" if listed else "; import the matches first"


def _fits(match: _Known, row: PredictionRow) -> bool:
    return (
        row.date in match.dates
        and row.competition in ("", match.competition)
        and row.season in ("", match.season, match.label)
    )


def _narrowed(row: PredictionRow) -> str:
    return "".join(f" in {name}" for name in (row.competition, row.season) if name)
