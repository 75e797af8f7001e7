"""Puts the task that writes a report into the queue, in the transaction that makes it due, and once for each."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

from content.models import Report, ReportPin, ReportProgress
from content.models.reports import ReportQuerySet
from content.moving import on_their_way
from content.reports.rounds import is_ready
from scoring.models import Match
from scoring.steps import require_transaction

ROUND_TASK = "content.tasks.write_round_report"
SEASON_TASK = "content.tasks.write_season_report"
LONGEST_NAME = 100
"""Of a schedule, and of the group of a task."""


@dataclass(frozen=True)
class Subject:
    """What a report is about: a round of a season, or the season of a model."""

    season_id: int
    round: str = ""
    model_id: int | None = None

    @property
    def task(self) -> str:
        return ROUND_TASK if self.model_id is None else SEASON_TASK

    @property
    def args(self) -> tuple[int, int | str]:
        return (self.season_id, self.round if self.model_id is None else self.model_id)

    @property
    def name(self) -> str:
        """The name of its task in the queue and among the schedules."""
        name = ":".join([self.task.rpartition(".")[2], *map(str, self.args)])
        if len(name) <= LONGEST_NAME:
            return name
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        return f"{name[: LONGEST_NAME - 13]}…{digest}"


def match_done(match: Match) -> None:
    """Orders the reports that are due now that a roundup is done: on its rounds, and on models of its season.

    Its rounds are the one that it is in, and those whose reports still hold it. Must run in the transaction that notes
    that the roundup is done, with the match locked.
    """
    require_transaction()
    left = ReportPin.objects.filter(match=match).exclude(season=match.season_id, round=match.round)
    rounds = set(left.values_list("season", "round")) | {(match.season_id, match.round)}
    for season_id, name in sorted(rounds):
        order_if_due(Subject(season_id, name))
    order_seasons(match.season_id)


def order_if_due(subject: Subject) -> bool:
    """Orders the report on a round if it is ready for one and has none that holds; returns whether it did."""
    if not subject.round or not is_ready(subject.season_id, subject.round) or holds(subject):
        return False
    return order(subject)


def holds(subject: Subject) -> bool:
    return reports_on(subject).holding().exists()


def reports_on(subject: Subject) -> ReportQuerySet:
    return Report.objects.filter(season=subject.season_id, round=subject.round, model=subject.model_id)


def order_seasons(season_id: int) -> None:
    """Orders the reports on models of a season that no longer hold, once the whole season is counted."""
    stale = Report.objects.on_seasons().filter(season=season_id).exclude(stats_version=F("season__stats_version"))
    models = list(stale.order_by("model").values_list("model_id", flat=True))
    if models and not on_their_way().filter(match__season=season_id).exists():
        for model_id in models:
            order(Subject(season_id, model_id=model_id))


def order(subject: Subject, *, anew: bool = False, lost: bool = False) -> bool:
    """Enqueues the task for a report unless it is queued; returns whether it was.

    One that waits for its next try is brought forward. `anew`: a new version is written in any case. `lost`: it is
    known to be in no queue, whatever stands in its row. Must run in a transaction.
    """
    require_transaction()
    now = timezone.now()
    progress = lock(subject)
    progress.ordered_anew |= anew
    queue = progress.queued_at is None or progress.next_try is not None or lost
    if queue:
        progress.queued_at, progress.next_try, progress.changed_at = now, None, now
    progress.save()
    if queue:
        Schedule.objects.filter(name=subject.name).delete()
        # Always named: a worker of another queue would otherwise put the next task into its own.
        cluster = settings.TASK_QUEUES.get(subject.task, settings.Q_CLUSTER["name"])
        async_task(subject.task, *subject.args, q_options={"group": subject.name, "cluster": cluster})
    return queue


def schedule(subject: Subject, when: datetime) -> None:
    """Lets the task for a report run at a time. Must run with its progress locked."""
    Schedule.objects.filter(name=subject.name).delete()
    Schedule.objects.create(
        name=subject.name,
        func=subject.task,
        args=repr(subject.args),
        schedule_type=Schedule.ONCE,
        repeats=-1,
        next_run=when,
        cluster=settings.TASK_QUEUES.get(subject.task),
    )


def lock(subject: Subject) -> ReportProgress:
    """Return the row of the work on a report, made if need be, locked until the transaction ends."""
    row = ReportProgress(name=subject.name, season_id=subject.season_id, round=subject.round, model_id=subject.model_id)
    ReportProgress.objects.bulk_create([row], ignore_conflicts=True)
    return ReportProgress.objects.select_for_update(no_key=True).get(pk=subject.name)
