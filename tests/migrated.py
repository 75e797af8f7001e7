"""One migrated database per run of the tests, copied wherever a database of its own is needed."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "FULLTIME_TESTS"
"""The variable that tells every process of a run where its things lie."""

TEMPLATE = "fulltime_migrated"


def begin() -> None:
    """Makes the folder of this run."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="fulltime-tests-")


def end() -> None:
    """Removes the folder of this run, and the database from which the others were copied."""
    folder = Path(os.environ.pop(FOLDER))
    if _server() and (folder / "done").exists():
        with psycopg.connect(_server(), autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')
    shutil.rmtree(folder)


def _server() -> str:
    """Return the address of the PostgreSQL server that DATABASE_URL names; "" if it names none."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _template() -> Path:
    """Return the file that holds the migrated database (with PostgreSQL: an empty one, it is on the server).

    The first process that asks migrates it; the others wait.
    """
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            _migrate(folder / "migrated.sqlite3")
            (folder / "done").touch()
    return folder / "migrated.sqlite3"


def _migrate(file: Path) -> None:
    url = f"sqlite:///{file}"
    if _server():
        url = named(_server(), TEMPLATE)
        with psycopg.connect(_server(), autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')
            server.execute(f'CREATE DATABASE "{TEMPLATE}"')
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, cwd=ROOT, check=True, timeout=300)


@contextmanager
def on_server(server: str, name: str, template: str = "") -> Iterator[str]:
    """Gives the address of a database on this server, a copy of `template` or empty; it is gone at the end."""
    made = f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")
    with psycopg.connect(server, autocommit=True) as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(made)
    try:
        yield named(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def migrated_database(file: Path, name: str) -> Iterator[str]:
    """Gives the address of a migrated database of the kind that DATABASE_URL names: this file, or one of this name."""
    template = _template()
    if _server():
        with on_server(_server(), name, TEMPLATE) as url:
            yield url
        return
    shutil.copyfile(template, file)
    yield f"sqlite:///{file}"


@contextmanager
def for_this_process() -> Iterator[None]:
    """Gives the tests that run in this process their database: on SQLite in memory, on PostgreSQL one of its own."""
    if _server():
        _template()
        name = f"fulltime_test_{os.getpid()}"
        with on_server(_server(), name, TEMPLATE):
            _use(name)
            yield
            connection.close()
        return
    _use("file:fulltime?mode=memory&cache=shared")
    connection.ensure_connection()
    with closing(sqlite3.connect(_template())) as template:
        template.backup(connection.connection)
    yield


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
