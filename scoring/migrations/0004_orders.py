"""Keeps an order to do the last step anew with the match's progress, whoever does that step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0003_what_needs_attention"),
    ]

    operations = [
        migrations.AddField(
            model_name="matchprogress",
            name="ordered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
