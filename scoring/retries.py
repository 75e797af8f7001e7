"""Counts the attempts at a step, and lets one that failed come again by itself after a pause that grows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django_q.exceptions import TimeoutException

from scoring.locks import retried
from scoring.models import Match, MatchProgress, Season
from scoring.steps import Step, Task, match_steps, place_of, schedule, season_steps

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 300, 900, 3600, 21_600))
"""After the first failed attempt, the second, and so on; the last one from then on."""

ERROR_LENGTH = 2000


def pause(attempts: int) -> timedelta:
    """Return how long a step waits for its next try after this many failed attempts."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def in_words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:ERROR_LENGTH]


@contextmanager
def attempt(match_id: int, step: str, task: Task | None = None) -> Iterator[None]:
    """Counts an attempt at a step before its work begins. If it fails, writes down why and schedules the next one.

    `task` is what comes again, if it is not the step's own. The error goes on its way, that of a task which took too
    long as well. If even the note can't be written, the match has lost its place in the queue, and `catch_up` finds it.
    """
    began = timezone.now()
    MatchProgress.objects.filter(match=match_id, step=step).update(attempts=F("attempts") + 1, changed_at=began)
    try:
        yield
    except (Exception, TimeoutException) as error:
        try:
            note_failure(match_id, match_steps()[place_of(step)], error, began=began, task=task)
        except DatabaseError as second:
            error.add_note(f"and it could not be written down for a next try: {in_words(second)}; catch_up finds it")
        raise


@contextmanager
def attempt_season(season_id: int, step: str) -> Iterator[None]:
    """The same for a step of `SEASON_PIPELINE` that does its work for all matches of a season at once."""
    began = timezone.now()
    place = [s.path for s in season_steps()].index(step)
    _begin(season_id, match_steps()[place].path, began)
    try:
        yield
    except (Exception, TimeoutException) as error:
        try:
            _note_season_failure(season_id, place, error, began)
        except DatabaseError as second:
            error.add_note(f"and it could not be written down for a next try: {in_words(second)}; catch_up finds it")
        raise


@retried
@transaction.atomic
def note_failure(match_id: int, step: Step, error: BaseException, *, began: datetime, task: Task | None = None) -> None:
    """Writes down why the attempt that began then failed, and schedules the next.

    If the match has moved since, or somebody else has begun an attempt, it is left to those.
    """
    if Match.objects.select_for_update(no_key=True).filter(pk=match_id).first() is None:
        return
    here = MatchProgress.objects.filter(match=match_id, step=step.path, changed_at=began)
    if when := _wait_after(here, error):
        schedule(step, match_id, when, task)


@retried
@transaction.atomic
def _begin(season_id: int, step: str, began: datetime) -> None:
    """Counts the attempt for every match of a season that stands at a step."""
    here = MatchProgress.objects.filter(match__season=season_id, step=step, revision=F("match__revision"))
    locked = here.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
    MatchProgress.objects.filter(pk__in=list(locked)).update(attempts=F("attempts") + 1, changed_at=began)


@retried
@transaction.atomic
def _note_season_failure(season_id: int, place: int, error: BaseException, began: datetime) -> None:
    if Season.objects.select_for_update(no_key=True).filter(pk=season_id).first() is None:
        return
    step = match_steps()[place].path
    here = MatchProgress.objects.filter(match__season=season_id, step=step, changed_at=began)
    locked = here.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
    if when := _wait_after(MatchProgress.objects.filter(pk__in=list(locked)), error):
        schedule(season_steps()[place], season_id, when)


def _wait_after(failed: "QuerySet[MatchProgress]", error: BaseException) -> datetime | None:
    """Writes the error into these rows, and when the next try is, which it returns; None if there is no row."""
    attempts = failed.aggregate(most=Max("attempts"))["most"]
    if attempts is None:
        return None
    now = timezone.now()
    failed.update(error=in_words(error), queued_at=now, next_try=now + pause(attempts), changed_at=now)
    return now + pause(attempts)
