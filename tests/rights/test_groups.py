"""The groups that a new site has, what their members may do, and that a migration leaves alone what a site has made."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group as StoredGroup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import pytest

from content.rights import TABLE, Group, permissions

pytestmark = pytest.mark.django_db

MIGRATION = "0010_groups"
FOR_SUPERUSERS = {"auth.user", "auth.group"}


def given(name: str) -> set[str]:
    rows = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.fixture(scope="module")
def historical() -> Any:
    """The models as they were when the groups came."""
    return MigrationExecutor(connection).loader.project_state(("content", MIGRATION)).apps


@pytest.fixture
def migration() -> Any:
    return import_module(f"content.migrations.{MIGRATION}")


@pytest.mark.parametrize("group", Group)
def test_a_new_site_has_every_group_with_the_permissions_of_the_table(group: Group) -> None:
    assert given(group.value) == set(permissions(group))


@pytest.mark.parametrize("group", Group)
def test_a_member_of_a_group_may_do_what_the_table_says_and_nothing_else(group: Group) -> None:
    person = User.objects.create_user("somebody", is_staff=True)
    person.groups.add(StoredGroup.objects.get(name=group.value))
    assert person.get_all_permissions() == set(permissions(group))


def test_the_table_decides_about_every_page_of_the_admin() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered - set(TABLE) == FOR_SUPERUSERS
    assert set(TABLE) <= {model._meta.label_lower for model in apps.get_models()}


def test_an_analyst_changes_nothing() -> None:
    assert {name.partition(".")[2].partition("_")[0] for name in permissions(Group.ANALYST)} == {"view"}


@pytest.mark.parametrize("group", Group)
def test_nobody_but_superusers_may_write_what_the_queue_runs_or_who_may_do_what(group: Group) -> None:
    writes = {name for name in permissions(group) if ".view_" not in name}
    assert not [name for name in writes if name.startswith(("auth.", "admin."))]
    assert not writes & {"django_q.add_schedule", "django_q.change_schedule", "django_q.change_ormq"}
    assert not [name for name in permissions(group) if name.startswith("auth.")]


def test_running_it_again_gives_back_what_is_missing_and_takes_nothing_away(historical: Any, migration: Any) -> None:
    editors = StoredGroup.objects.get(name="Editor")
    added = Permission.objects.get(codename="add_match")
    editors.permissions.set([added])
    migration.create_groups(historical, SimpleNamespace(connection=connection))
    assert given("Editor") == {*permissions(Group.EDITOR), "scoring.add_match"}
    assert StoredGroup.objects.filter(name="Editor").count() == 1


def test_taking_it_back_removes_the_groups_but_not_what_a_site_has_made_of_them(
    historical: Any, migration: Any
) -> None:
    StoredGroup.objects.get(name="Editor").permissions.add(Permission.objects.get(codename="add_match"))
    User.objects.create_user("analyst").groups.add(StoredGroup.objects.get(name="Analyst"))
    StoredGroup.objects.create(name="Guests")
    migration.remove_groups(historical, SimpleNamespace(connection=connection))
    assert set(StoredGroup.objects.values_list("name", flat=True)) == {"Analyst", "Editor", "Guests"}
    assert (given("Editor"), given("Analyst")) == ({"scoring.add_match"}, set())
