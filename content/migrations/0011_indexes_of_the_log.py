"""Indexes for the admin's log, which has none for its own order, nor for the beginning of a name. See 0004."""

from django.db import migrations


def create(apps, schema_editor):
    for name, columns in indexes(schema_editor).items():
        schema_editor.execute(f"CREATE INDEX {name} ON django_admin_log ({columns})")


def drop(apps, schema_editor):
    for name in indexes(schema_editor):
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def indexes(schema_editor):
    """The beginning of a name is looked for in small and capital letters alike: each database in its own way."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    name = 'UPPER("object_repr"::text) text_pattern_ops' if postgresql else '"object_repr" COLLATE NOCASE'
    return {"fulltime_log_time": '"action_time" DESC, "id" DESC', "fulltime_log_name": name}


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0010_groups"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [migrations.RunPython(create, drop)]
