"""Works the queue off in this process: django-q's own scheduler, packages, saving and acknowledging, without a cluster.

`run_queue()` goes on until nothing is left that is due; `run_one(row)` delivers one row, twice or late if so wished.
"""

import pydoc
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.utils import timezone
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ, Schedule
from django_q.monitor import save_task
from django_q.scheduler import scheduler
from django_q.signing import SignedPackage

A_MINUTE = timedelta(minutes=1)
"""Far enough ahead for the delay of the roundup, and for the first tries after a failure."""


@dataclass(frozen=True)
class Ran:
    """One delivery of one task: what ran, and its line or its error."""

    func: str
    args: tuple[Any, ...]
    success: bool
    result: str

    def __str__(self) -> str:
        return f"{self.func.rpartition('.')[2]}{self.args}: {self.result}"


def waiting() -> list[tuple[str, tuple[Any, ...]]]:
    """Return (dotted path, arguments) of everything in the queue, oldest first."""
    return [(row.task["func"], row.task["args"]) for row in OrmQ.objects.order_by("pk")]


def run_one(row: OrmQ, *, acknowledge: bool = True) -> Ran:
    """Delivers one row as a worker and a monitor do; one that is not acknowledged stays, and comes again."""
    task = SignedPackage.loads(row.payload)
    try:
        function = pydoc.locate(task["func"])
        task["result"], task["success"] = function(*task["args"], **task["kwargs"]), True  # type: ignore[operator]
    except (Exception, TimeoutException) as error:  # noqa: BLE001  as the worker does: it becomes the task's result
        task["result"], task["success"] = f"{error} : {traceback.format_exc()}", False
    ran = Ran(task["func"], task["args"], task["success"], str(task["result"]))
    with _open_connections():
        save_task({**task, "stopped": timezone.now(), "cluster": row.key}, get_broker(row.key))
    if acknowledge and (ran.success or task.get("ack_failure", False)):
        get_broker(row.key).acknowledge(row.pk)
    else:
        OrmQ.objects.filter(pk=row.pk).update(lock=timezone.now() + timedelta(seconds=Conf.RETRY))
    return ran


@contextmanager
def _open_connections() -> Iterator[None]:
    """django-q closes connections between tasks, in processes of its own; this one belongs to the test."""
    with (
        patch("django_q.scheduler.close_old_django_connections"),
        patch("django_q.monitor.close_old_django_connections"),
    ):
        yield


def enqueue_due(ahead: timedelta = A_MINUTE) -> None:
    """Turns schedules into queue rows as every cluster's scheduler does; what is due within `ahead` counts as due."""
    now = timezone.now()
    soon = Schedule.objects.filter(schedule_type=Schedule.ONCE, next_run__gte=now, next_run__lte=now + ahead)
    soon.update(next_run=now - timedelta(seconds=1))
    others = Schedule.objects.exclude(cluster=None).values_list("cluster", flat=True)
    for name in {Conf.CLUSTER_NAME, *others}:
        with patch.object(Conf, "CLUSTER_NAME", name), _open_connections():
            scheduler(get_broker(name))


def run_queue(*, ahead: timedelta = A_MINUTE, most: int = 1000) -> list[Ran]:
    """Delivers everything that is due within `ahead`, and what follows from it, oldest first; returns each delivery.

    Fails after `most` deliveries: then something goes round in circles.
    """
    done: list[Ran] = []
    while True:
        enqueue_due(ahead)
        rows = list(OrmQ.objects.filter(lock__lte=timezone.now() + ahead).order_by("pk"))
        if not rows:
            return done
        for row in rows:
            done.append(run_one(row))
            assert len(done) <= most, f"the queue comes to no end: {done[-1]}"
