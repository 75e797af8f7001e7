"""Gives matches a new revision for something that changed around them: predictions, or what they are scored by."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from scoring import pipeline
from scoring.models import Match, MatchProgress, ResultChange

BATCH = 5_000
LONGEST_REASON = 300
Change = tuple[Mapping[str, Any], Mapping[str, Any]]


class MoveError(ValueError):
    """A change that can't be made; the message says why, and what to do."""


def stated(reason: str) -> str:
    """Return a reason that somebody has to give. Raises `MoveError` for none, and for one too long to be kept."""
    reason = reason.strip()
    if not reason:
        raise MoveError("say why: it stands in the record of changes")
    if len(reason) > LONGEST_REASON:
        raise MoveError(f"the reason has {len(reason)} characters, and {LONGEST_REASON} are kept: shorten it")
    return reason


def new_revisions(changes: Sequence[tuple[Match, Change]], *, by: str, reason: str, at: datetime) -> None:
    """Writes a new revision of each match with its change (before, after), and starts its pipeline.

    Must run in the transaction of the change, with the matches locked. The pipeline starts for those that are over or
    have been worked on: these may have to be taken back.
    """
    matches = [match for match, _ in changes]
    for match in matches:
        match.revision += 1
        match.changed_at = at
    Match.objects.bulk_update(matches, ["revision", "changed_at"], batch_size=BATCH)
    ResultChange.objects.bulk_create(
        [
            ResultChange(match=match, revision=match.revision, before=before, after=after, reason=reason, by=by, at=at)
            for match, (before, after) in changes
        ],
        batch_size=BATCH,
    )
    worked_on = set(MatchProgress.objects.filter(match__in=matches).values_list("match_id", flat=True))
    pipeline.start([match for match in matches if match.is_over or match.pk in worked_on])
