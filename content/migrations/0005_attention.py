"""The admin's view of matches that need attention, with permissions of its own."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0004_indexes_of_the_queue"),
        ("scoring", "0003_what_needs_attention"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attention",
            fields=[],
            options={
                "verbose_name": "match that needs attention",
                "verbose_name_plural": "matches that need attention",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("scoring.matchprogress",),
        ),
    ]
