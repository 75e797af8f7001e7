"""The season that the tests of `verify` look at, played once for all of them."""

from collections.abc import Iterator

from django.core.management import call_command

import pytest
from pytest_django import DjangoDbBlocker

from tests.content.verify.season import Played, play


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:
    """Really committed; what a test does to it has to be gone when it ends (`db` sees to that)."""
    with django_db_blocker.unblock():
        yield play()
        call_command("flush", verbosity=0, interactive=False)
