"""Real processes of the project, each on a database of its own, and all of them stopped at the end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from tests.migrated import migrated_database, on_server

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


@dataclass
class Project:
    """manage.py in `root`, with `environment` added to this process's own; what processes print is kept in `folder`."""

    folder: Path
    environment: Mapping[str, str]
    root: Path = ROOT
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def full_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "manage.py"), *arguments]

    def run(self, *arguments: str, seconds: float = 90) -> str:
        """Runs a command to its end and returns what it wrote to stdout; a failure shows everything it wrote."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.full_environment,
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts a command that runs on, in a process group of its own; its output goes to a file."""
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                self.command(*arguments),
                env=self.full_environment,
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started[name] = process
        return process

    def output(self) -> str:
        """Return what the started processes have written so far."""
        logs = ((name, self.folder / f"{name}.log") for name in self.started)
        return "\n".join(f"--- {name}\n{log.read_text(errors='replace')}" for name, log in logs)

    def stop(self) -> None:
        """Ends every process that was started, with its whole group."""
        for process in self.started.values():
            _signal_group(process, signal.SIGTERM)
        for process in self.started.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            _signal_group(process, signal.SIGKILL)
            process.wait(timeout=10)

    def wait_for(self, what: str, look: Callable[[], T | None], *, seconds: float, every: float = 0.2) -> T:
        """Looks until there is something to see and returns it.

        Fails after `seconds`, or when a started process has ended, and shows what the processes wrote.
        """
        end = time.monotonic() + seconds
        while (seen := look()) is None:
            ended = [name for name, process in self.started.items() if process.poll() is not None]
            assert not ended, f"{', '.join(ended)} ended while waiting for {what}\n{self.output()}"
            assert time.monotonic() < end, f"no {what} after {seconds} seconds\n{self.output()}"
            time.sleep(every)
        return seen


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


@contextmanager
def project(folder: Path, **environment: str) -> Iterator[Project]:
    """The project on a new, migrated database: of the kind that DATABASE_URL names, on the same server."""
    with migrated_database(folder / "scratch.sqlite3", f"scratch_{uuid4().hex}") as url:
        running = Project(folder, {"DATABASE_URL": url, **environment})
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """Gives the address of a new, empty database, which is gone at the end."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'scratch.sqlite3'}"
        return
    with on_server(server, f"scratch_{uuid4().hex}") as url:
        yield url


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
