"""The competitors, under which names they are known, and what they predicted."""

from django.db import models
from django.db.models import Q

from scoring.models.indexes import PrefixIndex
from scoring.models.match import Match
from scoring.rules import Goals, Probabilities


class AIModel(models.Model):
    """A competitor: a language model, or a statistical baseline."""

    class Kind(models.TextChoices):
        LANGUAGE_MODEL = "language_model", "language model"
        BASELINE = "baseline", "statistical baseline"
        UNKNOWN = "unknown", "not said"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.UNKNOWN)
    description = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField(
        default=True, help_text="Off: keeps its predictions, its scores and its place in the tables."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "model"
        indexes = [
            models.Index(fields=["changed_at"], name="aimodel_changed"),
            PrefixIndex(fields=["name"], name="aimodel_name_prefix"),
        ]

    def __str__(self) -> str:
        return self.name


class AIModelAlias(models.Model):
    """Another name under which files may know a model."""

    name = models.CharField(max_length=120, unique=True)
    model = models.ForeignKey(AIModel, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["name"]
        verbose_name = "model alias"
        verbose_name_plural = "model aliases"
        indexes = [PrefixIndex(fields=["name"], name="aimodel_alias_prefix")]

    def __str__(self) -> str:
        return f"{self.name} = {self.model}"


class Prediction(models.Model):
    """One scoreline by one model for one match, and optionally three probabilities that add up to 1.

    One that a person took out of the field (`excluded`) is kept and shown, but never counts.
    """

    class Exclusion(models.TextChoices):
        NONE = "", "counts"
        WITHDRAWN = "withdrawn", "withdrawn by its maker"
        VOIDED = "voided", "declared void"

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="predictions")
    model = models.ForeignKey(AIModel, on_delete=models.PROTECT, related_name="predictions", db_index=False)
    home_goals = models.PositiveSmallIntegerField()
    away_goals = models.PositiveSmallIntegerField()
    p_home = models.FloatField(null=True, blank=True)
    p_draw = models.FloatField(null=True, blank=True)
    p_away = models.FloatField(null=True, blank=True)
    submitted_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: not known; the prediction counts and is shown as unverified."
    )
    excluded = models.CharField(max_length=9, choices=Exclusion, blank=True, default=Exclusion.NONE, editable=False)
    excluded_because = models.CharField(max_length=300, blank=True, editable=False)
    excluded_by = models.CharField(max_length=150, blank=True, editable=False)
    excluded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["match", "model"]
        indexes = [
            models.Index(fields=["model", "id"], name="prediction_of_model"),  # in the order in which they are listed
            models.Index(fields=["excluded", "id"], condition=~Q(excluded=""), name="prediction_taken_out"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["match", "model"], name="prediction_once"),
            models.CheckConstraint(
                condition=Q(home_goals__lte=99) & Q(away_goals__lte=99), name="prediction_goals_up_to_99"
            ),
            models.CheckConstraint(
                condition=Q(p_home__isnull=True, p_draw__isnull=True, p_away__isnull=True)
                | Q(p_home__range=(0, 1), p_draw__range=(0, 1), p_away__range=(0, 1)),
                name="prediction_probabilities_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(excluded="", excluded_at__isnull=True) | (~Q(excluded="") & Q(excluded_at__isnull=False)),
                name="prediction_excluded_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.home_goals}–{self.away_goals}"

    @property
    def scoreline(self) -> Goals:
        return Goals(self.home_goals, self.away_goals)

    @property
    def probabilities(self) -> Probabilities | None:
        if self.p_home is None or self.p_draw is None or self.p_away is None:
            return None
        return Probabilities(self.p_home, self.p_draw, self.p_away)
