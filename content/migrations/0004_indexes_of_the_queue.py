"""Indexes for tables of django-q that it has none for: a schedule is found by its name, the attempts at a step by their
group, and old results by their time. On SQLite a migration of django-q that makes such a table anew would lose them;
nothing but time would be lost with them.
"""

from django.db import migrations

INDEXES = {
    "fulltime_schedule_name": 'django_q_schedule ("name")',
    "fulltime_task_group": 'django_q_task ("group")',
    "fulltime_task_stopped": 'django_q_task ("success", "stopped")',
}


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0003_void_is_no_status"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX IF EXISTS {name}")
        for name, columns in INDEXES.items()
    ]
