"""The scene is set once; what a test does in it is taken back after the test, and the scene itself at the end."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Model
from django.test import Client

import pytest
from pytest_django import DjangoDbBlocker

from tests.rights.scene import people, rows

Scene = tuple[dict[str, Client], dict[str, Model]]


@pytest.fixture(scope="module")
def _scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
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
