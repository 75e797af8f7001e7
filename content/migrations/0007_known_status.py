"""A roundup has one of the statuses there are, whoever writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0006_published_revision"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="roundup",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["published", "review", "held", "withdrawn"])),
                name="roundup_status_known",
            ),
        ),
    ]
