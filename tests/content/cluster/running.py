"""A running `qcluster`, seen from outside: which process has which part, and what it leaves behind."""

import os
import signal
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import psutil

from tests.processes import Project

ROLES = ("cluster", "sentinel", "worker", "monitor", "pusher")
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


def enqueue(site: Project, *calls: tuple[object, ...], queue: str = "fulltime") -> None:
    """Puts calls of the functions in `jobs`, each with its arguments, into a queue."""
    options = {"cluster": queue}
    lines = "; ".join(
        f"async_task({f'{JOBS}.{name}'!r}, *{arguments!r}, q_options={options!r})" for name, *arguments in calls
    )
    site.run("shell", "--no-imports", "-c", f"from django_q.tasks import async_task; {lines}")


def waiting(folder: Path, word: str) -> tuple[object, ...]:
    """Return the call of a job that begins, and ends only after `tell`."""
    return "note_until", str(folder / "notes"), word, str(folder / "told")


def tell(folder: Path) -> None:
    (folder / "told").touch()


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
