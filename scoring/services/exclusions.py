"""Takes predictions out of the field of their match, and puts them back; they are kept, and shown, in any case."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from scoring.locks import retried
from scoring.models import Match, Prediction
from scoring.services.revisions import MoveError, new_revisions, stated


@dataclass(frozen=True)
class Excluded:
    """What taking out, or putting back, came to. `before` and `after` are of `Prediction.Exclusion`."""

    prediction: Prediction
    before: str
    after: str
    revision: int

    @property
    def changed(self) -> bool:
        return self.before != self.after

    def __str__(self) -> str:
        label = f"{self.prediction} for {self.prediction.match}"
        if not self.changed:
            return f"{label}: nothing new, still at revision {self.revision}"
        return f"{label}: {Prediction.Exclusion(self.after).label}, revision {self.revision}"


def exclude_prediction(prediction_id: int, kind: str, *, by: str, reason: str) -> Excluded:
    """Takes a prediction out of the field: `kind` is withdrawn or voided. One that is out so already stays as it is.

    The match gets a new revision, and is settled again if it is over. Raises `Prediction.DoesNotExist`, and
    `MoveError` without a reason or for another kind.
    """
    if kind not in (Prediction.Exclusion.WITHDRAWN, Prediction.Exclusion.VOIDED):
        raise MoveError(f'a prediction is "withdrawn" or "voided", not "{kind}"')
    return _exclude(prediction_id, kind, by=by, reason=reason)


def reinstate_prediction(prediction_id: int, *, by: str, reason: str) -> Excluded:
    """Puts a prediction back into the field; otherwise as `exclude_prediction`."""
    return _exclude(prediction_id, Prediction.Exclusion.NONE, by=by, reason=reason)


@retried
@transaction.atomic
def _exclude(prediction_id: int, kind: str, *, by: str, reason: str) -> Excluded:
    """Does either under the match's lock.

    A match that has not begun gets a new revision as well: it costs nothing, and keeps the reason for good.
    """
    reason = stated(reason)
    match_id = Prediction.objects.values_list("match_id", flat=True).get(pk=prediction_id)
    match = Match.objects.select_for_update(no_key=True).get(pk=match_id)
    row = Prediction.objects.select_for_update(no_key=True).get(pk=prediction_id)
    row.match = match
    before = row.excluded
    if before == kind:
        return Excluded(row, before, kind, match.revision)
    out = kind != Prediction.Exclusion.NONE
    now = timezone.now()
    row.excluded = kind
    row.excluded_because, row.excluded_by, row.excluded_at = (reason, by, now) if out else ("", "", None)
    row.save(update_fields=["excluded", "excluded_because", "excluded_by", "excluded_at"])
    field = f"prediction of {row.model}"
    labels = {value: Prediction.Exclusion(value).label for value in (before, kind)}
    new_revisions([(match, ({field: labels[before]}, {field: labels[kind]}))], by=by, reason=reason, at=now)
    return Excluded(row, before, kind, match.revision)
