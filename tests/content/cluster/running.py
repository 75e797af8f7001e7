"""A running `qcluster`, seen from outside: which process has which part, and what it leaves behind."""

import os
import signal
import sqlite3
import time
from collections import defaultdict
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from django_q.brokers import Broker
from django_q.tasks import async_task

import psutil
import psycopg

from tests.processes import Project

ROLES = ("cluster", "sentinel", "worker", "monitor", "pusher")
ROW = "INSERT INTO django_q_ormq (key, payload, lock)"
JOBS = "tests.content.cluster.jobs"


def roles(supervisor: int) -> dict[str, list[int]]:
    """Return the ids of the processes below a supervisor by their part: "worker" and so on."""
    found: dict[str, list[int]] = defaultdict(list)
    with suppress(psutil.NoSuchProcess):
        for process in psutil.Process(supervisor).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                found[process.name().removeprefix("ft-")].append(process.pid)
    return dict(found)


def complete(supervisor: int, workers: int = 2) -> dict[str, list[int]] | None:
    """Return the same once every part is there; None before."""
    found = roles(supervisor)
    expected = {role: workers if role == "worker" else 1 for role in ROLES}
    return found if {role: len(pids) for role, pids in found.items()} == expected else None


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def survivors(pids: list[int], seconds: float) -> list[int]:
    """Return which of these processes still run after so many seconds, or as soon as none does."""
    end = time.monotonic() + seconds
    while (alive := [pid for pid in pids if _runs(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    return alive


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Other(Broker):  # type: ignore[misc]  # django-q has no types
    """A queue of another database than this process's own: a row is put into it, past Django."""

    def __init__(self, url: str, queue: str) -> None:
        super().__init__(queue)
        self.url = url

    def enqueue(self, task: str) -> None:
        now = datetime.now(UTC)
        if self.url.startswith("postgres"):
            with psycopg.connect(self.url) as connection:
                connection.execute(f"{ROW} VALUES (%s, %s, %s)", (self.list_key, task, now))
            return
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=60)) as file, file:
            file.execute(f"{ROW} VALUES (?, ?, ?)", (self.list_key, task, f"{now:%Y-%m-%d %H:%M:%S.%f}"))


def enqueue(site: Project, *calls: tuple[object, ...], queue: str = "fulltime") -> None:
    """Puts calls of the functions in `jobs`, each with its arguments, into a queue."""
    broker = Other(site.environment["DATABASE_URL"], queue)
    for name, *arguments in calls:
        async_task(f"{JOBS}.{name}", *arguments, q_options={"cluster": queue, "broker": broker})


def waiting(folder: Path, word: str) -> tuple[object, ...]:
    """Return the call of a job that begins, and ends only after `tell`."""
    return "note_until", str(folder / "notes"), word, str(folder / "told")


def tell(folder: Path) -> None:
    (folder / "told").touch()


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
