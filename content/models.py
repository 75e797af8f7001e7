"""Roundups, and every version of them."""

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from scoring.models import Match


class RoundupQuerySet(models.QuerySet["Roundup"]):
    def with_match(self) -> Self:
        return self.select_related("match__home", "match__away", "match__season__competition", "match__stats")

    def public(self) -> Self:
        """What readers may see: published, and written from the present revision of the match and table."""
        return self.filter(
            status=Roundup.Status.PUBLISHED,
            revision=F("match__revision"),
            match__stats__revision=F("match__revision"),
            stats_version=F("match__stats__version"),
        )

    def being_rewritten(self) -> Self:
        """Published, but the result or the table under it has changed since: its numbers are shown to nobody."""
        return self.with_standing().filter(status=Roundup.Status.PUBLISHED, is_current=False)

    def with_standing(self) -> Self:
        """Annotates `is_current`: whether the roundup was written from what holds now."""
        current = Q(
            revision=F("match__revision"),
            match__stats__revision=F("match__revision"),
            stats_version=F("match__stats__version"),
        )
        return self.annotate(is_current=Case(When(current, then=Value(True)), default=Value(False)))

    def newest_first(self) -> Self:
        return self.order_by("-match__kickoff", "-match_id")


class Written(models.Model):
    """What a writer wrote, and what from: the facts, their hash, the match's revision and the table's version."""

    headline = models.CharField(max_length=250)
    text = models.TextField(help_text="Markdown, without the headline.")
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    stats_version = models.PositiveIntegerField()
    writer = models.CharField(max_length=60)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True


class Roundup(Written):
    """The article about one match. There is at most one for each."""

    class Status(models.TextChoices):
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="roundup")
    status = models.CharField(max_length=12, choices=Status, default=Status.PUBLISHED)
    note = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn.")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = RoundupQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["-written_at", "-id"], name="roundup_newest")]

    def __str__(self) -> str:
        return self.headline


class RoundupRevision(Written):
    """One version of a roundup, as it was saved. Never edited."""

    roundup = models.ForeignKey(Roundup, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["roundup", "number"], name="roundup_version_once")]

    def __str__(self) -> str:
        return f"version {self.number}"
