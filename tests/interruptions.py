"""Stops the work at a statement of one's choice: the database refuses it, or the process dies before it is sent."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connection, transaction

import pytest

CURSORS_LEFT_OPEN = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function ServerCursorMixin:pytest.PytestUnraisableExceptionWarning"
)
"""For tests of processes that die between a query and its rows: they close nothing; PostgreSQL does it then."""


class DeadError(BaseException):
    """The process died: no handler of an `Exception` runs, and nothing more is sent to the database."""


class RefusedError(OperationalError):
    """The database refused a statement; what its transaction had done is lost."""


@dataclass
class Statements:
    """How many statements were sent, what the last one was, whether the work was stopped at it or is being undone."""

    sent: int = 0
    last: str = ""
    struck: bool = False
    undoing: bool = False


@contextmanager
def interrupted(at: int | None, error: type[BaseException] = DeadError) -> Iterator[Statements]:
    """Raises `error` in place of this statement (from 1; None: of none), the end of a transaction included.

    Works in a test's own transaction, where the services' transactions are savepoints: to release one is to commit.
    Outside of them a statement that fails takes nothing with it, as it does without any transaction.
    """
    statements = Statements()
    outside = len(connection.savepoint_ids)

    def strike(execute: Callable[..., Any], sql: str, *call: Any) -> Any:
        undone, statements.undoing = statements.undoing, sql.startswith("ROLLBACK")
        if undone or sql.startswith(("SAVEPOINT", "ROLLBACK")):  # a transaction begins, or is taken back in two steps
            return execute(sql, *call)
        if statements.struck and error is DeadError and not sql.startswith("RELEASE"):
            raise error
        statements.sent += 1
        if statements.sent != at:
            return execute(sql, *call)
        statements.struck, statements.last = True, sql
        if sql.startswith("RELEASE"):
            execute(sql.replace("RELEASE", "ROLLBACK TO"), *call)
        elif error is not DeadError and len(connection.savepoint_ids) > outside:
            connection.needs_rollback = True
        raise error

    def mark_for_rollback_on_error(using: str | None = None) -> AbstractContextManager[None]:
        return marked() if len(connection.savepoint_ids) > outside else nullcontext()

    marked = transaction.mark_for_rollback_on_error
    with connection.execute_wrapper(strike), patch.object(transaction, marked.__name__, mark_for_rollback_on_error):
        try:
            yield statements
        finally:
            # Django marks what is outside, too, when one of its own writes (which take no savepoint) is struck there.
            connection.needs_rollback = connection.needs_rollback and len(connection.savepoint_ids) > outside
