"""A short soak: the web server, four workers, imports, results, corrections and page views, all on SQLite at once."""

import os
from pathlib import Path

import pytest

from tests.soak.soak import soak

SECONDS = 15


@pytest.mark.real_clock
@pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="it is about SQLite, and runs with those tests"
)
def test_nobody_meets_a_locked_database(tmp_path: Path) -> None:
    report = soak(tmp_path, SECONDS)
    assert report.ok, str(report)
    for what in ("imports", "results", "corrections", "pages", "corrections in the admin"):
        assert report.done.counts[what] > 0, str(report)
