"""Migrations: none is missing, and each can be taken back."""

from collections.abc import Iterator
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

import pytest

OURS = ["content", "stats", "scoring"]


@pytest.fixture
def _migrated_again() -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def tables(app: str) -> list[str]:
    wanted = {model._meta.db_table for model in apps.get_app_config(app).get_models()}
    return sorted(wanted & set(connection.introspection.table_names()))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_that_says_something() -> None:
    names = [name for app, name in MigrationLoader(None).disk_migrations if app in OURS]
    assert [name for name in names if "auto" in name or name.endswith("_initial")] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_migrated_again")
def test_every_migration_can_be_taken_back_and_applied_again() -> None:
    before = {app: tables(app) for app in OURS}
    for app in OURS:
        call_command("migrate", app, "zero", verbosity=0)
    assert {app: tables(app) for app in OURS} == {app: [] for app in OURS}
    call_command("migrate", verbosity=0)
    assert {app: tables(app) for app in OURS} == before
    plan = StringIO()
    call_command("migrate", plan=True, stdout=plan)
    assert plan.getvalue() == "Planned operations:\n  No planned migration operations.\n"
