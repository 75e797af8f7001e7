"""Orders a roundup to be written again, when the work before it is done."""

from collections.abc import Iterable

from django.db import transaction

from scoring import pipeline
from scoring.locks import retried
from scoring.models import Match

WRITE_AGAIN = "content.tasks.write_again"


@retried
@transaction.atomic
def order_again(match_ids: Iterable[int]) -> int:
    """Enqueues a new version of the roundups of these matches; returns how many.

    A match whose scores or stats are still on their way is left out: its roundup follows them anyway.
    """
    rows = Match.objects.filter(pk__in=list(match_ids)).order_by("pk")
    return len(pipeline.again(list(rows.select_for_update(no_key=True)), WRITE_AGAIN))
