"""What every test starts from."""

from django.core.cache import cache

import pytest


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A cache left over from another test's database would answer for this one."""
    cache.clear()
