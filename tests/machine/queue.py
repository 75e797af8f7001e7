"""The queue as the machine's worker sees it: rows that it may run in any order, twice, late, or never."""

from ast import literal_eval
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from content.services import without_current
from scoring.models import Match, MatchProgress
from tests.queue import enqueue_due, run_one

STEPS = [path for path, _ in settings.MATCH_PIPELINE]
SEASON_STEPS = [path for path, _ in settings.SEASON_PIPELINE]
AGAIN = "content.tasks.write_again"
TASKS = [*STEPS, *SEASON_STEPS, AGAIN]


def deliveries() -> list[OrmQ]:
    return list(OrmQ.objects.order_by("pk"))


def schedules() -> list[Schedule]:
    return list(Schedule.objects.filter(func__in=TASKS).order_by("pk"))


def run(row: OrmQ) -> None:
    """Does what a worker does with a delivery; it is not acknowledged."""
    ran = run_one(row, acknowledge=False)
    assert ran.success, str(ran)


def acknowledge(row: OrmQ) -> None:
    OrmQ.objects.filter(pk=row.pk).delete()


def come_due(schedule: Schedule) -> None:
    """Lets the scheduler turn a schedule into a delivery, with whatever else is due."""
    Schedule.objects.filter(pk=schedule.pk).update(next_run=timezone.now() - timedelta(seconds=1))
    enqueue_due(timedelta(0))
    assert not Schedule.objects.filter(pk=schedule.pk).exists()


def let_time_pass(span: timedelta) -> None:
    """Moves everything that waits for its time that much closer to it."""
    MatchProgress.objects.filter(next_try__isnull=False).update(next_try=F("next_try") - span)
    MatchProgress.objects.filter(queued_at__isnull=False).update(queued_at=F("queued_at") - span)
    MatchProgress.objects.update(changed_at=F("changed_at") - span)
    Schedule.objects.filter(func__in=TASKS).update(next_run=F("next_run") - span)


def on_their_way() -> set[tuple[str, int]]:
    """Return what stands in the queue or is scheduled: the path of the step, and the id of its match or season."""
    waiting = {(str(row.func()), int(row.task["args"][0])) for row in deliveries()}
    return waiting | {(schedule.func, literal_eval(schedule.args)[0]) for schedule in schedules()}


def stuck(coming: Iterable[tuple[str, int]]) -> list[int]:
    """Return the matches that stand at a step, or have a roundup out of date, which nothing on its way would see to.

    While another match of the season waits to be counted, a roundup may be out of date: the count comes back to it.
    """
    on_its_way = set(coming)
    unfinished = MatchProgress.objects.unfinished().select_related("match")
    standing = {row.match_id: (STEPS.index(row.step), row.match.season_id) for row in unfinished}
    counting = {season for place, season in standing.values() if place < len(STEPS) - 1}
    late = without_current().filter(progress__step="").exclude(season__in=counting).values_list("pk", "season")
    standing |= {pk: (len(STEPS) - 1, season) for pk, season in late}
    return [
        pk
        for pk, (place, season) in standing.items()
        if not {(STEPS[place], pk), *((step, season) for step in SEASON_STEPS[: place + 1])} & on_its_way
        and not (place == len(STEPS) - 1 and (AGAIN, pk) in on_its_way)
    ]


def needless() -> list[int]:
    """Return the matches that have a schedule of their own though everything is done."""
    planned = {literal_eval(row.args)[0] for row in schedules() if row.func in (*STEPS, AGAIN)}
    return list(MatchProgress.objects.filter(pk__in=planned, step="").values_list("pk", flat=True))


def all_matches() -> list[Match]:
    return list(Match.objects.order_by("pk"))
