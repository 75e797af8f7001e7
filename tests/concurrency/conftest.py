"""A migrated database for each module, and as many rounds of each test as ROUNDS says."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.concurrency.stage import Stage
from tests.processes import project

ROUNDS = int(os.environ.get("ROUNDS") or 1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "stage" in metafunc.fixturenames and ROUNDS > 1:
        metafunc.fixturenames.append("round_")
        metafunc.parametrize("round_", range(1, ROUNDS + 1))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("stage")
    with project(folder) as running:
        url = running.environment["DATABASE_URL"]
        yield Stage(url.removeprefix("sqlite:///") if url.startswith("sqlite") else urlsplit(url).path.lstrip("/"))
