"""Matches, their goals, and the record of what changed in them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from scoring import rules
from scoring.models.competition import Competition, Season, Team
from scoring.models.indexes import PrefixIndex
from scoring.rules import Goals, Phases

PHASES = ("half_time", "full_time", "extra_time", "shootout")


def result_counts(prefix: str = "") -> Q:
    """Return the condition of `MatchQuerySet.to_settle`, for a query that reaches the match by `prefix` (`match__`)."""
    finished = Q(**{f"{prefix}status": Match.Status.FINISHED})
    awarded = Q(**{f"{prefix}status": Match.Status.AWARDED, f"{prefix}season__competition__score_awarded": True})
    return (finished | awarded) & Q(**{f"{prefix}full_time_home__isnull": False})


def awaits_result(now: datetime) -> Q:
    """Return the condition of `MatchQuerySet.awaiting_result`, to count by."""
    unknown = Q(status=Match.Status.FINISHED, full_time_home__isnull=True)
    return (Q(status__in=(Match.Status.SCHEDULED, Match.Status.LIVE)) | unknown) & Q(kickoff__lte=now)


class MatchQuerySet(models.QuerySet["Match"]):
    def with_names(self) -> Self:
        """Joins the teams, the season and the competition, which a match needs to be shown or settled."""
        return self.select_related("home", "away", "season__competition")

    def played_out(self) -> Self:
        """Matches in which nothing more will be played: finished, or void."""
        return self.exclude(status__in=Match.OPEN_STATUSES)

    def to_settle(self) -> Self:
        """Matches whose result counts: finished (or awarded, where that counts) with the full-time score known."""
        return self.filter(result_counts())

    def without_known_score(self) -> Self:
        """Finished matches that can't be scored because the full-time score is not known."""
        return self.filter(status=Match.Status.FINISHED, full_time_home__isnull=True)

    def awaiting_result(self, now: datetime) -> Self:
        """Matches that have kicked off and whose score nobody has told: not over, or finished without one."""
        return self.filter(awaits_result(now))

    def settled(self) -> Self:
        """Matches with a current settlement."""
        return self.filter(settlements__isnull=False, settlements__superseded_at__isnull=True)

    def behind(self, step: str) -> Self:
        """Matches that stand at this step (a dotted path) at their present revision."""
        return self.filter(progress__step=step, progress__revision=F("revision"))

    def closed(self, now: datetime) -> Self:
        """Matches for which predictions no longer come in freely: begun, over, or worked on already."""
        return self.filter(Q(kickoff__lte=now) | ~Q(status__in=Match.OPEN_STATUSES) | Q(progress__isnull=False))

    def not_started(self) -> Self:
        """Matches whose pipeline never began for their present revision: over, or worked on at an older one."""
        over_and_untouched = ~Q(status__in=Match.OPEN_STATUSES) & Q(progress__isnull=True)
        return self.filter(over_and_untouched | Q(progress__revision__lt=F("revision")))

    def by_kickoff(self) -> Self:
        return self.order_by("kickoff", "id")


