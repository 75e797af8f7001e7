"""How far the work on each match has come."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from scoring import clocks
from scoring.models.match import Match


class MatchProgressQuerySet(models.QuerySet["MatchProgress"]):
    def unfinished(self) -> Self:
        return self.exclude(step="")

    def failing(self) -> Self:
        return self.exclude(error="")

    def due_before(self, when: datetime) -> Self:
        """Steps to come that were due before then, and those that have stood since before then without being due.

        Those whose time no right clock has written (`scoring.clocks`) are overdue as well. Whether they are lost, or
        only wait for a worker, `scoring.flight` can tell.
        """
        now = timezone.now()
        at_a_time = Q(next_try__lt=when) | Q(next_try__gt=now + clocks.furthest_try())
        since = Q(changed_at__lt=when) | Q(changed_at__gt=now + clocks.APART)
        return self.unfinished().filter(at_a_time | (Q(next_try__isnull=True) & since))


class MatchProgress(models.Model):
    """The step that is next for a match at a revision; an empty `step`: everything is done.

    `queued_at` says since when that step stands in the queue, `next_try` when it is due, `error` why it failed last.
    `ordered_at`: since when the last step is to be done anew, whatever is there; it stays until that was done.
    Queue payloads can't be searched; this one row a match tells what is behind.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="progress", primary_key=True)
    revision = models.PositiveIntegerField()
    step = models.CharField(max_length=120, blank=True, help_text="The task that is next; empty: done.")
    queued_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = MatchProgressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "match progress"
        indexes = [
            models.Index(fields=["step", "queued_at"], condition=~Q(step=""), name="progress_unfinished"),
            models.Index(fields=["next_try"], condition=~Q(error=""), name="progress_failing"),
        ]

    def __str__(self) -> str:
        return f"{self.step or 'done'} at revision {self.revision}"
