"""Competitions, their seasons, and the teams that play in them."""

from django.db import models

from scoring import rules
from scoring.models.indexes import PrefixIndex


class Competition(models.Model):
    """A league or a cup; says which goals count and by which rule points are given."""

    class Basis(models.TextChoices):
        REGULAR_TIME = rules.Basis.REGULAR_TIME.value, "after 90 minutes"
        AFTER_EXTRA_TIME = rules.Basis.AFTER_EXTRA_TIME.value, "after extra time"
        AFTER_SHOOTOUT = rules.Basis.AFTER_SHOOTOUT.value, "after extra time and penalties"

    name = models.CharField(max_length=120, unique=True)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.REGULAR_TIME)
    rule = models.CharField(
        max_length=40,
        choices=[(name, name) for name in rules.RULES],
        default=rules.DEFAULT_RULE,
        help_text="How points are given.",
    )
    score_awarded = models.BooleanField(
        default=False, help_text="Score a match that was awarded, instead of treating it as void."
    )
    time_zone = models.CharField(
        max_length=60, blank=True, help_text="Where kickoff times without an offset are read, such as Europe/London."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Season(models.Model):
    """One season of a competition. `stats_version` grows whenever its model stats are replaced."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="seasons")
    label = models.CharField(max_length=20, help_text="The year or years, such as 2026 or 2025/26.")
    name = models.CharField(max_length=160, unique=True, help_text="What people see and type, such as World Cup 2026.")
    stats_version = models.PositiveIntegerField(default=0, editable=False)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["competition", "label"], name="season_once_per_competition")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        indexes = [PrefixIndex(fields=["name"], name="team_name_prefix")]

    def __str__(self) -> str:
        return self.name


class TeamAlias(models.Model):
    """Another name under which files know a team."""

    name = models.CharField(max_length=120, unique=True)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "team aliases"
        indexes = [PrefixIndex(fields=["name"], name="team_alias_prefix")]

    def __str__(self) -> str:
        return f"{self.name} = {self.team}"
