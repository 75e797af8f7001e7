"""Every action of every list × everybody: it is offered to those who may, asks first, and does nothing for others.

A new action without a decision in `ACTIONS` fails here.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

import pytest

from tests.rights.scene import ANONYMOUS, CLOSED, PEOPLE, SUPERUSER, may, writes

ACTIONS = {
    ("content.attention", "try_now"): "content.change_attention",
    ("content.roundup", "write_again"): "content.change_roundup",
    ("django_q.failure", "hand_in_again"): "django_q.change_failure",
    ("django_q.success", "hand_in_again"): "django_q.change_success",
    ("scoring.match", "export_admin_action"): "scoring.view_match",
}
"""Action of a list → what it asks for. Deleting what was chosen asks for the right to delete, exporting to see."""

ONE_BY_ONE = {"scoring.aimodel", "scoring.competition", "scoring.match", "scoring.season", "scoring.team"}
ONE_BY_ONE |= {"auth.group", "auth.user"}
"""Rows that others hang on: they are not deleted from a list."""

READS = {"export_admin_action"}
SAID_YES = {"_confirmed": "on", "post": "yes"}


def offered() -> list[tuple[str, str]]:
    """Return every action that a superuser is offered, by list."""
    request = RequestFactory().get("/")
    request.user = User(username="anybody", is_staff=True, is_superuser=True)
    lists = admin.site._registry.items()
    return sorted((model._meta.label_lower, name) for model, page in lists for name in page.get_actions(request))


def permission(kind: str, action: str) -> str:
    app, model = kind.split(".")
    if action == "delete_selected":
        return f"{app}.delete_{model}"
    if action in READS:
        return f"{app}.view_{model}"
    return ACTIONS[kind, action]


OFFERED = offered()
WRITING = [(kind, action) for kind, action in OFFERED if action not in READS]


def order(client: Client, kind: str, action: str, row: Model, **more: str) -> Any:
    page = reverse(f"admin:{kind.replace('.', '_')}_changelist")
    return client.post(page, {"action": action, "_selected_action": [row.pk], **more})


def test_every_action_has_been_decided_about() -> None:
    undecided = [(kind, name) for kind, name in WRITING if name != "delete_selected" and (kind, name) not in ACTIONS]
    assert undecided == [], "say in ACTIONS what these ask for"


def test_what_is_derived_or_hangs_together_is_not_deleted_from_a_list() -> None:
    deleted = {kind for kind, action in OFFERED if action == "delete_selected"}
    assert deleted & (ONE_BY_ONE | {kind for kind, closed in CLOSED.items() if "delete" in closed}) == set()


@pytest.mark.parametrize(("kind", "action"), OFFERED, ids=lambda value: str(value))
def test_an_action_is_done_for_those_who_may_and_for_nobody_else(
    browsers: dict[str, Client], some: dict[str, Model], kind: str, action: str
) -> None:
    asked = permission(kind, action)
    refused = [name for name in PEOPLE if name == ANONYMOUS or not may(name, asked)]
    with writes() as written:
        codes = {name: order(browsers[name], kind, action, some[kind], **SAID_YES).status_code for name in refused}
    assert written == [], codes
    assert set(codes.values()) <= {200, 302, 403}
    app, model = kind.split(".")
    for name in (name for name in refused if name != ANONYMOUS and may(name, f"{app}.view_{model}")):
        page = browsers[name].get(reverse(f"admin:{app}_{model}_changelist"))
        assert f'value="{action}"' not in page.content.decode()


@pytest.mark.parametrize(("kind", "action"), WRITING, ids=lambda value: str(value))
def test_an_action_that_writes_asks_first_and_leaves_an_entry_in_the_log(
    browsers: dict[str, Client], some: dict[str, Model], kind: str, action: str
) -> None:
    with writes() as written:
        page = order(browsers[SUPERUSER], kind, action, some[kind])
    assert (page.status_code, written) == (200, [])
    assert page.content.decode().count("_confirmed") + page.content.decode().count('name="post"') == 1
    before = LogEntry.objects.count()
    done = order(browsers[SUPERUSER], kind, action, some[kind], reason="to see it", **SAID_YES)
    entry = LogEntry.objects.latest("pk")
    assert (done.status_code, LogEntry.objects.count()) == (302, before + 1)
    assert (entry.user.username, entry.object_repr) == (SUPERUSER, str(entry_of(kind, some[kind])))
    assert entry.get_change_message().endswith(". Why: to see it")


def entry_of(kind: str, row: Any) -> object:
    """Return what the log names: trying again is told of the match."""
    return row.match if kind == "content.attention" else row
