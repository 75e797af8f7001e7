"""Finds what needs attention at once: steps that fail, and finished matches without a known score."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("scoring", "0002_exclusions_and_merges"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="match",
            index=models.Index(
                condition=models.Q(("full_time_home__isnull", True), ("status", "finished")),
                fields=["-kickoff", "-id"],
                name="match_score_unknown",
            ),
        ),
        migrations.AddIndex(
            model_name="matchprogress",
            index=models.Index(
                condition=models.Q(("error", ""), _negated=True), fields=["next_try"], name="progress_failing"
            ),
        ),
    ]
