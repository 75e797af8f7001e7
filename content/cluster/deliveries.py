"""What happens to a task on its way through the cluster, beyond what django-q2 does with it."""

from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signals import post_execute, post_execute_in_worker, pre_execute
from django_q.utils import close_old_django_connections

from content.cluster.outage import Outage
from content.models import TakenTask

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


def connect() -> None:
    """Lets the functions below hear of every task of the processes that are forked from this one."""
    pre_execute.connect(note_task)
    post_execute_in_worker.connect(note_outage)
    post_execute.connect(note_failure)


def note_task(sender: object, task: dict[str, Any], **kwargs: object) -> None:
    """Before a worker runs a task: keeps its queue row's id beyond the monitor, which takes it out."""
    task["taken"] = task.get("ack_id")


def note_outage(sender: object, task: dict[str, Any], **kwargs: object) -> None:
    """In the worker, after a task: one that failed because the database went away could not even write that down.

    So it is not acknowledged, whatever the settings say of failures, and is delivered again when the database is back.
    """
    if not task["success"] and any(name in task["result"] for name in LOST) and not _connected():
        task["ack_failure"] = False
        task["away"] = True
        reason = task["result"].partition(" : Traceback")[0].splitlines()[0]
        task["result"] = f"The database went away, and the task is delivered again when it is back: {reason}"


def note_failure(sender: object, task: dict[str, Any], **kwargs: object) -> None:
    """When the monitor is done with a task that failed: it is dealt with, until it is delivered again."""
    if not task["success"] and task.get("taken"):
        _outage.wait_through(lambda: _let_go(task["taken"], soon="away" in task))


def _let_go(task_id: int, *, soon: bool) -> None:
    with transaction.atomic():
        if soon:
            OrmQ.objects.filter(pk=task_id).update(lock=timezone.now() + SOON)
        TakenTask.objects.filter(pk=task_id).delete()


def _connected() -> bool:
    return connection.connection is not None and connection.is_usable()


def _reach_database() -> None:
    close_old_django_connections()
    if connection.connection is not None and not connection.is_usable():
        connection.close()
    connection.ensure_connection()
