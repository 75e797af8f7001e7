"""The groups that a site starts with. What it has given to, or put into, a group of that name stays as it is."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = {
    "Operator": """
        scoring.aimodel view add change delete
        scoring.aimodelalias view add change delete
        scoring.competition view add change delete
        scoring.match view add change delete
        scoring.season view add change delete
        scoring.team view add change delete
        scoring.teamalias view add change delete
        scoring.prediction view add change
        scoring.merge view change
        scoring.goal view
        scoring.resultchange view
        scoring.score view
        scoring.settlement view
        stats.matchstats view
        stats.modelstats view
        content.roundup view
        content.rounduprevision view
        content.report view
        content.reportversion view
        content.reportpin view
        content.editorialpolicy view
        content.rivalry view
        content.attempt view
        content.commission view
        content.spending view
        content.attention view change
        scoring.matchprogress view
        content.reportprogress view
        content.heartbeat view
        content.sweep view
        content.takentask view
        django_q.ormq view delete
        django_q.schedule view
        django_q.success view
        django_q.failure view change delete
        admin.logentry view
    """,
    "Editor": """
        scoring.aimodel view
        scoring.aimodelalias view
        scoring.competition view
        scoring.match view
        scoring.season view
        scoring.team view
        scoring.teamalias view
        scoring.prediction view
        scoring.merge view
        scoring.goal view
        scoring.resultchange view
        scoring.score view
        scoring.settlement view
        stats.matchstats view
        stats.modelstats view
        content.roundup view change
        content.rounduprevision view
        content.report view change
        content.reportversion view
        content.reportpin view
        content.editorialpolicy view add change delete
        content.rivalry view add change delete
        content.attempt view
        content.commission view
        content.spending view
        content.attention view
        scoring.matchprogress view
        content.reportprogress view
        admin.logentry view
    """,
    "Analyst": """
        scoring.aimodel view
        scoring.aimodelalias view
        scoring.competition view
        scoring.match view
        scoring.season view
        scoring.team view
        scoring.teamalias view
        scoring.prediction view
        scoring.merge view
        scoring.goal view
        scoring.resultchange view
        scoring.score view
        scoring.settlement view
        stats.matchstats view
        stats.modelstats view
        content.roundup view
        content.rounduprevision view
        content.report view
        content.reportversion view
        content.reportpin view
        content.editorialpolicy view
        content.rivalry view
        content.attempt view
        content.commission view
        content.spending view
    """,
}
"""Name → kind of row and what its members may do with it, a line each."""

APPS = ["scoring", "stats", "content", "django_q", "admin"]


def rights(name):
    """Yields (app, codename) for each permission of a group."""
    for line in GROUPS[name].split("\n"):
        kind, *actions = line.split() or [""]
        app, _, model = kind.partition(".")
        yield from ((app, f"{action}_{model}") for action in actions)


def create_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    require_permissions(apps, using)
    for name in GROUPS:
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*found(apps, using, name))


def remove_groups(apps, schema_editor):
    """Takes back what was given; a group that has members, or other permissions by now, is the site's."""
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.remove(*found(apps, using, group.name))
        if not group.permissions.exists() and not group.user_set.exists():
            group.delete()


def require_permissions(apps, using):
    """Django makes permissions after the last migration only; on a new database there are none yet."""
    for label in APPS:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, using=using, apps=apps)
        config.models_module = None


def found(apps, using, name):
    """Return the permissions of a group. Raises LookupError if one is missing."""
    wanted = set(rights(name))
    rows = apps.get_model("auth", "Permission").objects.using(using).select_related("content_type")
    there = {(row.content_type.app_label, row.codename): row for row in rows}
    if missing := wanted - there.keys():
        raise LookupError(f"there is no permission {sorted(missing)}")
    return [there[key] for key in sorted(wanted)]


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0009_reports"),
        ("scoring", "0004_orders"),
        ("stats", "0001_model_stats"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
