"""Tells an error by which the database is away, or has no time, from one that is a mistake of ours."""

from enum import Enum

from django.db import DatabaseError, InterfaceError, OperationalError

GOING = frozenset({"57P01", "57P02", "57P03", "57P05", "53100", "53300", "25006", "25P03", "25P04"})
"""PostgreSQL: shut down, crashed, starting, an idle session ended, the disk full, too many connections, only readable,
a transaction left open."""
CONNECTION = "08"
WAITED = frozenset({"55P03", "40P01", "40001", "57014"})
"""PostgreSQL: no lock in time, a deadlock, a serialisation conflict, a statement that took too long."""
SQLITE_AWAY = (
    "unable to open database file",
    "disk I/O error",
    "database disk image is malformed",
    "database or disk is full",
    "attempt to write a readonly database",
)
SQLITE_WAITED = ("database is locked", "database table is locked", "database schema is locked")


class Trouble(Enum):
    """What is wrong with the database, and the seconds after which to ask again."""

    AWAY = 30
    BUSY = 5


def trouble_in(error: BaseException) -> Trouble | None:
    """Return the trouble that an error of the database stands for; None if it stands for another."""
    if isinstance(error, InterfaceError):
        # Of a closed connection; others, as for a value that can't be passed on, are mistakes.
        return Trouble.AWAY if "connection" in str(error) else None
    if not isinstance(error, DatabaseError):
        return None
    state = getattr(error.__cause__, "sqlstate", None)
    if state is not None:
        away = state in GOING or state.startswith(CONNECTION)
        return Trouble.AWAY if away else Trouble.BUSY if state in WAITED else None
    return _without_state(error) if isinstance(error, OperationalError) else None


def _without_state(error: OperationalError) -> Trouble | None:
    text = str(error)
    if any(text.startswith(words) for words in SQLITE_WAITED):
        return Trouble.BUSY
    of_sqlite = type(error.__cause__).__module__ == "sqlite3"
    return Trouble.AWAY if not of_sqlite or any(text.startswith(words) for words in SQLITE_AWAY) else None
