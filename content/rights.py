"""Who may do what in the admin: the groups that a site starts with, and the permissions of each.

A migration gives them to the groups, so a change here needs another one. Users and groups are for superusers only.
"""

from collections.abc import Iterator

from django.db.models import TextChoices

ALL = "view add change delete"
EDITS = "view change"
READS = "view"
NONE = ""


class Group(TextChoices):
    OPERATOR = "Operator"
    EDITOR = "Editor"
    ANALYST = "Analyst"


TABLE: dict[str, tuple[str, str, str]] = {
    # kind of row                Operator             Editor  Analyst
    "scoring.aimodel": (ALL, READS, READS),
    "scoring.aimodelalias": (ALL, READS, READS),
    "scoring.competition": (ALL, READS, READS),
    "scoring.match": (ALL, READS, READS),
    "scoring.season": (ALL, READS, READS),
    "scoring.team": (ALL, READS, READS),
    "scoring.teamalias": (ALL, READS, READS),
    "scoring.prediction": ("view add change", READS, READS),  # void, never deleted
    "scoring.merge": (EDITS, READS, READS),  # to change one is to take it back
    "scoring.goal": (READS, READS, READS),
    "scoring.resultchange": (READS, READS, READS),
    "scoring.score": (READS, READS, READS),
    "scoring.settlement": (READS, READS, READS),
    "stats.matchstats": (READS, READS, READS),
    "stats.modelstats": (READS, READS, READS),
    "content.roundup": (READS, EDITS, READS),  # to change one is to decide about it, or to order it again
    "content.rounduprevision": (READS, READS, READS),
    "content.report": (READS, EDITS, READS),
    "content.reportversion": (READS, READS, READS),
    "content.reportpin": (READS, READS, READS),
    "content.editorialpolicy": (READS, ALL, READS),
    "content.rivalry": (READS, ALL, READS),
    "content.attempt": (READS, READS, READS),
    "content.commission": (READS, READS, READS),
    "content.spending": (READS, READS, READS),
    # How the work stands. Errors of tasks, and names of machines, are not for everybody.
    "content.attention": (EDITS, READS, NONE),  # to change one is to try now
    "scoring.matchprogress": (READS, READS, NONE),
    "content.reportprogress": (READS, READS, NONE),
    "content.heartbeat": (READS, NONE, NONE),
    "content.sweep": (READS, NONE, NONE),
    "content.takentask": (READS, NONE, NONE),
    # Whoever may write a schedule or a task may run any function there is: that stays with superusers.
    "django_q.ormq": ("view delete", NONE, NONE),
    "django_q.schedule": (READS, NONE, NONE),
    "django_q.success": (READS, NONE, NONE),
    "django_q.failure": ("view change delete", NONE, NONE),  # to change one is to hand it in again
    "admin.logentry": (READS, READS, NONE),
}
"""Kind of row → what Operator, Editor and Analyst may do with it."""


def permissions(group: Group) -> Iterator[str]:
    """Yields the permissions of a group, as `has_perm` takes them."""
    column = list(Group).index(group)
    for kind, rights in TABLE.items():
        app, model = kind.split(".")
        yield from (f"{app}.{action}_{model}" for action in rights[column].split())
