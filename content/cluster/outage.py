"""The database is away: who waits for it says so once, and once more when it is back."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.db import InterfaceError, OperationalError, connections

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)
"""No connection, a lost one, or one that has no time for us: another try may go better."""
SAID_EVERY = 60.0
PAUSE = 1.0
"""Seconds between two tries."""


class Outage:
    """Keeps in mind whether the database is away, for one part of the cluster."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.here = True
        self._said_at: float | None = None

    @contextmanager
    def noticed(self) -> Iterator[None]:
        """Takes an error by which the database is away: logs one line, and leaves no broken connection behind.

        Anything else goes on its way. Ask `here` afterwards.
        """
        self.here = False
        try:
            yield
        except AWAY as error:
            connections.close_all()
            self._say(error)
        else:
            self.here = True
            if self._said_at is not None:
                logger.warning("%s: the database is back.", self.who)
                self._said_at = None

    def wait_through(self, work: Callable[[], object]) -> None:
        """Tries until the work is done."""
        while True:
            with self.noticed():
                work()
            if self.here:
                return
            sleep(PAUSE)

    def _say(self, error: Exception) -> None:
        if self._said_at is None or monotonic() - self._said_at > SAID_EVERY:
            logger.warning("%s: the database does not answer, trying again: %s", self.who, first_line(error))
            self._said_at = monotonic()


def first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
