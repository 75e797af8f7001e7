"""Writes down what somebody entered for a whole round: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from scoring.locks import retried
from scoring.models import Match
from scoring.services.corrections import asking_why
from scoring.services.results import RESULT_FIELDS, Recorded, ResultError, change_match


@dataclass(frozen=True)
class Entry:
    """What is entered for one match: the fields of `RESULT_FIELDS` that change, and the revision that was seen."""

    match_id: int
    seen_revision: int
    fields: Mapping[str, Any]


class RoundError(ResultError):
    """Nothing was saved; `refused` says why, id of a match → words."""

    def __init__(self, refused: Mapping[int, str]) -> None:
        super().__init__("; ".join(refused.values()))
        self.refused = dict(refused)


@retried
@transaction.atomic
def record_round(entries: Sequence[Entry], *, by: str, reason: str = "") -> list[Recorded]:
    """Records what was entered, match by match through `change_match`, in one transaction; returns it in their order.

    All matches are locked first, by id. Raises `RoundError`, and changes nothing, if one of them is gone or was changed
    since it was seen, would contradict itself, or is corrected without a reason.
    """
    wanted = {entry.match_id: entry for entry in entries}
    rows = Match.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
    matches = {match.pk: match for match in rows}
    if refused := {pk: words for pk, entry in wanted.items() if (words := _why_not(entry, matches.get(pk)))}:
        raise RoundError(refused)
    if not reason and (
        known := asking_why([(matches[pk], _changed(entry, matches[pk])) for pk, entry in wanted.items()])
    ):
        raise RoundError(dict.fromkeys(sorted(known), "this corrects a result that is known: say why"))
    return [_record(entry, by=by, reason=reason) for _, entry in sorted(wanted.items())]


def overtaken(seen: int, now: int) -> str:
    """Return what somebody is told who saw a match at an older revision than the one it is at."""
    return f"somebody changed this match while you were looking at revision {seen}; it is at revision {now} now"


def _why_not(entry: Entry, match: Match | None) -> str:
    if match is None:
        return "the match is no longer there"
    if unknown := entry.fields.keys() - set(RESULT_FIELDS):
        return f"{', '.join(sorted(unknown))} is no part of a result"
    return overtaken(entry.seen_revision, match.revision) if entry.seen_revision != match.revision else ""


def _changed(entry: Entry, match: Match) -> dict[str, tuple[Any, Any]]:
    return {name: (old, value) for name, value in entry.fields.items() if (old := getattr(match, name)) != value}


def _record(entry: Entry, *, by: str, reason: str) -> Recorded:
    try:
        return change_match(entry.match_id, entry.fields, by=by, reason=reason)
    except ResultError as error:
        raise RoundError({entry.match_id: str(error)}) from error
