"""Changes what all matches of a competition are scored by: its basis, its rule, whether awarded matches count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from scoring.locks import retried
from scoring.models import Competition, Match, MatchProgress, Season
from scoring.services.revisions import new_revisions

SCORING_FIELDS = ("basis", "rule", "score_awarded")


@dataclass(frozen=True)
class CompetitionChanged:
    """What a change came to. `changed`: field → (before, after); `matches` have a new revision."""

    competition: Competition
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    matches: int = 0


@retried
@transaction.atomic
def change_competition(
    competition_id: int, fields: Mapping[str, Any], *, by: str, reason: str = ""
) -> CompetitionChanged:
    """Changes fields of `SCORING_FIELDS`; every match that has been, or could be, scored under them is scored again.

    Those matches are locked in the order of their ids before anything is read; their new revisions, a `ResultChange`
    for each and the start of their pipelines commit with the change. What is already so changes nothing. Raises
    `Competition.DoesNotExist`, and ValueError for another field.
    """
    if unknown := set(fields) - set(SCORING_FIELDS):
        raise ValueError(f"{', '.join(sorted(unknown))} can't be changed here")
    # All matches, and the seasons: one that is recorded or scored meanwhile is scored under the old rule and is in the
    # list, or waits for the season and is scored under the new one.
    rows = Match.objects.filter(season__competition=competition_id).order_by("pk")
    locked = list(rows.select_for_update(no_key=True, of=("self",)))
    list(Season.objects.filter(competition=competition_id).order_by("pk").select_for_update(no_key=True))
    worked_on = set(
        MatchProgress.objects.filter(match__season__competition=competition_id).values_list("pk", flat=True)
    )
    matches = [match for match in locked if match.is_over or match.pk in worked_on]
    competition = Competition.objects.select_for_update(no_key=True).get(pk=competition_id)
    changed = {
        name: (getattr(competition, name), value)
        for name, value in fields.items()
        if getattr(competition, name) != value
    }
    if not changed:
        return CompetitionChanged(competition)
    for name, (_, value) in changed.items():
        setattr(competition, name, value)
    competition.save(update_fields=list(changed))
    if set(changed) == {"score_awarded"}:
        matches = [match for match in matches if match.status == Match.Status.AWARDED]
    before = {name: old for name, (old, _) in changed.items()}
    after = {name: new for name, (_, new) in changed.items()}
    new_revisions([(match, (before, after)) for match in matches], by=by, reason=reason, at=timezone.now())
    return CompetitionChanged(competition, changed, len(matches))
