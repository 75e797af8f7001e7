"""What every test starts from, and the order in which several workers take them."""

import gc
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models.signals import post_migrate
from django.test import Client, override_settings
from django_q.models import Schedule

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from content.apps import CATCH_UP_NAME
from tests import migrated

# On a busy machine an example takes as long as it takes: slowness is measured by the benchmark, not by these tests.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # one of several workers finds everything ready
        migrated.begin()
        config.add_cleanup(migrated.end)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the run's migrated database, without the schedule that a site starts with."""
    with django_db_blocker.unblock(), migrated.for_this_process():
        Schedule.objects.all().delete()
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A cache left over from another test's database would answer for this one."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """A password that is slow to hash, as it should be, would take up much of the time of the tests that log in."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


ANY_DATABASE = (
    "content/check/",
    "content/demo/",
    "content/test_database_away.py",  # a PostgreSQL of its own
    "content/test_demo.py",  # always on SQLite
    "content/test_diffing.py",
    "content/test_examining.py",
    "content/test_facts.py",
    "content/test_history.py",
    "content/test_marking.py",
    "content/test_render.py",
    "content/test_storylines.py",
    "content/verify/test_points.py",
    "content/writers/",
    "quality/",
    "scoring/importers/",
    "scoring/test_rules.py",
    "soak/",  # always on SQLite
    "stats/test_aggregates.py",
    "test_checks.py",
    "test_settings.py",
    "xss/",
)
"""Tests, below this folder, to which it is all the same which database there is: PostgreSQL needn't see them again."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pure = {item for item in items if _is_of_any_database(item)}
        config.hook.pytest_deselected(items=list(pure))
        items[:] = [item for item in items if item not in pure]
    _spread(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been imported stays: looking through it again and again for garbage would take a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def _is_of_any_database(item: pytest.Item) -> bool:
    """A test in one of these places that asks the database after all is run on both."""
    place = item.path.relative_to(Path(__file__).parent).as_posix()
    return place.startswith(ANY_DATABASE) and not item.get_closest_marker("django_db")


def _spread(items: list[pytest.Item]) -> None:
    """Lets every worker begin with its share of the tests that wait for the real clock, while others run beside them.

    With `--dist worksteal` each of n workers first gets one n-th of the list, in one piece.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [item for item in items if item.get_closest_marker("real_clock")]
    others = iter([item for item in items if not item.get_closest_marker("real_clock")])
    total = len(items)
    items.clear()
    for worker in range(workers):
        share = slow[worker::workers]
        piece = (total - len(items)) // (workers - worker)
        items += [*share, *islice(others, max(piece - len(share), 0))]
    items += others


@pytest.fixture
def operator(client: Client) -> Client:
    """A browser in which somebody who may do everything is signed in, without the wait for a password's hash."""
    client.force_login(User.objects.create(username="operator", is_staff=True, is_superuser=True))
    return client


@pytest.fixture(autouse=True, scope="session")
def _no_schedule_of_its_own() -> None:
    """A new database gets the schedule of `catch_up`; tests see only the schedules that their matches made."""
    post_migrate.disconnect(dispatch_uid=CATCH_UP_NAME, sender=apps.get_app_config("content"))
