"""What writing took: every attempt of a language model; what an editor ordered; which fixtures are rivalries."""

from django.db import models
from django.db.models import F, Q

from content.models.policies import WriterName
from scoring.models import Match, Team
from scoring.models.indexes import PrefixIndex


class Attempt(models.Model):
    """One answer that a language model was asked for, what it cost, and what the check found in it. Never edited.

    The row is written before the call, so that the calls of a day can be counted, and completed after it.
    """

    class Outcome(models.TextChoices):
        ASKED = "asked", "no answer yet"
        ACCEPTED = "accepted"
        PROBLEMS = "problems", "the check found problems"
        FAILED = "failed", "no usable answer"

    match = models.ForeignKey(Match, on_delete=models.CASCADE, null=True, blank=True, related_name="attempts")
    subject = models.CharField(max_length=200, help_text="What the article was to be about.")
    facts_hash = models.CharField(max_length=64)
    writer = models.CharField(max_length=20, choices=WriterName)
    language_model = models.CharField(max_length=120)
    prompt_version = models.CharField(max_length=40)
    is_repair = models.BooleanField(default=False, help_text="On: it was asked to mend the problems of the one before.")
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.ASKED)
    error = models.CharField(max_length=500, blank=True)
    headline = models.TextField(blank=True)
    prose = models.TextField(blank=True, help_text="Markdown, as it came; tables are never taken from a model.")
    problems = models.JSONField(default=list, help_text="What the check found: start, end, kind, says, facts.")
    words = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    tokens_estimated = models.BooleanField(
        default=False, help_text="On: the server did not say how many tokens it took."
    )
    cost = models.DecimalField(max_digits=12, decimal_places=6, default=0, help_text="In the currency of the prices.")
    asked_at = models.DateTimeField()
    seconds = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="attempt_newest"),
            models.Index(fields=["match", "facts_hash"], name="attempt_of_facts"),
            models.Index(fields=["outcome", "-asked_at", "-id"], name="attempt_by_outcome"),
            PrefixIndex(fields=["subject"], name="attempt_subject_prefix"),
        ]

    def __str__(self) -> str:
        return f"{self.language_model} on {self.subject}: {self.get_outcome_display()}"


class Spending(models.Model):
    """What language models were asked for on one day (UTC): calls, and what they cost, or may cost while they last."""

    day = models.DateField(primary_key=True)
    calls = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name_plural = "spending"

    def __str__(self) -> str:
        return f"{self.day}: {self.calls} calls"


class Commission(models.Model):
    """How the next version of a roundup is to be written, as an editor ordered it; gone when it is written."""

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="commission", primary_key=True)
    writer = models.CharField(max_length=20, choices=WriterName, blank=True, help_text="Empty: as it is set.")
    storyline = models.CharField(max_length=40, blank=True, help_text="What the headline tells; empty: the rarest.")
    by = models.CharField(max_length=150)
    ordered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.match}: {self.writer or 'as set'}"


class Rivalry(models.Model):
    """Two teams whose matches are a derby, and what it is called. Editors keep them; `first` has the lower id."""

    first = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, help_text="What the match is called in a sentence: the Old Firm derby.")

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "rivalries"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="rivalry_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="rivalry_in_order"),
        ]

    def __str__(self) -> str:
        return self.name
