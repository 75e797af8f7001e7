"""Two records of one team or one model that became one, kept so that it can be undone."""

from typing import Self

from django.db import models
from django.db.models import Q


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        """Merges that were not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """That one record became part of another: what it was, what moved, why, by whom and when.

    Both are kept by number and name, not by reference: the old record of a team is gone, and the other may become part
    of a third. `old_fields` are the fields of the old record; `moved` are the ids of its predictions (of a model), or
    of its matches by side and what other rooms brought `along` (of a team); `names` are the other names that were its
    own.
    """

    class Kind(models.TextChoices):
        TEAM = "team"
        MODEL = "model"

    kind = models.CharField(max_length=5, choices=Kind)
    old_pk = models.BigIntegerField()
    old_name = models.CharField(max_length=120)
    into_pk = models.BigIntegerField()
    into_name = models.CharField(max_length=120)
    old_fields = models.JSONField()
    moved = models.JSONField()
    names = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_because = models.CharField(max_length=300, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "old_pk"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_name} = {self.into_name}{', undone' if self.undone_at else ''}"
