"""Derived from matches and predictions: how a match was settled, and what each prediction earned."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from scoring.models.competition import Competition, Season
from scoring.models.match import Match
from scoring.models.prediction import AIModel, Prediction
from scoring.rules import Goals, Split


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def current(self) -> Self:
        return self.filter(superseded_at__isnull=True)


class Settlement(models.Model):
    """One scoring of one match, at one revision of it, with everything its points follow from.

    The current one has no `superseded_at`; a superseded one is history, and no table reads it.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="settlements")
    revision = models.PositiveIntegerField()
    rule = models.CharField(max_length=40)
    rule_version = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=20, choices=Competition.Basis)
    home_goals = models.PositiveSmallIntegerField(help_text="Goals that count, on the basis.")
    away_goals = models.PositiveSmallIntegerField()
    chosen_home = models.PositiveIntegerField(help_text="How many of the field chose a home win.")
    chosen_draw = models.PositiveIntegerField()
    chosen_away = models.PositiveIntegerField()
    quota_home = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty for an empty field.")
    quota_draw = models.PositiveSmallIntegerField(null=True, blank=True)
    quota_away = models.PositiveSmallIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_because = models.CharField(max_length=300, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["-settled_at", "-id"]
        indexes = [models.Index(fields=["-settled_at", "-id"], name="settlement_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["match"], condition=Q(superseded_at__isnull=True), name="settlement_one_current"
            ),
            models.UniqueConstraint(fields=["match", "revision"], name="settlement_once_per_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.home_goals}–{self.away_goals} at revision {self.revision}"

    @property
    def goals(self) -> Goals:
        return Goals(self.home_goals, self.away_goals)

    @property
    def split(self) -> Split:
        return Split(self.chosen_home, self.chosen_draw, self.chosen_away)


class ScoreQuerySet(models.QuerySet["Score"]):
    def counted(self) -> Self:
        """Scores of predictions that count: made in time or at an unknown time, and not taken out of the field."""
        return self.exclude(timing__in=Score.WITHOUT_POINTS)


class Score(models.Model):
    """What one prediction earned in the current settlement of its match; a late or void one has no points."""

    class Timing(models.TextChoices):
        IN_TIME = "in_time", "in time"
        UNVERIFIED = "unverified", "unverified"
        LATE = "late", "late"
        VOID = "void", "void"

    WITHOUT_POINTS = (Timing.LATE, Timing.VOID)

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="scores")
    prediction = models.OneToOneField(Prediction, on_delete=models.CASCADE, related_name="score")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="scores")
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="scores", db_index=False)
    model = models.ForeignKey(AIModel, on_delete=models.PROTECT, related_name="scores", db_index=False)
    timing = models.CharField(max_length=10, choices=Timing)
    tendency_hit = models.BooleanField()
    difference_hit = models.BooleanField()
    exact_hit = models.BooleanField()
    tendency_points = models.PositiveSmallIntegerField(null=True)
    difference_points = models.PositiveSmallIntegerField(null=True)
    exact_points = models.PositiveSmallIntegerField(null=True)
    points = models.PositiveSmallIntegerField(null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["match", "-points", "model"]
        constraints = [
            models.CheckConstraint(
                condition=Q(timing__in=("late", "void"), points__isnull=True, tendency_hit=False)
                | (
                    ~Q(timing__in=("late", "void"))
                    & Q(points__isnull=False)
                    & Q(points=F("tendency_points") + F("difference_points") + F("exact_points"))
                ),
                name="score_points_are_the_sum_of_their_parts",
            ),
            models.CheckConstraint(
                condition=(Q(exact_hit=False) | Q(difference_hit=True))
                & (Q(difference_hit=False) | Q(tendency_hit=True)),
                name="score_hits_are_cumulative",
            ),
        ]
        indexes = [
            models.Index(fields=["season", "model"], name="score_season_model"),
            # In the order in which they are listed.
            models.Index(fields=["season", "id"], name="score_of_season"),
            models.Index(fields=["model", "id"], name="score_of_model"),
            models.Index(fields=["timing", "id"], condition=~Q(timing="in_time"), name="score_not_in_time"),
            models.Index(fields=["id"], condition=Q(exact_hit=True), name="score_exact"),
        ]

    def __str__(self) -> str:
        return str(self.timing if self.points is None else self.points)
