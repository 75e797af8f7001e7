"""Reports on a whole round, or on one model's season: what they are pinned to, every version, and the work on them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from content.models.roundups import Roundup
from content.models.texts import Text
from content.moving import on_their_way
from scoring.models import AIModel, Match, Season

LEFT = ~Q(match__season=F("season")) | ~Q(match__round=F("round"))
ANOTHER_REVISION = Q(revision__isnull=False) & ~Q(match__revision=F("revision"))
ANOTHER_TABLE = Q(stats_version__isnull=False) & (
    Q(match__stats__isnull=True)
    | ~Q(match__stats__version=F("stats_version"))
    | ~Q(match__stats__revision=F("revision"))
)
COUNTED_SINCE = Q(stats_version__isnull=True, match__stats__isnull=False)
NO_LONGER_OPEN = Q(revision__isnull=True) & ~Q(match__status__in=Match.OPEN_STATUSES)
RENAMED = Q(revision__isnull=True) & (~Q(match__home__name=F("home")) | ~Q(match__away__name=F("away")))

BROKEN = LEFT | ANOTHER_REVISION | ANOTHER_TABLE | COUNTED_SINCE | NO_LONGER_OPEN | RENAMED
"""That a match of a round is not, or no longer there, as a report on the round has it."""


class ReportQuerySet(models.QuerySet["Report"]):
    def with_subject(self) -> Self:
        return self.select_related("season__competition", "model")

    def holding(self) -> Self:
        """Reports with nothing to do for a writer: what they are pinned to is as it was.

        Of a round: each of its matches, and that there are no others. Of a model's season: its table.
        """
        return self.filter(_holds())

    def current(self) -> Self:
        """Reports that are true now and for the time being: no match is on its way into the table under them."""
        earlier = Q(match__kickoff__lt=OuterRef("until")) | Q(match__stats__kickoff__lt=OuterRef("until"))
        moving = on_their_way().filter(match__season=OuterRef("season"))
        still = Q(kind=Report.Kind.ROUND) & ~Exists(moving.filter(earlier))
        return self.holding().filter(still | (Q(kind=Report.Kind.SEASON) & ~Exists(moving)))

    def public(self) -> Self:
        """What readers may see: published, and true."""
        return self.current().filter(status=Report.Status.PUBLISHED)

    def on_rounds(self) -> Self:
        return self.filter(kind=Report.Kind.ROUND)

    def on_seasons(self) -> Self:
        return self.filter(kind=Report.Kind.SEASON)


class Report(Text):
    """The article about one round of a season, or about the season of one model. There is at most one for each.

    `until`: when the last match of the table under a report on a round began. `stats_version`: that of the season when
    the facts were collected; a report on a model's season is true only while it is the same.
    """

    class Kind(models.TextChoices):
        ROUND = "round", "round"
        SEASON = "season", "season of a model"

    Status = Roundup.Status

    kind = models.CharField(max_length=6, choices=Kind)
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="reports")
    round = models.CharField(max_length=80, blank=True)
    slug = models.CharField(max_length=100, blank=True, help_text="The round in the page's address.")
    model = models.ForeignKey(AIModel, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    stats_version = models.PositiveIntegerField()
    until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Roundup.Status, default=Roundup.Status.PUBLISHED)
    note = models.CharField(max_length=300, blank=True, help_text="Why it was held or withdrawn.")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text="When readers could see it first.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(fields=["-written_at", "-id"], name="report_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "round"], condition=Q(kind="round"), name="report_once_for_a_round"
            ),
            models.UniqueConstraint(
                fields=["season", "slug"], condition=Q(kind="round"), name="report_address_once_in_a_season"
            ),
            models.UniqueConstraint(
                fields=["season", "model"], condition=Q(kind="season"), name="report_once_for_a_season"
            ),
            models.CheckConstraint(
                condition=Q(kind="round", model__isnull=True, until__isnull=False) & ~Q(round="") & ~Q(slug="")
                | Q(kind="season", model__isnull=False, until__isnull=True, round="", slug=""),
                name="report_of_one_kind",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="report_published_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "review", "held", "withdrawn"]), name="report_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def subject(self) -> str:
        """What it is about, in words: the round, or the model."""
        return self.round if self.kind == Report.Kind.ROUND else str(self.model)

    def note_published(self, at: datetime) -> None:
        """Notes when readers can see it first; without saving."""
        if self.published_at is None:
            self.published_at = at


class ReportVersion(Text):
    """One version of a report, as it was saved. Never edited; the text of the report is one of its versions."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    stats_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"version {self.number}"


class ReportPin(models.Model):
    """That a report on a round was written with this match at this revision, and this version of the table up to it.

    It was in this round of this season, as the report is. Without a version: the match did not count. Without a
    revision: it was still to be played, between these teams.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pins")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="report_pins", db_index=False)
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="+", db_index=False)
    round = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(null=True, blank=True)
    stats_version = models.PositiveIntegerField(null=True, blank=True)
    home = models.CharField(max_length=120, blank=True)
    away = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["report", "match"]
        constraints = [models.UniqueConstraint(fields=["match", "report"], name="report_pin_once")]

    def __str__(self) -> str:
        return f"{self.match} at revision {self.revision}"


class ReportProgressQuerySet(models.QuerySet["ReportProgress"]):
    def failing(self) -> Self:
        return self.exclude(error="")

    def queued(self) -> Self:
        """Whose task is in the queue, or scheduled, as far as their rows know."""
        return self.filter(queued_at__isnull=False)


class ReportProgress(models.Model):
    """The work on one report: since when its task is queued (empty: it is not, or was taken), how the last try went.

    Which reports are missing or no longer true follows from the reports themselves; this row keeps two tasks from
    being queued for one, and failures from being forgotten. `name` is that of its task in the queue.
    """

    name = models.CharField(max_length=100, primary_key=True)
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="report_progress")
    round = models.CharField(max_length=80, blank=True)
    model = models.ForeignKey(AIModel, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    queued_at = models.DateTimeField(null=True, blank=True)
    ordered_anew = models.BooleanField(default=False, help_text="On: a new version was asked for, whatever is there.")
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReportProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "work on a report"
        verbose_name_plural = "work on reports"
        ordering = ["-changed_at"]
        indexes = [
            models.Index(fields=["next_try"], condition=~Q(error=""), name="report_failing"),
            models.Index(fields=["queued_at"], condition=Q(queued_at__isnull=False), name="report_queued"),
            models.Index(fields=["-changed_at", "name"], name="report_progress_newest"),
        ]

    def __str__(self) -> str:
        return self.name


def _holds() -> Q:
    broken = ReportPin.objects.filter(BROKEN, report=OuterRef("pk"))
    pinned = ReportPin.objects.filter(report=OuterRef(OuterRef("pk")), match=OuterRef("pk"))
    joined = Match.objects.filter(~Exists(pinned), season=OuterRef("season"), round=OuterRef("round"))
    of_round = Q(kind=Report.Kind.ROUND) & ~Exists(broken) & ~Exists(joined)
    return of_round | Q(kind=Report.Kind.SEASON, stats_version=F("season__stats_version"))
