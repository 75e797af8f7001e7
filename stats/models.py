"""Derived from the scores of a season: the totals of each model, and what was counted for each match."""

from django.db import models

from scoring.models import AIModel, Match, Season


class ModelStats(models.Model):
    """The totals of one model in one season. Hits are cumulative; a streak is a run of right tendencies."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="model_stats")
    model = models.ForeignKey(AIModel, on_delete=models.PROTECT, related_name="stats")
    predictions = models.PositiveIntegerField(help_text="Predictions counted.")
    points = models.PositiveIntegerField()
    tendency_hits = models.PositiveIntegerField()
    goal_difference_hits = models.PositiveIntegerField()
    exact_hits = models.PositiveIntegerField()
    current_streak = models.PositiveIntegerField()
    best_streak = models.PositiveIntegerField()

    class Meta:
        ordering = ["season", "-points"]
        verbose_name = verbose_name_plural = "model stats"
        constraints = [
            models.UniqueConstraint(fields=["season", "model"], name="model_stats_once_per_season"),
            models.CheckConstraint(condition=models.Q(predictions__gt=0), name="model_stats_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.model} in {self.season}: {self.points} points"


class MatchStats(models.Model):
    """That a settled match was counted: which revision, when, and as which version of the season's stats.

    `version` is the season's version at which the table up to this match last changed. `kickoff` is the kickoff by
    which the match was put in order when it was counted.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="stats", primary_key=True)
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="match_stats")
    revision = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    kickoff = models.DateTimeField()
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["-kickoff", "-match_id"]
        verbose_name = verbose_name_plural = "match stats"
        indexes = [models.Index(fields=["season", "kickoff"], name="match_stats_kickoff")]

    def __str__(self) -> str:
        return f"revision {self.revision} counted in version {self.version}"
