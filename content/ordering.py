"""Orders a roundup to be written again, when the work before it is done."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from content.models import Commission, RoundupRevision
from content.versions import lock_match
from scoring import orders
from scoring.locks import retried
from scoring.models import Match, MatchProgress


@retried
@transaction.atomic
def order_again(match_ids: Iterable[int], *, writer: str = "", storyline: str = "", by: str = "") -> list[int]:
    """Enqueues a new version of the roundups of these matches; returns the ids of those enqueued.

    `writer` is a `WriterName`, `storyline` a key of `content.storylines`; empty: as it is set, and the rarest. An order
    given before is forgotten; without a person (`by`) nothing is asked for. A match whose scores or stats are still on
    their way is left out: its roundup follows them anyway.
    """
    rows = Match.objects.filter(pk__in=list(match_ids)).order_by("pk")
    ordered = [match.pk for match in orders.again(list(rows.select_for_update(no_key=True)))]
    Commission.objects.filter(match__in=ordered).delete()
    if by:
        asked = {"writer": writer, "storyline": storyline, "by": by, "ordered_at": timezone.now()}
        Commission.objects.bulk_create([Commission(match_id=pk, **asked) for pk in ordered])
    return ordered


@retried
@transaction.atomic
def keep_order(match_id: int, ordered_at: datetime) -> None:
    """Moves an order that came with a task to the match's progress, unless a version was written since."""
    match = lock_match(match_id)
    if not RoundupRevision.objects.filter(roundup__match=match, written_at__gte=ordered_at, by="").exists():
        MatchProgress.objects.filter(match=match, ordered_at=None).update(ordered_at=ordered_at)
