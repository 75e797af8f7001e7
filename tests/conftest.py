"""What every test starts from, and the order in which several workers take them."""

import os
from collections.abc import Iterator
from itertools import islice

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models.signals import post_migrate
from django.test import Client, override_settings

import pytest
from hypothesis import HealthCheck, settings

from content.apps import CATCH_UP_NAME

# On a busy machine an example takes as long as it takes: slowness is measured by the benchmark, not by these tests.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A cache left over from another test's database would answer for this one."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """A password that is slow to hash, as it should be, would take up much of the time of the tests that log in."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
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
