"""What every text that a writer wrote carries with it."""

from django.db import models


class Text(models.Model):
    """A text, who wrote it, when, and what from."""

    headline = models.CharField(max_length=250)
    text = models.TextField(help_text="Markdown, without the headline.")
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    writer = models.CharField(max_length=60)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True
