"""What is in flight: the names of the steps that stand in the queue, are being worked on, or have a schedule."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.signing import BadSignature, SignedPackage

from scoring import clocks
from scoring.steps import match_steps, schedule_name, season_steps

MOST_ROWS = 10_000
"""Queue rows that are opened, at about 40 µs each; in a longer queue nothing can be said to be lost."""
MOST_UNREADABLE = 100_000
"""Rows that can't be opened are looked at beyond those, up to so many: they must not hide what can be read."""


@dataclass(frozen=True)
class Flight:
    """The names (`steps.schedule_name`) of the steps with a schedule to come, and of those with a row in the queue.

    A task that a worker is at still has its row. `unreadable`: rows that can't be opened, written under another
    SECRET_KEY or name of the queue; no worker of ours will ever run them. `complete`: whether every row was looked at.
    What waits for a time that no right clock has written (`scoring.clocks`) is not in flight.
    """

    scheduled: frozenset[str] = frozenset()
    queued: frozenset[str] = frozenset()
    unreadable: int = 0
    complete: bool = True

    def carries(self, place: int, match_id: int, season_id: int) -> bool:
        """Whether the step at this place of the pipeline will come to a match: by itself, or by a task for its season.

        A season's task for an earlier step counts, since the later ones follow from it.
        """
        names = self.scheduled | self.queued
        by_season = (schedule_name(step, season_id) in names for step in season_steps()[: place + 1])
        return schedule_name(match_steps()[place], match_id) in names or any(by_season)


def look() -> Flight:
    """Return what is in flight. A queue row is signed and packed: every one has to be opened.

    Schedules are read before the queue, so that one that the cluster turns into a queue row meanwhile is seen.
    """
    now = timezone.now()
    to_come = Schedule.objects.exclude(repeats=0).filter(next_run__lte=now + clocks.furthest_try()).exclude(name=None)
    scheduled = frozenset(name for name in to_come.values_list("name", flat=True) if name)
    rows = OrmQ.objects.filter(lock__lte=now + clocks.furthest_lock()).order_by("pk").values_list("payload", flat=True)
    return _opened(rows.iterator(), scheduled)


def _opened(packages: Iterator[str], scheduled: frozenset[str]) -> Flight:
    queued: set[str] = set()
    readable = unreadable = 0
    for package in packages:
        if readable == MOST_ROWS or unreadable == MOST_UNREADABLE:
            return Flight(scheduled, frozenset(queued), unreadable, complete=False)
        group = _group(package)
        unreadable += group is None
        readable += group is not None
        if group:
            queued.add(group)
    return Flight(scheduled, frozenset(queued), unreadable)


def _group(package: str) -> str | None:
    """Return the group of a queue row, "" if it has none, None if it can't be opened."""
    try:
        task = SignedPackage.loads(package)
    except (BadSignature, TypeError):
        return None
    return str(task.get("group") or "")
