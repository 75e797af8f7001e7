"""What every test starts from, and the order in which several workers take them."""

import os
from itertools import islice

from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

import pytest


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A cache left over from another test's database would answer for this one."""
    cache.clear()


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
