"""The demo as people start it: the real command, its real children, and the real clock."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

import psutil
import pytest

from tests.processes import free_port

pytestmark = pytest.mark.real_clock


@contextmanager
def demo(database: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "manage.py", "demo", "--database", str(database), *arguments]
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # what is still there after a failed assertion; its keepers end its children


def read_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Return the lines that the process prints until one holds these words, that one included."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    raise AssertionError("\n".join([f"{words!r} never came:", *lines]))


def processes_of(database: Path) -> set[int]:
    """Return the ids of the running processes that work on this database."""
    found = set()
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("DATABASE_URL") == f"sqlite:///{database}":
                found.add(process.pid)
    return found


def rows(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  a table of ours


def clock(line: str) -> datetime:
    return datetime.strptime(line[:8], "%H:%M:%S")  # noqa: DTZ007  only differences are looked at


def test_the_final_is_scored_counted_and_written_and_the_demo_ends(tmp_path: Path) -> None:
    database = tmp_path / "demo.sqlite3"
    database.write_text("left over from a demo that was killed")
    with demo(database, "--exit-when-done", "--port", str(free_port())) as process:
        lines = read_until(process, "Login")
        assert process.wait(timeout=20) == 0, lines
    chain = [line for line in lines if re.match(r"\d\d:\d\d:\d\d ", line)]
    assert [line[9:].rpartition(" in 0:")[0] or line[9:] for line in chain] == [
        "result 2–2 (3–3 a.e.t., 4–2 pens)",
        "✓ scored 8 predictions",
        "✓ stats",
        "roundup due",
        "✓ roundup",
    ]
    waited = (clock(chain[-1]) - clock(chain[0])).seconds
    assert 30 <= waited <= 75
    assert [line.split()[0] for line in lines[-4:]] == ["Site", "Article", "In", "Login"]
    assert [line for line in lines if line.startswith("# ")] != []
    assert (rows(database, "scoring_match"), rows(database, "content_roundup")) == (64, 64)
    assert (rows(database, "django_q_ormq"), rows(database, "django_q_schedule WHERE schedule_type = 'O'")) == (0, 0)
    assert processes_of(database) == set()


def test_an_interrupted_demo_leaves_no_process_behind(tmp_path: Path) -> None:
    database, port = tmp_path / "demo.sqlite3", free_port()
    with demo(database, "--port", str(port)) as process:
        read_until(process, "✓ stats")
        assert len(processes_of(database)) >= 8  # itself, two keepers, the web server, the cluster and its children
        with urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert answer.status == 200
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 130
    deadline = time.monotonic() + 5
    while (left := processes_of(database)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == set()
