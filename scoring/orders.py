"""Orders to do the last step anew. One stands in the match's progress until the step was done, by whichever task."""

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from scoring.models import Match, MatchProgress
from scoring.steps import enqueue_at_once, match_steps, require_transaction


def again(matches: Sequence[Match]) -> list[Match]:
    """Orders the last step to be done anew, and enqueues it, for those of these matches whose earlier steps are done.

    Must run in a transaction, with the matches locked. Returns those enqueued; they stand at the last step again.
    """
    require_transaction()
    last, now = match_steps()[-1], timezone.now()
    ready = MatchProgress.objects.filter(match__in=[m.pk for m in matches], step__in=["", last.path])
    ready = ready.filter(revision=F("match__revision"))
    chosen = set(ready.values_list("match_id", flat=True))
    MatchProgress.objects.filter(pk__in=chosen).update(
        step=last.path, queued_at=now, next_try=now, attempts=0, error="", changed_at=now, ordered_at=now
    )
    for pk in sorted(chosen):
        enqueue_at_once(last, pk)
    return [match for match in matches if match.pk in chosen]


def is_ordered(match: Match) -> bool:
    """Whether the last step is to be done anew; see `again`."""
    return MatchProgress.objects.filter(match=match, ordered_at__isnull=False).exists()


def fulfil(match: Match) -> None:
    """Notes that the last step was done as ordered, or needs not be any more. Must run with the match locked."""
    MatchProgress.objects.filter(match=match, ordered_at__isnull=False).update(ordered_at=None)
