"""What the supervisor forks for each queue: waits for the database, starts the sentinel, and holds the heart."""

import logging
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from threading import Thread
from time import sleep
from typing import NoReturn

from django.db import DatabaseError, connections
from django.db.models import F
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from content.apps import install_catch_up
from content.cluster import deliveries, lifeline, queues, taken
from content.cluster.broker import TakingBroker
from content.cluster.heart import SILENT, Heart
from content.cluster.outage import AWAY, PAUSE, first_line
from content.cluster.pulse import Pulse
from content.cluster.queues import Queue
from content.cluster.sentinel import watch
from content.models import Heartbeat, TakenTask

logger = logging.getLogger(__name__)

IN_ORDER, FELL = 0, 1
TICK = 0.1
KEPT = timedelta(days=30)
"""How long the row of a cluster is kept after its last beat."""
FOUND_DEAD = "its supervisor was gone: found dead by the next one"


@dataclass(frozen=True)
class Lease:
    """Who runs this house: the supervisor's process, and how many houses of this queue fell before.

    `token` is the supervisor's for this queue, `family` are all of its tokens.
    """

    token: uuid.UUID
    family: frozenset[uuid.UUID]
    pid: int
    restarts: int


def live(queue: Queue, pulse: Pulse, lease: Lease) -> NoReturn:
    """Runs one cluster until it is told to stop (status 0) or something in it dies (status 1). Never returns."""
    status = FELL
    try:
        status = _live(queue, pulse, lease)
    except Exception:
        logger.exception("Queue %s: the cluster ends by an error.", queue.name)
    finally:
        # Not by the usual way out, which would first wait for children that may never end.
        os._exit(status)


def _live(queue: Queue, pulse: Pulse, lease: Lease) -> int:
    queues.use(queue)
    heartbeat = _move_in(queue, pulse, lease)
    if heartbeat is None:
        return IN_ORDER
    connections.close_all()
    deliveries.connect()
    fork = get_context("fork")
    broker = TakingBroker(queue.name, heartbeat)
    arguments = (pulse, fork.Event(), fork.Event(), uuid.uuid4(), broker, queue.timeout)
    with lifeline.role("sentinel"):
        sentinel = fork.Process(target=watch, args=arguments)
        sentinel.start()
    heart = Heart(queue, heartbeat, pulse)
    # A thread, so that a database that hangs never keeps the death of the sentinel from being seen.
    Thread(target=heart.beat_for_ever, daemon=True).start()
    while sentinel.exitcode is None:
        sleep(TICK)
    if sentinel.exitcode:
        logger.critical("Queue %s: the sentinel ended with status %s.", queue.name, sentinel.exitcode)
        return FELL
    _say_goodbye(heartbeat)
    return IN_ORDER


def _move_in(queue: Queue, pulse: Pulse, lease: Lease) -> int | None:
    """Return the id of the heartbeat row once the database answers; None if told to stop before."""
    said = ""
    while not pulse.stop.value:
        try:
            return register(queue, lease)
        except (DatabaseError, *AWAY) as error:
            connections.close_all()
            reason = first_line(error)
            if reason != said:
                logger.warning("Queue %s: the database can't be used yet, trying again: %s", queue.name, reason)
                said = reason
            pulse.proof.value = pulse.proof.value + pulse.silence
            sleep(PAUSE)
    return None


def register(queue: Queue, lease: Lease) -> int:
    """Return the id of the row of this supervisor's cluster, after dead ones have been seen to.

    Must run while nothing of this supervisor's works on the queue.
    """
    now = timezone.now()
    new = {"machine": taken.machine(), "cluster": queue.name, "workers": queue.workers, "started_at": now}
    heart, _ = Heartbeat.objects.get_or_create(
        token=lease.token, defaults={**new, "host": os.uname().nodename, "pid": lease.pid, "beat_at": now}
    )
    Heartbeat.objects.filter(pk=heart.pk).update(restarts=lease.restarts)
    gone = taken.dead(lease.token, lease.family, lease.pid)
    if number := taken.give_back(gone, queue.retry):
        logger.warning("Queue %s: %s tasks of dead clusters are given back.", queue.name, number)
    _bury([found for found in gone if found.pk != heart.pk])
    _take_over(queue)
    return heart.pk


def _bury(hearts: Sequence[Heartbeat]) -> None:
    dead = Heartbeat.objects.filter(pk__in=[heart.pk for heart in hearts], stopped_at=None)
    dead.filter(stopped_because="").update(stopped_because=FOUND_DEAD)
    dead.update(stopped_at=F("beat_at"))
    # Only those that have ended: by our clock, if it is wrong, those that live are old as well.
    long_ago = Heartbeat.objects.filter(beat_at__lt=timezone.now() - KEPT)
    long_ago.exclude(stopped_at=None).delete()
    silent = long_ago.filter(stopped_at=None).exclude(machine=taken.machine())
    silent.update(stopped_at=F("beat_at"), stopped_because=SILENT)
    TakenTask.objects.filter(heartbeat=None).exclude(task__in=OrmQ.objects.values("pk")).delete()


def _take_over(queue: Queue) -> None:
    """The default queue takes over what waits in queues that are no longer configured, and puts `catch_up` back."""
    known = [each.name for each in queues.configured()]
    if queue.name == known[0]:
        OrmQ.objects.exclude(key__in=known).update(key=queue.name)
        Schedule.objects.exclude(cluster=None).exclude(cluster__in=known).update(cluster=None)
        install_catch_up()


def _say_goodbye(heartbeat: int) -> None:
    try:
        now = timezone.now()
        Heartbeat.objects.filter(pk=heartbeat).update(stopped_at=now, stopped_because="stopped in order")
    except AWAY as error:
        logger.warning("The end could not be written down: %s", error)
