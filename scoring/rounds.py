"""The rounds of a season, and the one whose results somebody most likely wants to enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from scoring.models import Match
from scoring.models.match import awaits_result


@dataclass(frozen=True)
class Round:
    """A round of a season: when its first and its last match kick off, and how many wait for their result."""

    name: str
    matches: int
    awaiting: int
    first: datetime
    last: datetime

    @property
    def title(self) -> str:
        return self.name or "matches without a round"


def rounds_of(season_id: int, now: datetime) -> list[Round]:
    """Return the rounds of a season by their first kickoff; one query."""
    rows = Match.objects.filter(season=season_id).order_by().values_list("round")
    counted = rows.annotate(
        n=Count("pk"), waiting=Count("pk", filter=awaits_result(now)), first=Min("kickoff"), last=Max("kickoff")
    )
    return sorted((Round(*row) for row in counted), key=lambda one: (one.first, one.name))


def most_wanted(rounds: Sequence[Round], now: datetime) -> Round | None:
    """Return the round with most matches that wait for their result, of two the newer one.

    If none waits: the one that began last, or else the first to come. None if there is no round.
    """
    waiting = [one for one in rounds if one.awaiting]
    if waiting:
        return max(waiting, key=lambda one: (one.awaiting, one.last))
    begun = [one for one in rounds if one.first <= now]
    return max(begun, key=lambda one: one.first) if begun else min(rounds, key=lambda one: one.first, default=None)


def season_wanted(now: datetime) -> int | None:
    """Return the id of the season of the round with most matches that wait, of two the newer; None without matches.

    If none waits: that of the match which kicked off last, or else of the next one.
    """
    waiting = Match.objects.awaiting_result(now).order_by().values("season", "round")
    most = waiting.annotate(n=Count("pk"), last=Max("kickoff")).order_by("-n", "-last").first()
    if most is not None:
        return int(most["season"])
    begun = Match.objects.filter(kickoff__lte=now).order_by("-kickoff", "-id")
    near = begun.first() or Match.objects.by_kickoff().first()
    return near.season_id if near else None
