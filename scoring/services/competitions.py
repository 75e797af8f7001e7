"""Changes what all matches of a competition are scored by (basis, rule, whether awarded ones count), and its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from scoring.locks import retried
from scoring.models import Competition, Match, MatchProgress, Season
from scoring.services.renames import require_free
from scoring.services.revisions import new_revisions, stated

SCORING_FIELDS = ("basis", "rule", "score_awarded")
NAME = "name"


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
    """Changes fields of `SCORING_FIELDS`, or the `name`; every match that has been, or could be, scored is again.

    Those matches are locked in the order of their ids before anything is read; their new revisions, a `ResultChange`
    for each and the start of their pipelines commit with the change. What is already so changes nothing. Raises
    `Competition.DoesNotExist`, ValueError for another field, and `MoveError` for a name that is taken, or is changed
    without a reason though articles say it.
    """
    if unknown := set(fields) - {*SCORING_FIELDS, NAME}:
        raise ValueError(f"{', '.join(sorted(unknown))} can't be changed here")
    locked = _lock_all(competition_id)
    competition = Competition.objects.select_for_update(no_key=True).get(pk=competition_id)
    changed = {
        name: (getattr(competition, name), value)
        for name, value in fields.items()
        if getattr(competition, name) != value
    }
    if not changed:
        return CompetitionChanged(competition)
    if NAME in changed:
        require_free(competition, changed[NAME][1])
    matches = _touched(locked, competition, set(changed))
    if NAME in changed and matches:
        reason = stated(reason)
    for name, (_, value) in changed.items():
        setattr(competition, name, value)
    competition.save(update_fields=list(changed))
    told = {"competition name" if name == NAME else name: pair for name, pair in changed.items()}
    before, after = ({name: pair[place] for name, pair in told.items()} for place in (0, 1))
    new_revisions([(match, (before, after)) for match in matches], by=by, reason=reason, at=timezone.now())
    return CompetitionChanged(competition, changed, len(matches))


def _touched(locked: Sequence[Match], competition: Competition, changed: set[str]) -> list[Match]:
    """Return the matches that a change of these fields reaches: the name also those that have only begun."""
    of_this = Match.objects.filter(season__competition=competition)
    if NAME in changed:
        begun = set(of_this.closed(timezone.now()).values_list("pk", flat=True))
        return [match for match in locked if match.pk in begun]
    if changed == {"score_awarded"}:
        return [match for match in locked if match.status == Match.Status.AWARDED]
    worked_on = set(MatchProgress.objects.filter(match__in=of_this).values_list("pk", flat=True))
    return [match for match in locked if match.is_over or match.pk in worked_on]


def _lock_all(competition_id: int) -> list[Match]:
    """Lock all matches of a competition, then its seasons, and return the matches.

    One that is recorded or scored meanwhile is scored under the old rule and is in the list, or waits for the season
    and is scored under the new one. One that is new, and may have been scored before the seasons were locked, is caught
    in a second try; what was locked so far is let go before it, so that the order of locks stays the same.
    """
    rows = Match.objects.filter(season__competition=competition_id).order_by("pk")
    while True:
        before = transaction.savepoint()
        locked = list(rows.select_for_update(no_key=True, of=("self",)))
        list(Season.objects.filter(competition=competition_id).order_by("pk").select_for_update(no_key=True))
        if rows.count() == len(locked):
            transaction.savepoint_commit(before)
            return locked
        transaction.savepoint_rollback(before)