class Match(models.Model):
    """One match. Goals that are not known are None, never 0.

    `kickoff` is the beginning of the day (UTC) while the time of day is unknown; `date` is the date as printed where
    the match is played. `revision` grows by one, once per
    transaction, when anything changes that scoring or a roundup reads.
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled"
        LIVE = "live"
        FINISHED = "finished"
        POSTPONED = "postponed"
        ABANDONED = "abandoned"
        CANCELLED = "cancelled"
        AWARDED = "awarded"

    class Source(models.TextChoices):
        UNKNOWN = "", "nobody yet"
        IMPORT = "import", "a file"
        PERSON = "person", "a person"

    OPEN_STATUSES = (Status.SCHEDULED, Status.LIVE, Status.POSTPONED)

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="matches")
    home = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="home_matches")
    away = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="away_matches")
    round = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=80, blank=True)
    group = models.CharField(max_length=80, blank=True)
    num = models.PositiveIntegerField(null=True, blank=True, help_text="The number of the match in its competition.")
    venue = models.CharField(max_length=160, blank=True)
    date = models.DateField(help_text="As printed, where the match is played.")
    kickoff = models.DateTimeField()
    time_known = models.BooleanField(
        default=True, help_text="Off: the time of day is unknown; the match locks when its day begins (UTC)."
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.SCHEDULED)
    half_time_home = models.PositiveSmallIntegerField(null=True, blank=True)
    half_time_away = models.PositiveSmallIntegerField(null=True, blank=True)
    full_time_home = models.PositiveSmallIntegerField(null=True, blank=True)
    full_time_away = models.PositiveSmallIntegerField(null=True, blank=True)
    extra_time_home = models.PositiveSmallIntegerField(null=True, blank=True)
    extra_time_away = models.PositiveSmallIntegerField(null=True, blank=True)
    shootout_home = models.PositiveSmallIntegerField(null=True, blank=True)
    shootout_away = models.PositiveSmallIntegerField(null=True, blank=True)
    result_source = models.CharField(max_length=6, choices=Source, default=Source.UNKNOWN, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["-kickoff", "-id"]
        verbose_name_plural = "matches"
        constraints = [
            models.CheckConstraint(condition=~Q(home=F("away")), name="match_two_teams"),
            models.UniqueConstraint(
                fields=["season", "num"], condition=Q(num__isnull=False), name="match_number_once_per_season"
            ),
            models.UniqueConstraint(fields=["season", "round", "home", "away", "date"], name="match_once"),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{phase}_home__isnull": True, f"{phase}_away__isnull": True})
                    | Q(**{f"{phase}_home__isnull": False, f"{phase}_away__isnull": False}),
                    name=f"match_{phase}_both_or_none",
                )
                for phase in PHASES
            ],
        ]
        indexes = [
            models.Index(fields=["season", "kickoff", "id"], name="match_season_kickoff"),
            models.Index(fields=["-kickoff", "-id"], name="match_newest"),
            models.Index(
                fields=["-kickoff", "-id"],
                condition=Q(status="finished", full_time_home__isnull=True),
                name="match_score_unknown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} – {self.away}, {self.date}"

    def goals_of(self, phase: str) -> Goals | None:
        """Return the score of a phase of `PHASES`, None if it is not known or was not played."""
        home, away = getattr(self, f"{phase}_home"), getattr(self, f"{phase}_away")
        return None if home is None or away is None else Goals(home, away)

    @property
    def phases(self) -> Phases:
        return Phases(*(self.goals_of(phase) for phase in PHASES))

    @property
    def is_over(self) -> bool:
        return self.status not in Match.OPEN_STATUSES

    def counted_goals(self, competition: Competition) -> Goals | None:
        """Return the goals that predictions are measured against, None if the match does not count (yet)."""
        counts = self.status == Match.Status.FINISHED or (
            self.status == Match.Status.AWARDED and competition.score_awarded
        )
        return rules.counted_goals(self.phases, rules.Basis(competition.basis)) if counts else None

    def why_not_settled(self, competition: Competition) -> str:
        """Return why this match does not count, in words; empty if it does."""
        if self.counted_goals(competition) is not None:
            return ""
        if self.status == Match.Status.FINISHED:
            return "finished, but the full-time score is not known"
        return f"{self.get_status_display().lower()}" + ("" if self.status in Match.OPEN_STATUSES else ", so void")


class Goal(models.Model):
    """A goal, in the list of the side it counts for: an own goal stands with the side that profits.

    `minute` is 1 to 130; `stoppage` is 3 for 90+3.
    """

    class Side(models.TextChoices):
        HOME = "home"
        AWAY = "away"

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="goals")
    side = models.CharField(max_length=4, choices=Side)
    position = models.PositiveSmallIntegerField(help_text="Place in the list of its side, from 0.")
    scorer = models.CharField(max_length=120, blank=True)
    minute = models.PositiveSmallIntegerField(null=True, blank=True)
    stoppage = models.PositiveSmallIntegerField(null=True, blank=True)
    penalty = models.BooleanField(default=False)
    own_goal = models.BooleanField(default=False)

    class Meta:
        ordering = ["match", "side", "position"]
        indexes = [PrefixIndex(fields=["scorer"], name="goal_scorer_prefix")]
        constraints = [models.UniqueConstraint(fields=["match", "side", "position"], name="goal_once")]

    def __str__(self) -> str:
        return f"{self.scorer or '?'} {self.minute or '?'}′"


class ResultChange(models.Model):
    """What somebody changed in a match: before, after, why, who, when. Never edited."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField(help_text="The revision that this change made.")
    before = models.JSONField(help_text="The fields that changed, as they were.")
    after = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["match", "revision"], name="result_change_revision"),
            models.Index(fields=["-at", "-id"], name="result_change_newest"),
            PrefixIndex(fields=["by"], name="result_change_by_prefix"),
        ]

    def __str__(self) -> str:
        return f"revision {self.revision} by {self.by}"
