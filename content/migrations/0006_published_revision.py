"""Which revision of its match a roundup was about when readers saw it first; until now only the time was kept."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """The version of that time says it; if clocks differed and none is so old, the first one."""
    Roundup = apps.get_model("content", "Roundup")
    versions = apps.get_model("content", "RoundupRevision").objects.filter(roundup=OuterRef("pk"))
    then = versions.filter(written_at__lte=OuterRef("published_at")).order_by("-number")
    found = [Subquery(rows.values("revision")[:1]) for rows in (then, versions.order_by("number"))]
    Roundup.objects.filter(published_at__isnull=False).update(published_revision=Coalesce(*found, F("revision")))


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0005_attention"),
    ]

    operations = [
        migrations.AddField(
            model_name="roundup",
            name="published_revision",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="The revision of the match that it was written from when readers saw it first.",
                null=True,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
