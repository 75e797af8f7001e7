"""Makes two records of one model one, and takes that back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from scoring.locks import retried
from scoring.models import AIModel, AIModelAlias, Match, Merge, Prediction
from scoring.services.merges import (
    Merged,
    fields_of,
    move_names,
    move_names_back,
    named,
    require_mergeable,
    require_undoable,
)
from scoring.services.revisions import MoveError, new_revisions, stated

FIELDS = ("name", "kind", "description", "is_active")


@retried
@transaction.atomic
def merge_models(old_id: int, into_id: int, *, by: str, reason: str) -> Merged:
    """Gives the predictions of one model to another, whose alias its name becomes.

    The old record stays, no longer active: the stats refer to it until they are counted again, and a prediction that
    was taken out of the field stays with it where the other predicted the same match. Every match that has begun gets
    a new revision. Raises `AIModel.DoesNotExist`, and `MoveError` if both have a prediction that counts for a match.
    """
    reason = stated(reason)
    begun_with_old = {"predictions__model": old_id}
    _lock_begun(begun_with_old)
    old, into = _lock_models(old_id, into_id)
    require_mergeable(Merge.Kind.MODEL, old, into)
    begun = _lock_begun(begun_with_old)
    of_both = Prediction.objects.filter(model=old, match__in=Prediction.objects.filter(model=into).values("match"))
    _require_one_each(
        old, into, list(of_both.filter(excluded=Prediction.Exclusion.NONE).values_list("match", flat=True))
    )
    moving = Prediction.objects.filter(model=old).exclude(pk__in=of_both.values("pk")).order_by("pk")
    moved = dict(moving.values_list("pk", "match"))
    merge = Merge.objects.create(
        kind=Merge.Kind.MODEL,
        old_pk=old.pk,
        old_name=old.name,
        into_pk=into.pk,
        into_name=into.name,
        old_fields=fields_of(old, FIELDS),
        moved={"predictions": list(moved)},
        names=move_names(AIModelAlias, old, into),
        reason=reason,
        by=by,
        at=timezone.now(),
    )
    old.is_active = False
    old.save(update_fields=["is_active", "changed_at"])
    return Merged(merge, len(moved), _move(merge, moved, begun, old, into))


@retried
@transaction.atomic
def undo_model_merge(merge_id: int, *, by: str, reason: str) -> Merged:
    """Gives the predictions that moved, and the names, back to the old record.

    What came in under the old name since stays where it is. Raises `Merge.DoesNotExist`, and `MoveError` if something
    that moved is no longer there.
    """
    reason = stated(reason)
    merge = Merge.objects.get(pk=merge_id, kind=Merge.Kind.MODEL)
    ids = merge.moved["predictions"]
    of_these = {"predictions__in": ids}
    _lock_begun(of_these)
    AIModel.objects.filter(pk__in=(merge.old_pk, merge.into_pk)).order_by("pk").select_for_update().count()
    merge = Merge.objects.select_for_update(no_key=True).get(pk=merge_id)
    require_undoable(merge)
    begun = _lock_begun(of_these)
    moved = dict(Prediction.objects.filter(pk__in=ids, model=merge.into_pk).values_list("pk", "match"))
    _require_there(merge, moved)
    into = AIModel.objects.get(pk=merge.into_pk)
    old = _restored(merge)
    move_names_back(AIModelAlias, merge, old)
    merge.undone_at, merge.undone_by, merge.undone_because = timezone.now(), by, reason
    merge.save(update_fields=["undone_at", "undone_by", "undone_because"])
    return Merged(merge, len(moved), _move(merge, moved, begun, into, old))


def _lock_begun(which: Mapping[str, object]) -> dict[int, Match]:
    """Lock all these matches, in the order of their ids, and return those that have begun.

    The others are locked as well: one that was finished and settled before the predictions have changed hands would
    be scored under their old name.
    """
    rows = Match.objects.filter(pk__in=Match.objects.filter(**which).values("pk")).order_by("pk")
    locked = {match.pk: match for match in rows.select_for_update(no_key=True, of=("self",))}
    closed = Match.objects.filter(**which).closed(timezone.now()).values_list("pk", flat=True)
    return {pk: locked[pk] for pk in sorted(set(closed)) if pk in locked}


def _lock_models(old_id: int, into_id: int) -> tuple[AIModel, AIModel]:
    """Lock both models so that no new prediction can refer to them.

    Plain FOR UPDATE on purpose: whoever writes a prediction for the old one waits until the merge is done, and then
    finds that it is part of another (`save_predictions`).
    """
    rows = AIModel.objects.filter(pk__in=(old_id, into_id)).order_by("pk").select_for_update()
    models = {model.pk: model for model in rows}
    for pk in (old_id, into_id):
        if pk not in models:
            raise AIModel.DoesNotExist(f"there is no model {pk}")
    return models[old_id], models[into_id]


def _require_one_each(old: AIModel, into: AIModel, match_ids: list[int]) -> None:
    if not match_ids:
        return
    both = Match.objects.with_names().filter(pk__in=match_ids).by_kickoff()
    raise MoveError(
        f"{old} and {into} both predicted {named(both)}: withdraw or void the prediction of {old} there first; "
        f"it then stays with {old}"
    )


def _require_there(merge: Merge, moved: dict[int, int]) -> None:
    gone = len(merge.moved["predictions"]) - len(moved)
    if gone:
        raise MoveError(
            f"{gone} of the predictions that moved are no longer those of {merge.into_name}: nothing is undone"
        )
    again = Prediction.objects.filter(model=merge.old_pk, match__in=moved.values()).values("match")
    if taken := list(Match.objects.with_names().filter(pk__in=again)):
        raise MoveError(f"{merge.old_name} has another prediction by now for {named(taken)}: nothing is undone")


def _restored(merge: Merge) -> AIModel:
    """Return the old record as it was; one that somebody deleted since, under its old number."""
    taken = AIModel.objects.filter(name=merge.old_name).exclude(pk=merge.old_pk).first()
    old = AIModel.objects.filter(pk=merge.old_pk).first()
    if old is None and taken:
        raise MoveError(f"another model is called {merge.old_name} by now: rename that first")
    if old is None:
        return AIModel.objects.create(pk=merge.old_pk, **merge.old_fields)
    old.is_active = merge.old_fields["is_active"]
    old.save(update_fields=["is_active", "changed_at"])
    return old


def _move(merge: Merge, moved: dict[int, int], begun: dict[int, Match], source: AIModel, target: AIModel) -> int:
    """Gives these predictions to another model; returns how many matches got a new revision for it."""
    Prediction.objects.filter(pk__in=list(moved)).update(model=target)
    change = ({"predicted by": source.name}, {"predicted by": target.name})
    changes = [(begun[pk], change) for pk in sorted(moved.values()) if pk in begun]
    if merge.undone_at is None:
        new_revisions(changes, by=merge.by, reason=merge.reason, at=merge.at)
    else:
        new_revisions(changes, by=merge.undone_by, reason=merge.undone_because, at=merge.undone_at)
    return len(changes)
