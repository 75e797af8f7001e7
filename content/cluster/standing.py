"""How the clusters are, read from what their hearts have written: for the admin, and for whoever looks after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone
from django_q.models import OrmQ, Schedule

from content.cluster import queues
from content.cluster.queues import Queue
from content.models import Heartbeat

RESTS = timedelta(seconds=30)
"""A beat may come so much later than the longest task; tasks and schedules may be overdue for so long."""


class State(Enum):
    """What a row of the list of clusters says."""

    WORKS = "works"
    STILL = "stands still"
    SILENT = "gives no sign of life"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Unserved:
    """Work waits in this queue and no cluster that lives works on it; `tasks` are overdue, `since` the last beat."""

    queue: str
    tasks: int
    since: datetime | None


def state_of(heart: Heartbeat, now: datetime) -> State:
    """Return how a cluster is. One that stands still for longer than its queue's patience ends itself."""
    if heart.stopped_at:
        return State.STOPPED
    queue = next((each for each in queues.configured() if each.name == heart.cluster), queues.configured()[0])
    silence = now - heart.beat_at
    if silence <= lively(queue):
        return State.WORKS
    return State.STILL if silence <= timedelta(seconds=queue.patience) + RESTS else State.SILENT


def lively(queue: Queue) -> timedelta:
    """Return how old the last beat of a cluster may be that does its work: a long task makes it wait."""
    return timedelta(seconds=queue.timeout) + RESTS


def unserved() -> list[Unserved]:
    """Return the queues in which work waits though no cluster works on them; for a healthy site, one query a queue."""
    now = timezone.now()
    return [found for queue in queues.configured() if (found := _unserved(queue, now))]


def _unserved(queue: Queue, now: datetime) -> Unserved | None:
    hearts = Heartbeat.objects.filter(cluster=queue.name)
    if hearts.filter(stopped_at=None, beat_at__gt=now - lively(queue)).exists():
        return None
    late = now - RESTS
    tasks = OrmQ.objects.filter(queues.deliverable(queue.name, queue.retry, now, before=late)).count()
    names: Sequence[str | None] = [None, queue.name] if queue == queues.configured()[0] else [queue.name]
    due = Schedule.objects.exclude(repeats=0).filter(next_run__lt=late)
    tasks += sum(due.filter(cluster=name).count() for name in names)
    last = hearts.order_by("-beat_at").first()
    return Unserved(queue.name, tasks, last.beat_at if last else None) if tasks else None
