"""Gives back what dead clusters had taken, so that their tasks wait seconds, not the queue's `retry`."""

import os
import socket
import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from content.models import Heartbeat, TakenTask

FIRST_PAUSE = 5
"""Seconds that a task waits which went down with its cluster a second time; then twice as long each time."""


def machine() -> str:
    """Return what tells this run of this machine, or container, from every other: within it a process id is unique."""
    parts = [socket.gethostname(), f"{uuid.getnode():x}"]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return " ".join(parts)[:255]


def dead(token: uuid.UUID, family: Collection[uuid.UUID], pid: int) -> list[Heartbeat]:
    """Return the hearts that certainly beat no longer, asked by the supervisor's process `pid`, which is alive.

    `token` is the supervisor's own for this queue: whatever it had running has ended. `family` are its tokens for all
    of its queues. Others count as dead only on this very machine, and only if their supervisor's process is gone, with
    which all of theirs end.
    """
    standing = Heartbeat.objects.filter(machine=machine(), stopped_at=None).exclude(token__in=family)
    gone = [heart for heart in standing if heart.pid == pid or not _runs(heart.pid)]
    own = Heartbeat.objects.filter(token=token)
    ended = Heartbeat.objects.filter(machine=machine(), stopped_at__isnull=False, taken__isnull=False)
    return [*own, *gone, *ended.exclude(token__in=family).distinct()]


def give_back(hearts: Sequence[Heartbeat], retry: int) -> int:
    """Makes the tasks that these dead clusters had in hand deliverable again, and returns how many.

    A task that goes down with its cluster again and again, as one that uses up the memory does, waits longer each time,
    up to `retry` seconds. Locks queue rows first, as taking and acknowledging do.
    """
    owned = TakenTask.objects.filter(heartbeat__in=[heart.pk for heart in hearts])
    with transaction.atomic():
        waiting = OrmQ.objects.select_for_update(no_key=True).filter(pk__in=list(owned.values_list("pk", flat=True)))
        rows = {row.pk: row for row in waiting.order_by("pk")}
        now = timezone.now()
        for note in owned.filter(pk__in=rows):
            pause = min(FIRST_PAUSE * 2 ** (note.lost - 1), retry) if note.lost else 0
            OrmQ.objects.filter(pk=note.pk).update(lock=now + timedelta(seconds=pause))
            TakenTask.objects.filter(pk=note.pk).update(heartbeat=None, lost=note.lost + 1)
        owned.exclude(pk__in=rows).delete()
    return len(rows)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
