"""What `manage.py qcluster` is: keeps one house running for each queue, and knows no database that could hold it up."""

import logging
import math
import os
import signal
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from time import monotonic, sleep

from content.cluster import house, lifeline
from content.cluster.pulse import Pulse
from content.cluster.queues import Queue

logger = logging.getLogger(__name__)

TICK = 0.05
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30.0
"""Seconds before a house is put up again: the first while it gets to work each time, longer if it does not."""
ENDING = 10.0
"""Seconds that an orderly end may take beyond the longest task."""


class StoodStillError(RuntimeError):
    """A cluster was alive and did not do its work; the message is for the operator."""


@dataclass
class Watched:
    """One queue and the house that works on it now."""

    queue: Queue
    token: uuid.UUID = field(default_factory=uuid.uuid4)
    pulse: Pulse = field(default_factory=Pulse)
    process: BaseProcess | None = None
    restarts: int = -1
    in_vain: int = 0
    """How many houses in a row have fallen before they got to work."""
    not_before: float = 0.0
    ended: bool = False


class Supervisor:
    def __init__(self, queues: Sequence[Queue]) -> None:
        self.watched = [Watched(queue) for queue in queues]
        self.signals = 0
        self.give_up_at = float("inf")

    def run(self) -> int:
        """Keeps the clusters running until a signal comes; returns the status to exit with.

        Raises StoodStillError, with nothing left running, if a cluster does no work though there is some.
        """
        lifeline.name_this("qcluster")
        lifeline.install()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup wants it to live on
                signal.signal(number, self.told_to_stop)
        try:
            while not all(each.ended for each in self.watched):
                for each in self.watched:
                    self.look_after(each)
                if self.signals > 1 or monotonic() > self.give_up_at:
                    logger.critical("The clusters are ended now, out of order; their tasks are delivered again.")
                    return 1
                sleep(TICK)
        finally:
            self.kill_all()
        return 0

    def told_to_stop(self, number: int, frame: object) -> None:
        self.signals += 1
        if self.signals == 1:
            self.give_up_at = monotonic() + ENDING + max(each.queue.timeout for each in self.watched)

    def look_after(self, each: Watched) -> None:
        if each.process is None:
            self._start_if_due(each)
        elif each.process.exitcode is not None:
            self._has_ended(each, each.process.exitcode)
        elif self.signals:
            each.pulse.stop.value = 1
        elif each.pulse.silence > each.queue.patience:
            raise StoodStillError(
                f"The cluster of the queue {each.queue.name} (process {each.process.pid}) has done no work for "
                f"{each.queue.patience} seconds though some waits, or does not answer. It is ended; start it again."
            )

    def _start_if_due(self, each: Watched) -> None:
        if self.signals:
            each.ended = True
        elif monotonic() >= each.not_before:
            each.restarts += 1
            each.pulse = Pulse()
            each.process = self._fork(each)
            logger.info("Queue %s: cluster started, process %s", each.queue.name, each.process.pid)

    def _fork(self, each: Watched) -> BaseProcess:
        family = frozenset(other.token for other in self.watched)
        lease = house.Lease(each.token, family, os.getpid(), each.restarts)
        with lifeline.role("cluster"):
            process = get_context("fork").Process(target=house.live, args=(each.queue, each.pulse, lease))
            process.start()
        return process

    def _has_ended(self, each: Watched, status: int) -> None:
        each.process = None
        self.kill_orphans()
        if status == house.IN_ORDER and self.signals:
            each.ended = True
            return
        each.in_vain = each.in_vain + 1 if math.isinf(each.pulse.rest) else 0
        pause = min(2.0 ** (each.in_vain - 2), LONGEST_PAUSE) if each.in_vain > 1 else FIRST_PAUSE
        each.not_before = monotonic() + pause
        logger.error(
            "Queue %s: the cluster ended with status %s; the next one starts in %s s.", each.queue.name, status, pause
        )

    def kill_orphans(self) -> None:
        """Ends what a house has left behind; returns when it is gone."""
        known = {each.process.pid for each in self.watched if each.process}
        while orphans := [pid for pid in lifeline.children() if pid not in known]:
            for pid in orphans:
                _kill(pid)

    def kill_all(self) -> None:
        for each in self.watched:
            if each.process:
                each.process.kill()
                each.process.join()
                each.process = None
        self.kill_orphans()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        sleep(TICK)  # it is somebody else's to wait for, or was never ours
