"""What the worker processes are doing: who is alive, how long the queue is, how fast it moves, and what fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django_q.models import OrmQ, Task

from content.cluster import queues
from content.cluster.standing import State, Unserved, state_of, unserved
from content.control_room.strip import up_to
from content.models import Heartbeat

SHOWN = 20
"""Clusters; the list of clusters has the rest."""
MOST_WAITING = 10_000
MOST_FAILED = 1_000
FAILED_SINCE = timedelta(hours=24)
PACE_OVER = timedelta(minutes=5)


@dataclass(frozen=True)
class Worker:
    """A cluster of worker processes and how it is."""

    heart: Heartbeat
    state: State

    @property
    def works(self) -> bool:
        return self.state == State.WORKS


@dataclass(frozen=True)
class Waiting:
    """`oldest` is when the oldest row was put into the queue; None if none waits, or it can't be read."""

    queue: str
    number: str
    oldest: datetime | None


@dataclass(frozen=True)
class Work:
    """`a_minute` is the mean over the last five minutes; `failed` counts the last 24 hours."""

    workers: tuple[Worker, ...]
    waiting: tuple[Waiting, ...]
    unserved: Sequence[Unserved]
    a_minute: float
    failed: str

    @property
    def alive(self) -> int:
        return sum(worker.works for worker in self.workers)

    @property
    def nobody_works(self) -> bool:
        return not self.alive


def work(now: datetime) -> Work:
    hearts = Heartbeat.objects.filter(stopped_at=None).order_by("-beat_at", "-pk")[:SHOWN]
    done = Task.objects.filter(success__in=[True, False], stopped__gte=now - PACE_OVER)
    failed = Task.objects.filter(success=False, stopped__gte=now - FAILED_SINCE)
    return Work(
        workers=tuple(Worker(heart, state_of(heart, now)) for heart in hearts),
        waiting=tuple(_waiting(queue.name) for queue in queues.configured()),
        unserved=unserved(),
        a_minute=done.count() / (PACE_OVER.total_seconds() / 60),
        failed=up_to(failed, MOST_FAILED),
    )


def _waiting(name: str) -> Waiting:
    rows = OrmQ.objects.filter(key=name)
    oldest = rows.order_by("pk").first()
    put_in = oldest.task.get("started") if oldest else None
    return Waiting(name, up_to(rows, MOST_WAITING), put_in)
