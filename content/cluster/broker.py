"""django-q2's broker on the database, which also writes down what this cluster has taken and not yet dealt with.

The note is written in the transaction that takes the task, and removed in the one that acknowledges it; so when the
cluster is dead, exactly its tasks can be given back (see `taken`).
"""

import logging
from time import sleep

from django.db import transaction
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ

from content.cluster.outage import PAUSE, Outage
from content.models import TakenTask

logger = logging.getLogger(__name__)


class TakingBroker(ORM):  # type: ignore[misc]  # django-q has no types
    """The queue of the same name, worked on by the cluster that beats this heart."""

    def __init__(self, list_key: str, heartbeat: int) -> None:
        super().__init__(list_key)
        self.heartbeat = heartbeat
        self.outage = Outage(f"Queue {list_key}")

    def dequeue(self) -> list[tuple[int, str]] | None:
        """Return one task as (its id, its payload), or None after a short sleep. An absent database is waited for."""
        taken = None
        with self.outage.noticed():
            taken = self._take()
        if not taken:
            sleep(Conf.POLL if self.outage.here else PAUSE)
        return taken

    def _take(self) -> list[tuple[int, str]] | None:
        queue = self.get_connection().filter(key=self.list_key, lock__lt=timezone.now())
        first = queue.order_by("lock", "pk").first()
        if first is None:
            return None
        with transaction.atomic():
            mine = OrmQ.objects.filter(pk=first.pk, lock=first.lock).update(lock=self.timeout(first))
            if not mine:  # another cluster was faster
                return None
            TakenTask.objects.bulk_create(
                [TakenTask(task=first.pk, heartbeat_id=self.heartbeat, taken_at=timezone.now())],
                update_conflicts=True,
                unique_fields=["task"],
                update_fields=["heartbeat", "taken_at"],
            )
        return [(first.pk, first.payload)]

    def delete(self, task_id: int) -> None:
        with transaction.atomic():
            OrmQ.objects.filter(pk=task_id).delete()
            TakenTask.objects.filter(pk=task_id).delete()

    def acknowledge(self, task_id: int) -> None:
        """Removes a task that is done with, if need be after waiting for the database."""
        self.outage.wait_through(lambda: self.delete(task_id))

    def fail(self, task_id: int) -> None:
        """A payload that can't be read is left in the queue: another SECRET_KEY may be right, and nothing is lost."""
        logger.error("Queue row %s was written under another SECRET_KEY or queue name; it stays where it is.", task_id)
        self.outage.wait_through(TakenTask.objects.filter(pk=task_id).delete)
