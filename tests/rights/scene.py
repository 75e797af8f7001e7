"""A site with a row of every kind, and the people who come to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group as StoredGroup
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task

from content.models import Attention, EditorialPolicy, Rivalry
from content.rights import Group, permissions
from scoring.models import AIModelAlias, Competition, MatchProgress, Prediction, TeamAlias
from scoring.services import merge_teams
from tests.factories import a_match, a_model, a_season, a_team, finish, predictions
from tests.test_admin_lists import a_story

SUPERUSER, NOBODY, ANONYMOUS = "superuser", "staff without a group", "anonymous"
GIVEN = {group.value: frozenset(permissions(group)) for group in Group}
PEOPLE = [*(group.value for group in Group), NOBODY, SUPERUSER, ANONYMOUS]

ERROR = "OSError: no ink"

FIXED = """
    admin.logentry content.attempt content.attention content.commission content.heartbeat content.report
    content.reportpin content.reportprogress content.reportversion content.roundup content.rounduprevision
    content.spending content.sweep content.takentask scoring.goal scoring.matchprogress scoring.merge
    scoring.resultchange scoring.score scoring.settlement stats.matchstats stats.modelstats
"""
CLOSED: dict[str, set[str]] = {
    **{kind: {"add", "change", "delete"} for kind in FIXED.split()},
    "django_q.success": {"add", "change"},
    "django_q.failure": {"add", "change"},
    "django_q.ormq": {"add"},
    "scoring.prediction": {"delete"},
}
"""What nobody can do in a form, superusers neither: rows that are derived, and records of what happened."""


def people() -> dict[str, Client]:
    """Return a browser for everybody, signed in."""
    clients = {ANONYMOUS: Client()}
    for name in PEOPLE:
        if name != ANONYMOUS:
            person = User.objects.create(username=name, is_staff=True, is_superuser=name == SUPERUSER)
            person.groups.set(StoredGroup.objects.filter(name=name))
            clients[name] = Client()
            clients[name].force_login(person)
    return clients


def may(name: str, permission: str) -> bool:
    """Return what the table says; that the groups are like it is for `test_groups`."""
    return name == SUPERUSER or permission in GIVEN.get(name, ())


def rows() -> dict[str, Model]:
    """Return a row of every kind, which can be changed and deleted if any row of its kind can."""
    a_story(1)
    free: list[Model] = [
        Competition.objects.create(name="Nobody's"),
        a_season("Empty League 2030"),
        a_team("Resting"),
        a_model("Resting"),
        TeamAlias.objects.create(name="Another", team=a_team("Home 1")),
        AIModelAlias.objects.create(name="Another", model=a_model("Model 1")),
        a_match("Early", "Bird", kickoff=timezone.now() + timedelta(days=9)),
        EditorialPolicy.objects.get(),
        Rivalry.objects.get(),
        User.objects.create_user("guest"),
        StoredGroup.objects.get(name="group 1"),
        Schedule.objects.get(name="plan 1"),
        Task.objects.filter(success=True).get(),
    ]
    ahead = a_match("Later", "Still", kickoff=timezone.now() + timedelta(days=9))
    predictions(ahead, {"Model 1": (2, 0)})
    merge_teams(a_team("Old").pk, a_team("Home 1").pk, by="a test", reason="two names")
    failing, waiting = a_match("Fails", "Now"), a_match("Waits", "Here")
    finish(failing, 1, 0)
    MatchProgress.objects.filter(match=failing).update(error=ERROR)
    OrmQ.objects.all().delete()
    Schedule.objects.create(name=f"score_match:{failing.pk}", func="scoring.tasks.score_match", args=f"({failing.pk},)")
    finish(waiting, 1, 0)
    found = {row._meta.label_lower: row for row in free}
    found["scoring.prediction"] = Prediction.objects.get(match=ahead)
    found["content.attention"] = Attention.objects.get(match=failing)
    for model in admin.site._registry:
        kind = model._meta.label_lower
        first = found.get(kind) or model._default_manager.order_by("-pk" if kind == "scoring.merge" else "pk").first()
        assert first is not None, kind
        found[kind] = first
    return found


@contextmanager
def writes() -> Iterator[list[str]]:
    """Gives a list that fills with what is written to the database, but for sessions."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        if words and words[0].upper() in {"INSERT", "UPDATE", "DELETE"} and "django_session" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
