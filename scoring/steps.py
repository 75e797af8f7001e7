"""The steps of the pipelines as the settings list them, and how one gets into the queue: under one name for each
step and match (or season), by which everything that is in flight can be recognised.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task


@dataclass(frozen=True)
class Step:
    """A task and the seconds it waits before it starts; None: it goes into the queue at once."""

    path: str
    delay: int | None

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


def require_transaction() -> None:
    """Raises `TransactionManagementError` outside of a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "the pipeline moves only inside the transaction that changed the match"
        )


def match_steps() -> list[Step]:
    return [Step(*entry) for entry in settings.MATCH_PIPELINE]


def season_steps() -> list[Step]:
    return [Step(*entry) for entry in settings.SEASON_PIPELINE]


def place_of(step: str) -> int:
    """Return the place in `MATCH_PIPELINE` of a dotted path; that of "", which is done, is after the last."""
    return [*(s.path for s in match_steps()), ""].index(step)


def schedule_name(step: Step, pk: int) -> str:
    """Return the name of a step's schedule for a match or a season, which is also the group of its queue rows."""
    return f"{step.name}:{pk}"


def enqueue(step: Step, pk: int) -> None:
    """Puts a step into the queue, or schedules it if it has a delay."""
    if step.delay is None:
        enqueue_at_once(step, pk)
    else:
        schedule(step, pk, timezone.now() + timedelta(seconds=step.delay))


def enqueue_at_once(step: Step, pk: int) -> None:
    """Puts a step into the queue, whatever its delay."""
    # Always named: a worker of another queue would otherwise put the next task into its own.
    queue = settings.TASK_QUEUES.get(step.path, settings.Q_CLUSTER["name"])
    async_task(step.path, pk, q_options={"group": schedule_name(step, pk), "cluster": queue})


def schedule(step: Step, pk: int, when: datetime) -> None:
    """Lets a step run at a time, by the one schedule of its name. Must run with the match, or the season, locked."""
    name = schedule_name(step, pk)
    as_it_shall_be = {
        "func": step.path,
        "args": repr((pk,)),
        "schedule_type": Schedule.ONCE,
        "repeats": -1,
        "next_run": when,
        "cluster": settings.TASK_QUEUES.get(step.path),
    }
    there = Schedule.objects.filter(name=name).update(**as_it_shall_be)
    if not there:
        Schedule.objects.create(name=name, **as_it_shall_be)
    elif there > 1:  # there is no constraint against it: mended where it is met
        named = Schedule.objects.filter(name=name).order_by("pk")
        named.exclude(pk=named.values_list("pk", flat=True).first()).delete()
