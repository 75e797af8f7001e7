"""Tries a service again that lost a lock, a deadlock, or a serialisation conflict to another process."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

P = ParamSpec("P")
R = TypeVar("R")

LOST = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's serialization_failure, deadlock_detected and lock_not_available."""


def lost_a_lock(error: BaseException) -> bool:
    if not isinstance(error, OperationalError) or transaction.get_connection().in_atomic_block:
        return False
    return getattr(error.__cause__, "sqlstate", None) in LOST or "database is locked" in str(error)


def retried(service: Callable[P, R]) -> Callable[P, R]:
    """Decorates a service that opens its own transaction: up to three more tries, with growing random pauses.

    Inside somebody else's transaction it never tries again; the error goes to whoever opened it.
    """
    return retry(
        retry=retry_if_exception(lost_a_lock),
        stop=stop_after_attempt(4),
        wait=wait_random_exponential(multiplier=0.05, max=2),
        reraise=True,
    )(service)
