"""Who writes the roundups of a competition, and whether an editor sees them before readers do."""

from django.db import models

from scoring.models import Competition


class WriterName(models.TextChoices):
    """The writers there are; see `content.writers`."""

    TEMPLATE = "template", "template"
    LLM = "llm", "language model"


class EditorialPolicy(models.Model):
    """How the roundups of a competition come before readers; without a policy they are published at once."""

    competition = models.OneToOneField(
        Competition, on_delete=models.CASCADE, related_name="editorial_policy", primary_key=True
    )
    review_first = models.BooleanField(default=False, help_text="On: a new roundup waits until an editor publishes it.")
    writer = models.CharField(
        max_length=20,
        choices=WriterName,
        blank=True,
        help_text="Who writes its roundups; empty: as the settings say.",
    )

    class Meta:
        verbose_name_plural = "editorial policies"

    def __str__(self) -> str:
        return f"{self.competition}: {'review first' if self.review_first else 'published at once'}"
