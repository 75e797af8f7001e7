"""Counts the attempts at a step, and lets one that failed come again by itself after a pause that grows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import Schedule

from scoring.locks import retried
from scoring.models import Match, MatchProgress, Season
from scoring.steps import Step, match_steps, place_of, schedule, schedule_name, season_steps

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 300, 900, 3600, 21_600))
"""After the first failed attempt, the second, and so on; the last one from then on."""

ERROR_LENGTH = 2000

NOT_WRITTEN_DOWN = "and it could not be written down for a next try"
"""In the notes of an error: the task must be delivered again, there is no other trace of it."""


def pause(attempts: int) -> timedelta:
    """Return how long a step waits for its next try after this many failed attempts."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def in_words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:ERROR_LENGTH]


@contextmanager
def attempt(match_id: int, step: str) -> Iterator[None]:
    """Counts an attempt at a step before its work begins. If it fails, writes down why and schedules the next one.

    The error goes on its way, that of a task which took too long as well. If even the note can't be written, the error
    says so (see `is_lost`), and the cluster delivers the task again.
    """
    began, counted = timezone.now(), False
    try:
        _count(match_id, step, began)
        counted = True
        yield
    except (Exception, TimeoutException) as error:
        with or_lost(error):
            note_failure(match_id, match_steps()[place_of(step)], error, began=began, counted=counted)
        raise


@contextmanager
def attempt_season(season_id: int, step: str) -> Iterator[None]:
    """The same for a step of `SEASON_PIPELINE` that does its work for all matches of a season at once."""
    began, counted = timezone.now(), False
    place = [s.path for s in season_steps()].index(step)
    try:
        _begin(season_id, match_steps()[place].path, began)
        counted = True
        yield
    except (Exception, TimeoutException) as error:
        with or_lost(error):
            _note_season_failure(season_id, place, error, _since(began, counted=counted))
        raise


@contextmanager
def season_comes_again(season_id: int, step: str) -> Iterator[None]:
    """For a step of `SEASON_PIPELINE` that does one match after the other: if it ends early, it comes for the rest.

    The pause is that of the match that failed last, but no shorter than the step's delay.
    """
    place = [s.path for s in season_steps()].index(step)
    try:
        yield
    except (Exception, TimeoutException) as error:
        with or_lost(error):
            _come_again(season_id, place)
        raise


def is_lost(error: BaseException) -> bool:
    """Whether this failure could not be written down, so that nothing will come of it by itself."""
    return any(NOT_WRITTEN_DOWN in note for note in getattr(error, "__notes__", ()))


def ends_all(error: BaseException) -> bool:
    """Whether a task that does one match after the other must not go on after this failure of one."""
    return isinstance(error, TimeoutException) or is_lost(error)


@contextmanager
def or_lost(error: BaseException) -> Iterator[None]:
    """Lets an error say of itself that what is done here about it failed, too."""
    try:
        yield
    except (Error, TimeoutException) as second:
        error.add_note(f"{NOT_WRITTEN_DOWN}: {in_words(second)}; it is delivered again")


def _since(began: datetime, *, counted: bool) -> Q:
    """Progress that stands as the attempt that began then left it; if it could not be counted, as it found it."""
    return Q(changed_at=began) if counted else Q(changed_at__lte=began)


@retried
@transaction.atomic
def _count(match_id: int, step: str, began: datetime) -> None:
    MatchProgress.objects.filter(match=match_id, step=step).update(attempts=F("attempts") + 1, changed_at=began)


@retried
@transaction.atomic
def note_failure(match_id: int, step: Step, error: BaseException, *, began: datetime, counted: bool = True) -> None:
    """Writes down why the attempt that began then failed, and schedules the next.

    If the match has moved since, or somebody else has begun an attempt, it is left to those.
    """
    if Match.objects.select_for_update(no_key=True).filter(pk=match_id).first() is None:
        return
    here = MatchProgress.objects.filter(_since(began, counted=counted), match=match_id, step=step.path)
    if when := _wait_after(here, error):
        schedule(step, match_id, when)


@retried
@transaction.atomic
def _come_again(season_id: int, place: int) -> None:
    if Season.objects.select_for_update(no_key=True).filter(pk=season_id).first() is None:
        return
    step, now = season_steps()[place], timezone.now()
    failed = MatchProgress.objects.failing().filter(match__season=season_id, step=match_steps()[place].path)
    attempts = failed.order_by("-changed_at").values_list("attempts", flat=True).first() or 1
    when = now + max(pause(attempts), timedelta(seconds=step.delay or 0))
    pending = Schedule.objects.select_for_update(no_key=True).filter(name=schedule_name(step, season_id))
    if not pending.filter(next_run__lte=when):
        schedule(step, season_id, when)


@retried
@transaction.atomic
def _begin(season_id: int, step: str, began: datetime) -> None:
    """Counts the attempt for every match of a season that stands at a step."""
    here = MatchProgress.objects.filter(match__season=season_id, step=step, revision=F("match__revision"))
    locked = here.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
    MatchProgress.objects.filter(pk__in=list(locked)).update(attempts=F("attempts") + 1, changed_at=began)


@retried
@transaction.atomic
def _note_season_failure(season_id: int, place: int, error: BaseException, since: Q) -> None:
    if Season.objects.select_for_update(no_key=True).filter(pk=season_id).first() is None:
        return
    step = match_steps()[place].path
    here = MatchProgress.objects.filter(since, match__season=season_id, step=step)
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
