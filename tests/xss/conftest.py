"""The poisoned site, with a browser on it: made once for all tests here."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management import call_command

import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import missing
from tests.xss.browser import Visitor, visitor
from tests.xss.world import World, make_world

SEED = int(os.environ.get("SEED") or 1)


@dataclass(frozen=True)
class Site:
    address: str
    world: World


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Really committed, since the server's threads have connections of their own; all of it is gone at the end."""
    if why := missing():
        pytest.skip(why)
    with django_db_blocker.unblock():
        world = make_world(SEED)
        server = LiveServer("127.0.0.1")
        try:
            yield Site(server.url, world)
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def person(site: Site) -> Iterator[Visitor]:
    with visitor(site.address, site.world.session) as somebody:
        yield somebody
