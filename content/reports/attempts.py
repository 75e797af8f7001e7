"""Counts the attempts at a report; one that failed, or had to wait, comes again by itself after a growing pause."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django_q.exceptions import TimeoutException

from content.reports.ordering import Subject, lock, schedule
from scoring.locks import retried
from scoring.pipeline import LONG_WAIT, LONGEST_WAIT
from scoring.retries import ERROR_LENGTH, in_words, or_lost, pause


@contextmanager
def attempt(subject: Subject) -> Iterator[None]:
    """Counts an attempt before its work begins. If it fails, writes down why and schedules the next one.

    The error goes on its way. From here on the task counts as taken: what makes the report due again queues another.
    """
    try:
        begin(subject)
        yield
    except (Exception, TimeoutException) as error:
        with or_lost(error):
            come_again(subject, in_words(error))
        raise


@retried
@transaction.atomic
def begin(subject: Subject) -> None:
    progress = lock(subject)
    progress.queued_at, progress.next_try = None, None
    progress.attempts += 1
    progress.changed_at = timezone.now()
    progress.save()


@retried
@transaction.atomic
def come_again(subject: Subject, error: str = "", *, waits_for: str = "") -> None:
    """Schedules the next attempt, unless another one is queued already.

    One that merely waits for something gets the reason as its error once it has waited for long.
    """
    progress = lock(subject)
    pauses = min(pause(progress.attempts), LONGEST_WAIT) if waits_for else pause(progress.attempts)
    if waits_for and progress.attempts >= LONG_WAIT:
        error = f"it still waits, {waits_for}"
    progress.error, progress.changed_at = error[:ERROR_LENGTH], timezone.now()
    if progress.queued_at is None:
        progress.queued_at = progress.changed_at
        progress.next_try = progress.changed_at + pauses
        schedule(subject, progress.next_try)
    progress.save()
