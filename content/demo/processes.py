"""The processes of the demo: the one place, the children it starts, and the promise that none of them outlives it."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from types import FrameType
from typing import IO, Self

from django.conf import settings

from content.demo import keeper

HOST = "127.0.0.1"
SETTINGS = {"DEBUG": "1", "ALLOWED_HOSTS": f"{HOST},localhost", "ROUNDUP_DELAY": "30", "LOG_LEVEL": "WARNING"}
"""What the demo runs with, whatever this machine is set to."""


class DemoError(RuntimeError):
    """The demo can't go on; the message says why, and what to do."""


def restart_with(database: Path, *extra: str) -> None:
    """Starts this command again in this same process, with `database` as its only database. Does not return."""
    os.environ.update(SETTINGS | {"DATABASE_URL": f"sqlite:///{database}"})
    sys.stdout.flush()
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *sys.argv[1:], *extra]
    os.execv(sys.executable, command)  # noqa: S606  this very command, without a shell


def end_on_signals() -> None:
    """From here on Ctrl-C, SIGTERM and a closed terminal raise SystemExit, so that everything is cleaned up."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


@contextmanager
def only_demo_on(database: Path) -> Iterator[int]:
    """Holds the lock of a database file; gives its descriptor, which the keepers of the children share.

    Raises `DemoError` if another demo runs on it. One that was killed is waited for: its children are still ending.
    """
    path = database.with_name(f"{database.name}-lock")
    with path.open("a+") as file:
        end = monotonic() + 2 * keeper.PATIENCE
        while not _locked(file):
            holder = _holder(file)
            if _runs(holder) or monotonic() > end:
                raise DemoError(f"Another demo runs on {database} (process {holder}): end it first, with q or Ctrl-C.")
            sleep(0.2)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "unknown"


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def free_port(first: int) -> int:
    """Return the first port from `first` on that nobody listens on. Raises `DemoError` if 100 are taken."""
    for port in range(first, min(first + 100, 65536)):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return port
    raise DemoError(f"Every port from {first} on is taken: name another one with --port.")


class Children:
    """The processes started here, each under a keeper; all of them are gone when the block is left.

    What they print goes into a folder, which stays only if the block is left by an error.
    """

    def __init__(self, lock: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fulltime-demo-"))
        self._lock = lock
        self._keepers: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        for child in self._keepers.values():
            if child.stdin:
                child.stdin.close()
        for child in self._keepers.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(keeper.PATIENCE + 3)
            # A keeper leaves nothing behind; this is for one that was itself killed.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        if not isinstance(error, Exception):
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name: str, *arguments: str) -> None:
        """Starts `manage.py name arguments…`."""
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), name, *arguments]
        with self._log(name).open("wb") as log:
            self._keepers[name] = subprocess.Popen(  # noqa: S603  our own command
                [sys.executable, "-m", "content.demo.keeper", *manage],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[self._lock],
                cwd=settings.BASE_DIR,
            )

    def require_alive(self) -> None:
        """Raises `DemoError`, with what the child printed last, if one has ended."""
        for name, child in self._keepers.items():
            if child.poll() is not None:
                last = self._log(name).read_text(errors="replace").strip().splitlines()[-5:]
                raise DemoError("\n".join([f"{name} has ended; its last words are:", *last, self.where]))

    def wait_for_port(self, port: int) -> None:
        """Returns when a child answers on this port. Raises `DemoError` after 20 seconds."""
        end = monotonic() + 20
        while monotonic() < end:
            self.require_alive()
            with socket.socket() as probe:
                if probe.connect_ex((HOST, port)) == 0:
                    return
            sleep(0.1)
        raise DemoError(f"The web server does not answer on port {port}. {self.where}")

    @property
    def where(self) -> str:
        return f"What the processes printed is in {self.folder}."

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"
