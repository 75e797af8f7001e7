"""Two small invented seasons and their articles, made once in a run of the tests, for all of its processes."""

import fcntl
import json
import os
from pathlib import Path

from django.db import transaction

import pytest
from pytest_django import DjangoDbBlocker

from content.facts import MatchFacts
from tests.quality.measuring import articles_of
from tests.quality.planting import TrueArticle
from tests.quality.seasons import Shape, facts_of

SEED = 1
SHAPES = (Shape(6, 9), Shape(16, 12, cup=True, basis="after_extra_time"))
MATCHES = 69


def _folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the processes of one run share; each has a folder of its own in it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def facts(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> list[MatchFacts]:
    """The facts of some seventy matches; nothing of them stays in the database. Tests need the mark `django_db`."""
    kept = _folder_of_the_run(tmp_path_factory) / "facts_of_seasons.json"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with django_db_blocker.unblock(), transaction.atomic():
                collected = facts_of(SEED, MATCHES, SHAPES)
                transaction.set_rollback(True)
            kept.write_text(json.dumps([match.as_json() for match in collected]))
    return [MatchFacts.from_json(plain) for plain in json.loads(kept.read_text())]


@pytest.fixture(scope="session")
def articles(facts: list[MatchFacts]) -> list[TrueArticle]:
    return articles_of(facts)
