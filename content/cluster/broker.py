"""django-q2's broker on the database, which also writes down what this cluster has taken and not yet dealt with.

The note is written in the transaction that takes the task, and removed in the one that acknowledges it; so when the
cluster is dead, exactly its tasks can be given back (see `taken`).
"""

import logging
from datetime import datetime
from time import sleep
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ

from content.cluster.outage import PAUSE, Outage
from content.cluster.queues import deliverable
from content.models import TakenTask

logger = logging.getLogger(__name__)


class Taking(NamedTuple):
    """What goes with a task through the cluster: its queue row's id, whose heart it is, and until when it is ours.

    A row that has another lock since was taken again, or given back.
    """

    task: int
    heartbeat: int
    until: datetime


class TakingBroker(ORM):  # type: ignore[misc]  # django-q has no types
    """The queue of the same name, worked on by the cluster that beats this heart."""

    def __init__(self, list_key: str, heartbeat: int) -> None:
        super().__init__(list_key)
        self.heartbeat = heartbeat
        self.outage = Outage(f"Queue {list_key}")

    def dequeue(self) -> list[tuple[Taking, str]] | None:
        """Return one task as (its taking, its payload), or None after a short sleep; waits for an absent database."""
        taken = None
        with self.outage.noticed():
            taken = self._take()
        if not taken:
            sleep(Conf.POLL if self.outage.here else PAUSE)
        return taken

    def _take(self) -> list[tuple[Taking, str]] | None:
        waiting = deliverable(self.list_key, Conf.RETRY, timezone.now())
        first = self.get_connection().filter(waiting).order_by("lock", "pk").first()
        if first is None:
            return None
        until = self.timeout(first)
        with transaction.atomic():
            mine = OrmQ.objects.filter(pk=first.pk, lock=first.lock).update(lock=until)
            if not mine:  # another cluster was faster
                return None
            TakenTask.objects.bulk_create(
                [TakenTask(task=first.pk, heartbeat_id=self.heartbeat, taken_at=timezone.now())],
                update_conflicts=True,
                unique_fields=["task"],
                update_fields=["heartbeat", "taken_at"],
            )
        return [(Taking(first.pk, self.heartbeat, until), first.payload)]

    def delete(self, taking: Taking) -> None:
        with transaction.atomic():
            OrmQ.objects.filter(pk=taking.task).delete()
            TakenTask.objects.filter(pk=taking.task).delete()

    def acknowledge(self, taking: Taking) -> None:
        """Removes a task that is done, if need be after waiting for the database; whoever else holds it is too late.

        One that failed is seen to by `deliveries`.
        """
        self.outage.wait_through(lambda: self.delete(taking))

    def fail(self, taking: Taking) -> None:
        """A payload that can't be read is left in the queue: another SECRET_KEY may be right, and nothing is lost."""
        logger.error(
            "Queue row %s was written under another SECRET_KEY or queue name; it stays where it is.", taking.task
        )
        self.outage.wait_through(TakenTask.objects.filter(pk=taking.task, heartbeat=self.heartbeat).delete)
