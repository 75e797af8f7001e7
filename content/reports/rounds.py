"""When a round is ready for its report: what its matches have come to, and which of them it does not wait for.

A round waits for every match that is to be played, unless that is postponed, or begins only after the next round has
begun: then "k of n played" is told, and the report is written anew once it is played. The next round is the one whose
middle (the kickoff of the match in its middle) follows; its beginning is the first of its kickoffs after the middle of
this one. A match that is over without a known score is not waited for either. Rounds without a name have no report.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, FilteredRelation, Q, Value, When

from content.reports.facts import COUNTED, OPEN, UNKNOWN, VOID
from scoring.models import Match
from scoring.models.match import result_counts
from scoring.steps import match_steps

COLUMNS = {
    "pk": "pk",
    "kickoff": "kickoff",
    "status": "status",
    "revision": "revision",
    "settled": "current__revision",
    "counted": "stats__revision",
    "version": "stats__version",
    "begun": "progress__revision",
    "step": "progress__step",
    "counts": "its_result_counts",
}
"""Fields of `Placed`, and where they stand."""


@dataclass(frozen=True)
class Placed:
    """A match of a round, as it stands: the revisions at which it was settled and counted, and its work was begun.

    `counts`: whether its result is one that counts, by its status.
    """

    pk: int
    kickoff: datetime
    status: str
    revision: int
    settled: int | None
    counted: int | None
    version: int | None
    begun: int | None
    step: str | None
    counts: bool

    @property
    def is_open(self) -> bool:
        return self.status in Match.OPEN_STATUSES

    @property
    def coming(self) -> bool:
        """Whether a worker has still to settle or to count it, as it is now."""
        on_its_way = self.step not in (None, "", match_steps()[-1].path)
        not_begun = not self.is_open and self.begun != self.revision
        as_it_was = self.settled != (self.revision if self.counts else None) or self.settled != self.counted
        return on_its_way or not_begun or as_it_was

    @property
    def state(self) -> str:
        """What the report says of it; see `content.reports.facts`."""
        if self.settled is not None:
            return COUNTED
        if self.is_open:
            return OPEN
        return UNKNOWN if self.status == Match.Status.FINISHED else VOID


def placed(season_id: int, name: str) -> list[Placed]:
    """Return the matches of a round as they stand, by kickoff; one query."""
    rows = Match.objects.filter(season=season_id, round=name).order_by("kickoff", "pk")
    current = FilteredRelation("settlements", condition=Q(settlements__superseded_at__isnull=True))
    counts = Case(When(result_counts(), then=Value(True)), default=Value(False))
    found = rows.annotate(current=current, its_result_counts=counts).values_list(*COLUMNS.values())
    return [Placed(**dict(zip(COLUMNS, row, strict=True))) for row in found]


def is_ready(season_id: int, name: str, matches: Sequence[Placed] | None = None) -> bool:
    """Whether a report on the round can be written: something of it counts, and nothing is left to wait for."""
    found = placed(season_id, name) if matches is None else matches
    if not name or not any(match.state == COUNTED for match in found) or any(match.coming for match in found):
        return False
    awaited = [match for match in found if match.is_open and match.status != Match.Status.POSTPONED]
    if not awaited:
        return True
    if any(match.status == Match.Status.LIVE for match in awaited):
        return False
    begins = next_round_begins(season_id, name)
    return begins is not None and min(match.kickoff for match in awaited) > begins


def next_round_begins(season_id: int, name: str) -> datetime | None:
    """Return when the round after this one begins (see above); None if there is none."""
    rows = Match.objects.filter(season=season_id).exclude(round="").order_by("kickoff", "pk")
    return begins_after(name, rows.values_list("round", "kickoff"))


def begins_after(name: str, kickoffs: Iterable[tuple[str, datetime]]) -> datetime | None:
    """The same from pairs of a round and a kickoff, by kickoff."""
    by_round = _by_round(kickoffs)
    middles = {each: _middle(times) for each, times in by_round.items()}
    later = [(middle, each) for each, middle in middles.items() if middle > middles[name]]
    if not later:
        return None
    _, following = min(later)
    return min(time for time in by_round[following] if time > middles[name])


def order_of_rounds(kickoffs: Iterable[tuple[str, datetime]]) -> list[str]:
    """Return the rounds of a season in the order of their middles, from pairs of a round and a kickoff, by kickoff."""
    by_round = _by_round(kickoffs)
    return sorted(by_round, key=lambda name: (_middle(by_round[name]), name))


def _by_round(kickoffs: Iterable[tuple[str, datetime]]) -> dict[str, list[datetime]]:
    by_round: dict[str, list[datetime]] = defaultdict(list)
    for name, kickoff in kickoffs:
        by_round[name].append(kickoff)
    return by_round


def _middle(times: Sequence[datetime]) -> datetime:
    return times[(len(times) - 1) // 2]
