"""What happens to a task on its way through the cluster, beyond what django-q2 does with it."""

import logging
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.signals import post_execute, post_execute_in_worker, pre_execute
from django_q.utils import close_old_django_connections

from content.cluster.broker import Taking
from content.cluster.outage import Outage
from content.models import TakenTask
from scoring.retries import NOT_WRITTEN_DOWN

logger = logging.getLogger(__name__)

SOON = timedelta(seconds=2)
"""After which a task is delivered again that failed because the database went away."""
LOST = (OperationalError.__name__, InterfaceError.__name__)

_outage = Outage("Results")


class PatientResults:
    """The queue of results as the monitor sees it: each comes out only once the database is there to save it."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue

    def get(self) -> Any:
        result = self._queue.get()
        _outage.wait_through(_reach_database)
        return result


class OwnTasks:
    """The queue of tasks as a worker sees it: only those come out that are still this cluster's to run.

    `retry` counts from the moment a task was taken. One that has waited inside the cluster for that long was taken
    again, here or elsewhere, and that taking counts; for one that begins now the time begins anew.
    """

    def __init__(self, queue: Any) -> None:
        self._queue = queue

    def get(self) -> Any:
        while True:
            task = self._queue.get()
            if not isinstance(task, dict) or self._still_ours(task):
                return task
            logger.info("Queue row %s is left out: it is done, or was taken again.", task["ack_id"].task)

    def _still_ours(self, task: dict[str, Any]) -> bool:
        held = False

        def hold() -> None:
            nonlocal held
            _reach_database()
            taking = task["ack_id"]
            until = timezone.now() + timedelta(seconds=Conf.RETRY)
            held = bool(OrmQ.objects.filter(pk=taking.task, lock=taking.until).update(lock=until))
            task["ack_id"] = taking._replace(until=until)

        _outage.wait_through(hold)
        return held


def connect() -> None:
    """Lets the functions below hear of every task of the processes that are forked from this one."""
    pre_execute.connect(note_task)
    post_execute_in_worker.connect(note_result)
    post_execute.connect(note_failure)


def note_task(sender: object, task: dict[str, Any], **kwargs: object) -> None:
    """Before a worker runs a task: keeps its taking beyond the monitor, which takes it out."""
    task["taken"] = task.get("ack_id")


def note_result(sender: object, task: dict[str, Any], **kwargs: object) -> None:
    """In the worker, after a task that failed: `note_failure` sees to its queue row, not the monitor.

    If it failed because the database went away, it could not even write that down. So it counts as not dealt with,
    whatever the settings say of failures, and is delivered again when the database is back. So is one that could not
    write it down for another reason, as a lock that somebody kept.
    """
    if task["success"]:
        return
    task["dealt_with"] = task.pop("ack_failure", False)
    if any(name in task["result"] for name in LOST) and not _connected():
        task["dealt_with"] = False
        task["away"] = True
        reason = task["result"].partition(" : Traceback")[0].splitlines()[0]
        task["result"] = f"The database went away, and the task is delivered again when it is back: {reason}"
    elif NOT_WRITTEN_DOWN in task["result"]:
        task["dealt_with"] = False
        task["away"] = True


def note_failure(sender: object, task: dict[str, Any], **kwargs: object) -> None:
    """When the monitor is done with a task that failed: it is dealt with, until it is delivered again, if it is."""
    if not task["success"] and task.get("taken"):
        done, soon = task.get("dealt_with", False), "away" in task
        _outage.wait_through(lambda: _let_go(task["taken"], done=done, soon=soon))


def _let_go(taking: Taking, *, done: bool, soon: bool) -> None:
    """Leaves everything as it is if the task was taken again meanwhile: it is the new holder's now."""
    ours = OrmQ.objects.filter(pk=taking.task, lock=taking.until)
    with transaction.atomic():
        # The queue row first, as taking and acknowledging do.
        if not ours.select_for_update(no_key=True):
            return
        TakenTask.objects.filter(pk=taking.task, heartbeat=taking.heartbeat).delete()
        if done:
            ours.delete()
        elif soon:
            ours.update(lock=timezone.now() + SOON)


def _connected() -> bool:
    return connection.connection is not None and connection.is_usable()


def _reach_database() -> None:
    close_old_django_connections()
    if connection.connection is not None and not connection.is_usable():
        connection.close()
    connection.ensure_connection()
