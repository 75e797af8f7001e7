"""Removes the results of tasks that nobody will look at any more; the queue itself keeps every one."""

from datetime import datetime, timedelta

from django.conf import settings
from django_q.models import Task

AT_ONCE = 2_000
"""Results of one kind that one run removes."""


def prune(now: datetime) -> int:
    """Removes the oldest results of tasks that are older than `KEPT_TASKS` says; returns how many."""
    return _prune(success=True, before=now - timedelta(days=settings.KEPT_TASKS["done"])) + _prune(
        success=False, before=now - timedelta(days=settings.KEPT_TASKS["failed"])
    )


def _prune(*, success: bool, before: datetime) -> int:
    old = Task.objects.filter(success=success, stopped__lt=before).order_by("stopped")
    ids = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Task.objects.filter(pk__in=ids).delete()[0] if ids else 0
