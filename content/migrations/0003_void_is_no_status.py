"""The roundup of a void match was withdrawn, with a note; now it says so itself, and keeps the status it had."""

from django.db import migrations

BEGINNING = "the match does not count ("


def to_void(apps, schema_editor):
    Roundup = apps.get_model("content", "Roundup")
    withdrawn = Roundup.objects.filter(status="withdrawn", note__startswith=BEGINNING)
    for roundup in withdrawn.only("note").iterator():
        why = roundup.note.removeprefix(BEGINNING).removesuffix(")")
        Roundup.objects.filter(pk=roundup.pk).update(status="published", note="", match_is_void=why)


def to_withdrawn(apps, schema_editor):
    Roundup = apps.get_model("content", "Roundup")
    for roundup in Roundup.objects.exclude(match_is_void="").only("match_is_void").iterator():
        note = f"{BEGINNING}{roundup.match_is_void})"
        Roundup.objects.filter(pk=roundup.pk).update(status="withdrawn", note=note, match_is_void="")


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0002_editors_and_clusters"),
    ]

    operations = [
        migrations.RunPython(to_void, to_withdrawn),
    ]
