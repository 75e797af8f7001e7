"""What a person who enters a result has to say: why something known changes, and what becomes of a void match."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from django.db import transaction

from scoring.locks import retried
from scoring.models import Match, MatchProgress, ResultChange, Settlement
from scoring.rules import Phases
from scoring.services.results import (
    RESULT_FIELDS,
    Recorded,
    Result,
    ResultError,
    change_match,
    current_goals,
    require_begun,
    result_fields,
)

Changed = Mapping[str, tuple[Any, Any]]
"""Field of a match → before, after."""
VOID = (Match.Status.ABANDONED, Match.Status.CANCELLED)


@retried
@transaction.atomic
def correct_result(match_id: int, result: Result, *, by: str, reason: str = "", clear: bool = False) -> Recorded:
    """Does what `record_result` does, for a person who may be changing what was known: that needs a reason.

    With the status None a match that is over keeps its own, an open one becomes finished. `clear` removes the scores of
    all phases and the goals first. Raises `ResultError` as well for a score of a void match without a status, for a
    known one that would stay in a match that is to be played, and for a match that would have begun before its day.
    """
    match = Match.objects.select_for_update(no_key=True).get(pk=match_id)
    fields = {**(dict.fromkeys(RESULT_FIELDS[1:]) if clear else {}), **result_fields(result)}
    if result.status is None:
        _require_not_void(match, result)
        fields["status"] = match.status if match.is_over else Match.Status.FINISHED
    if fields["status"] in (Match.Status.SCHEDULED, Match.Status.POSTPONED) and match.phases != Phases() and not clear:
        raise ResultError(f"a match with a score can't be {fields['status']}: --clear removes the score")
    goals = () if clear else result.goals
    changed = {name: (getattr(match, name), value) for name, value in fields.items() if getattr(match, name) != value}
    if goals is not None and list(goals) != (known := current_goals(match)):
        changed["goals"] = (known, goals)
    if "status" in changed:
        require_begun(fields["status"], match.kickoff, match.date)
    if not reason and asks_why(match, changed):
        raise ResultError("this changes a result that is known: say why, with --reason")
    return change_match(match_id, fields, goals=goals, by=by, reason=reason)


def _require_not_void(match: Match, result: Result) -> None:
    if match.status in VOID and result.full_time is not None:
        raise ResultError(
            f"the match is {match.status}, so void: say --status finished if the score is to count, "
            f"or --status {match.status} if it stays void"
        )


def asks_why(match: Match, changed: Changed) -> bool:
    """Return whether a change of this match, as it is now, corrects something known; see `asking_why`."""
    return bool(asking_why([(match, changed)]))


def asking_why(changes: Sequence[tuple[Match, Changed]]) -> set[int]:
    """Return the ids of those matches whose change (field → before, after) corrects something known.

    That is any change of a match that was settled once; of another that is, or was, over: of a value that is, or was,
    known. At most three queries, whatever their number.
    """
    changed = {match.pk: names for match, names in changes if names}
    over = {match.pk for match, _ in changes if match.is_over}
    worked_on = MatchProgress.objects.filter(match__in=changed.keys() - over).values_list("match", flat=True)
    begun = (changed.keys() & over) | (set(worked_on) if changed.keys() - over else set())
    known = {pk for pk in begun if any(before not in (None, "", []) for before, _ in changed[pk].values())}
    known |= set(Settlement.objects.filter(match__in=begun - known).values_list("match", flat=True))
    return known | {pk for pk, told in _told(begun - known) if not told.isdisjoint(changed[pk])}


def _told(matches: Set[int]) -> Iterator[tuple[int, set[str]]]:
    """Yields the id of a match, and the fields that somebody once told something of, change by change."""
    rows = ResultChange.objects.filter(match__in=matches).values_list("match", "before", "after") if matches else ()
    for match_id, before, after in rows:
        yield match_id, {*before, *after}
