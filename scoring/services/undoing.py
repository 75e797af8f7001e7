"""Takes a merge back, whatever it was of."""

from scoring.models import Merge
from scoring.services.merges import Merged
from scoring.services.model_merges import undo_model_merge
from scoring.services.team_merges import undo_team_merge


def undo_merge(merge_id: int, *, by: str, reason: str) -> Merged:
    """Separates again what a merge made one. Raises `Merge.DoesNotExist`, and `MoveError` if that can't be done."""
    kind = Merge.objects.values_list("kind", flat=True).get(pk=merge_id)
    undo = undo_model_merge if kind == Merge.Kind.MODEL else undo_team_merge
    return undo(merge_id, by=by, reason=reason)
