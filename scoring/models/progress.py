"""How far the work on each match has come."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from scoring.models.match import Match

LOST_AFTER = timedelta(minutes=30)
"""A step this long past its time has lost its place in the queue; one that has not does no harm if it is done twice."""


class MatchProgressQuerySet(models.QuerySet["MatchProgress"]):
    def unfinished(self) -> Self:
        return self.exclude(step="")

    def failing(self) -> Self:
        return self.exclude(error="")

    def in_flight(self) -> Self:
        """Work that stands in the queue, or waits for its time; what is long past its time counts as lost."""
        return self.unfinished().filter(queued_at__isnull=False, next_try__gt=timezone.now() - LOST_AFTER)


class MatchProgress(models.Model):
    """The step that is next for a match at a revision; an empty `step`: everything is done.

    `queued_at` says since when that step stands in the queue, `next_try` when it is due, `error` why it failed last.
    Queue payloads can't be searched; this one row a match tells what is behind.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="progress", primary_key=True)
    revision = models.PositiveIntegerField()
    step = models.CharField(max_length=120, blank=True, help_text="The task that is next; empty: done.")
    queued_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = MatchProgressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "match progress"
        indexes = [
            models.Index(fields=["step", "queued_at"], condition=~models.Q(step=""), name="progress_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.step or 'done'} at revision {self.revision}"
