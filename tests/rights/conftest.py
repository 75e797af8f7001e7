"""The scene is set once; what a test does in it is taken back after the test, and the scene itself at the end."""

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.test import Client

import pytest
from pytest_django import DjangoDbBlocker

from tests.rights.scene import people, rows

MIGRATION = "0010_groups"
Scene = tuple[dict[str, Client], dict[str, Model]]


@pytest.fixture(scope="module", autouse=True)
def _as_migrated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A test that empties the database takes the groups with it: the migration that made them brings them back."""
    with django_db_blocker.unblock():
        if Group.objects.exists():
            return
        state = MigrationExecutor(connection).loader.project_state(("content", MIGRATION))
        import_module(f"content.migrations.{MIGRATION}").create_groups(
            state.apps, SimpleNamespace(connection=connection)
        )


@pytest.fixture(scope="module")
def _scene(_as_migrated: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield people(), rows()
        transaction.set_rollback(True)


@pytest.fixture
def browsers(_scene: Scene, db: None) -> dict[str, Client]:
    return _scene[0]


@pytest.fixture
def some(_scene: Scene, db: None) -> dict[str, Model]:
    """A row of every kind, by the label of its model."""
    return _scene[1]
