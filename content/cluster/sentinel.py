"""The sentinel: replaces a child that ended in order, and ends the whole cluster if one died."""

import logging
import os
import signal
from multiprocessing import Value
from multiprocessing.process import BaseProcess
from time import monotonic, sleep
from typing import Any, NoReturn

from django_q.cluster import Sentinel
from django_q.conf import Conf
from django_q.monitor import monitor
from django_q.status import Stat
from django_q.worker import worker as work

from content.cluster import lifeline
from content.cluster.deliveries import OwnTasks, PatientResults
from content.cluster.pulse import Pulse
from content.cluster.timetable import Timetable

logger = logging.getLogger(__name__)

CHILD_DIED = 70
"""The status of a sentinel that ended because one of its children died by a signal."""
GRACE = 2.0
"""Seconds that a worker has to end by itself once its task's time is up."""
TIMED_OUT = 0.0
"""What a worker's timer shows then."""


def watch(pulse: Pulse, *arguments: Any) -> NoReturn:
    """Is the whole life of a sentinel's process: its status is 0 if it was told to stop."""
    status = 1
    try:
        WatchfulSentinel(pulse, *arguments)
        status = 0
    except Exception:
        logger.exception("The sentinel ends by an error.")
    finally:
        # Not by the usual way out, which waits for children; these end with it.
        os._exit(status)


class WatchfulSentinel(Sentinel):  # type: ignore[misc]  # django-q has no types
    """django-q2's sentinel, which can't be left waiting for a lock that went down with a child."""

    def __init__(self, pulse: Pulse, *args: Any, **kwargs: Any) -> None:
        self.pulse = pulse
        self.ending: int | None = None
        super().__init__(*args, **kwargs)

    def start(self) -> None:
        self.timetable = Timetable(self.broker)
        # Its signals are the house's to give: one to the whole process group must not end it out of order.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, self.child_ended)
        super().start()

    def spawn_process(self, target: Any, *args: Any) -> BaseProcess:
        with lifeline.role(target.__name__):
            process: BaseProcess = super().spawn_process(target, *args)
        return process

    def spawn_worker(self) -> None:
        timer = Value("f", -1)
        self.spawn_process(work, OwnTasks(self.task_queue), self.result_queue, timer, self.timeout)

    def spawn_monitor(self) -> BaseProcess:
        return self.spawn_process(monitor, PatientResults(self.result_queue), self.broker)

    def guard(self) -> None:
        self.start_event.set()
        logger.info("Queue %s: %s workers, guarded by process %s", self.queue_name(), len(self.pool), self.pid)
        while True:
            self.look_after_children()
            self.timetable.look()
            self.pulse.guard.value = monotonic()
            Stat(self).save()
            if self.pulse.stop.value:
                break
            sleep(Conf.GUARD_CYCLE)
        self.stop_event.set()
        self.stop()

    def look_after_children(self) -> None:
        for worker in [*self.pool]:
            with worker.timer.get_lock():
                if not worker.is_alive() or worker.timer.value == TIMED_OUT:
                    self.reincarnate(worker)
                elif worker.timer.value > 0:
                    worker.timer.value = max(worker.timer.value - Conf.GUARD_CYCLE, TIMED_OUT)
        for process in (self.monitor, self.pusher):
            if not process.is_alive():
                self.reincarnate(process)

    def reincarnate(self, process: Any) -> None:
        self.end_if_killed(process)
        if process in self.pool and process.timer.value == TIMED_OUT:
            self._end(process)
        super().reincarnate(process)

    def _end(self, worker: Any) -> None:
        """A worker says itself that it is about to end, or it is stuck in its task; then it holds no lock of ours."""
        worker.join(GRACE)
        if worker.is_alive():
            self.ending = worker.pid
            worker.kill()
            worker.join()
        self.pulse.timed_out.value += 1

    def child_ended(self, number: int, frame: object) -> None:
        """At once, even while this process waits for a lock that will never be free again."""
        for process in [*self.pool, self.monitor, self.pusher]:
            if process is not None:
                self.end_if_killed(process)

    def end_if_killed(self, process: Any) -> None:
        status = process.exitcode
        if status is not None and status < 0 and process.pid != self.ending:
            self._give_up(process, -status)

    def _give_up(self, process: Any, number: int) -> NoReturn:
        message = "Queue %s: process %s died by signal %s; the whole cluster starts again."
        logger.critical(message, self.queue_name(), process.pid, number)
        os._exit(CHILD_DIED)
