"""Finds out whether a cluster does its work, by what happens to its tasks, and shows it in its `Heartbeat` row."""

import logging
import os
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_q.models import OrmQ

from content.cluster.outage import Outage
from content.cluster.pulse import Pulse
from content.cluster.queues import Queue, deliverable
from content.models import Heartbeat, TakenTask

logger = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks."""
WRITTEN_EVERY = 5.0
"""Seconds between two writes of `beat_at`."""
UNHURRIED = timedelta(seconds=2)
"""A task that has waited for less is no sign of anything."""
GUARD_MAY_REST = 10.0
"""Seconds that the sentinel may take for one round and still count as awake; at most half of the patience."""

SILENT = "has given no sign of life for a month"
"""Written by the house of another machine; if its clock was wrong, the next beat takes it back."""


class LostRowError(RuntimeError):
    """The database was emptied, or restored, under the running cluster."""


class Heart:
    """Looks again and again. What a cluster has to do moves, or rests; the older of these moments is its last proof:

    taking: a task came into its hands, or none waited; finishing: a task left them, done or failed or ended for its
    time, or there was none in them; guarding: the sentinel went its round.
    """

    def __init__(self, queue: Queue, heartbeat: int, pulse: Pulse) -> None:
        self.queue, self.heartbeat, self.pulse = queue, heartbeat, pulse
        self.outage = Outage(f"Heart of {queue.name}")
        self.in_hand: frozenset[int] = frozenset()
        self.timed_out = 0
        self.taking = self.finishing = monotonic()
        self.written = float("-inf")
        self.complained = False

    def beat_for_ever(self) -> None:
        """Runs as a thread; if it can't go on, the whole process doesn't either."""
        try:
            while True:
                self.beat()
                sleep(EVERY)
        except Exception:
            logger.exception("The heart of the queue %s stops by an error.", self.queue.name)
        finally:
            os._exit(1)

    def beat(self) -> None:
        """Looks once. An absent database is no fault of the cluster: all that counts then is the sentinel's round.

        Raises LostRowError if the row is gone.
        """
        with self.outage.noticed():
            self.look()
            self._write()
        if not self.outage.here:
            self.taking = self.finishing = monotonic()
            self._prove()

    def look(self) -> None:
        """Compares what is in the cluster's hands with the last look."""
        now = monotonic()
        in_hand = self._held()
        timed_out = int(self.pulse.timed_out.value)
        if in_hand - self.in_hand or not self._work_waits():
            self.taking = now
        if not in_hand or self.in_hand - in_hand or timed_out != self.timed_out:
            self.finishing = now
        self.in_hand, self.timed_out = in_hand, timed_out
        self._prove()

    def _held(self) -> frozenset[int]:
        """Return what is in hand; a note whose queue row is gone, removed by a person, is no task and is removed, too.

        Both come and go in one transaction, so it is never about to be one.
        """
        row = Exists(OrmQ.objects.filter(pk=OuterRef("task")))
        notes = TakenTask.objects.filter(heartbeat=self.heartbeat).annotate(row=row).values_list("pk", "row")
        there = dict(notes)
        if stray := [pk for pk, row in there.items() if not row]:
            TakenTask.objects.filter(pk__in=stray, heartbeat=self.heartbeat).delete()
        return frozenset(pk for pk, row in there.items() if row)

    def _prove(self) -> None:
        if self._guarded():
            self.pulse.proof.value = min(self.taking, self.finishing)

    def _guarded(self) -> bool:
        return self.pulse.rest < min(GUARD_MAY_REST, self.queue.patience / 2)

    def _work_waits(self) -> bool:
        now = timezone.now()
        due = deliverable(self.queue.name, self.queue.retry, now, before=now - UNHURRIED)
        waits: bool = OrmQ.objects.filter(due).exists()
        return waits

    def _write(self) -> None:
        proof = float(self.pulse.proof.value)
        still = self.pulse.silence > self.queue.patience / 2
        if proof - self.written > min(WRITTEN_EVERY, self.queue.retry / 4) or (self.complained and not still):
            beat_at = timezone.now() - timedelta(seconds=monotonic() - proof)
            Heartbeat.objects.filter(pk=self.heartbeat, stopped_because=SILENT).update(stopped_at=None)
            self._update(beat_at=beat_at, stopped_because="")
            self.written, self.complained = proof, False
        elif still and not self.complained:
            reason = self._reason()
            logger.error("The cluster of the queue %s stands still: %s.", self.queue.name, reason)
            self._update(stopped_because=f"stood still: {reason}")
            self.complained = True

    def _update(self, **fields: Any) -> None:
        if not Heartbeat.objects.filter(pk=self.heartbeat).update(**fields):
            raise LostRowError(f"the row of this cluster, {self.heartbeat}, was removed from the database")

    def _reason(self) -> str:
        if not self._guarded():
            return "the sentinel goes no rounds"
        if self.finishing < self.taking:
            return f"{len(self.in_hand)} tasks were taken, and none is finished"
        return "work waits, and none is taken"
