"""One consistent read of the whole database that takes no lock and can write nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

# A verification sorts and joins whole tables, and wants every row: the planner is told so, for this transaction only.
POSTGRESQL = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL work_mem = '64MB'",
    "SET LOCAL cursor_tuple_fraction = 1",
    "SET LOCAL enable_memoize = off",
    "SET LOCAL jit = off",
    "SET LOCAL idle_in_transaction_session_timeout = '10min'",
)


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, whatever is written meanwhile; nobody is kept waiting.

    Inside somebody else's transaction it reads what that one sees.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in POSTGRESQL:
                cursor.execute(statement)
            yield
    else:
        with _reading_transaction(connection), transaction.atomic():
            yield


@contextmanager
def _reading_transaction(sqlite: Any) -> Iterator[None]:
    """Lets transactions begin as readers: the project's own begin with the write lock, which others would wait for."""
    with sqlite.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
        try:
            yield
        finally:
            sqlite.transaction_mode = usual
            cursor.execute("PRAGMA query_only = OFF")
