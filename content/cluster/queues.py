"""The queues that this project has, each worked on by a cluster of its own, as the settings describe them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django_q.conf import Conf

from scoring import clocks


@dataclass(frozen=True)
class Queue:
    """`timeout` and `retry` in seconds, as django-q2 uses the words."""

    name: str
    workers: int
    timeout: int
    retry: int

    @property
    def patience(self) -> int:
        """Seconds that its cluster may stand still before it is ended."""
        return 2 * self.retry


def deliverable(name: str, retry: float, now: datetime, *, before: datetime | None = None) -> Q:
    """Return which rows of a queue are to be delivered: those whose time has come (`before` that moment, if given).

    And those with a time that no right clock has written: they would wait for as long as it was wrong.
    """
    return Q(key=name) & (Q(lock__lt=before or now) | Q(lock__gt=now + clocks.furthest_lock(retry)))


def configured() -> list[Queue]:
    """Return the default queue and then those of `ALT_CLUSTERS`."""
    options: dict[str, Any] = settings.Q_CLUSTER
    alternatives: dict[str, dict[str, Any]] = options.get("ALT_CLUSTERS", {})
    described = {options["name"]: options, **{name: {**options, **own} for name, own in alternatives.items()}}
    return [Queue(name, own["workers"], own["timeout"], own["retry"]) for name, own in described.items()]


def use(queue: Queue) -> None:
    """Makes this process, and those forked from it, work on this queue: what django-q2 reads when it is imported."""
    Conf.CLUSTER_NAME = queue.name
    Conf.WORKERS = queue.workers
    Conf.TIMEOUT = queue.timeout
    Conf.RETRY = queue.retry
    # Few are taken ahead: a task that waits inside the cluster waits on the time that `retry` leaves it.
    Conf.QUEUE_LIMIT = queue.workers
