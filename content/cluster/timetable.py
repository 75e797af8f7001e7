"""Turns schedules that are due into tasks, as django-q2's scheduler does, but soon, and without one holding up others.

django-q2 looks every 30 s, the first time 30 s after its start, and takes everything in one transaction: a cluster that
is started again and again never comes to it, and one schedule that can't be read keeps all of them waiting.
"""

import ast
import logging
from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import Schedule
from django_q.tasks import async_task
from django_q.utils import localtime

from content.apps import install_catch_up
from content.cluster.outage import AWAY, Outage
from scoring import clocks

logger = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two looks: short beside the 30 that a roundup waits, and one query if nothing is due."""
CHUNK = 50
BUDGET = 1.0
"""Seconds of work at a time: whoever looks has workers to look after."""
PAUSE = timedelta(minutes=1)
"""After which a schedule that can't be turned into a task is tried, and complained about, again."""
EVERY_FEW_MINUTES = Q(schedule_type=Schedule.MINUTES, minutes__lte=360)
"""Due far ahead only by a wrong clock; `catch_up`, which sees to the schedules of matches, is one of these."""
LOOK_AFTER = 300.0
"""Seconds after which the schedule of `catch_up` is put back if it is gone: without it, what is lost stays lost."""


class Timetable:
    """The schedules of one queue; several clusters may look at the same ones at the same time."""

    def __init__(self, broker: Any) -> None:
        self._broker = broker
        self._outage = Outage(f"Timetable {broker.list_key}")
        self._unreadable: dict[int, Any] = {}
        self._next = 0.0
        self._catch_up_checked = monotonic()  # the house has just seen to it

    def look(self) -> None:
        """Turns what is due into tasks, if it is time to look. Never raises for an absent database."""
        if monotonic() < self._next:
            return
        more = False
        with self._outage.noticed():
            more = self._take_due()
            self._keep_catch_up()
        self._next = monotonic() + (0 if more else EVERY)

    def _keep_catch_up(self) -> None:
        if Conf.CLUSTER_NAME == Conf.PREFIX and monotonic() - self._catch_up_checked > LOOK_AFTER:
            install_catch_up()
            self._catch_up_checked = monotonic()

    def _take_due(self) -> bool:
        """Return whether there is more to do at once."""
        end = monotonic() + BUDGET
        while monotonic() < end:
            # Looked at without a transaction: on SQLite one would wait for, and take, the only write lock there is.
            ids = list(self._due().values_list("pk", flat=True)[:CHUNK])
            if not ids or self._run(ids) < len(ids):
                return False
        return True

    def _due(self) -> "QuerySet[Schedule]":
        now = timezone.now()
        self._unreadable = {pk: until for pk, until in self._unreadable.items() if until > now}
        mine = Q(cluster=Conf.CLUSTER_NAME)
        if Conf.CLUSTER_NAME == Conf.PREFIX:
            mine |= Q(cluster=None)
        time = Q(next_run__lt=now) | Q(EVERY_FEW_MINUTES, next_run__gt=now + clocks.furthest_try())
        due = Schedule.objects.exclude(repeats=0).filter(mine, time).exclude(pk__in=self._unreadable)
        ordered: QuerySet[Schedule] = due.order_by("next_run", "pk")
        return ordered

    def _run(self, ids: Sequence[int]) -> int:
        """Return how many were dealt with; the others are somebody else's at the moment."""
        try:
            return self._together(ids)
        except AWAY:
            raise
        except Exception as error:  # noqa: BLE001  logged below, by name, as soon as it is known whose it is
            if len(ids) > 1:
                return sum(self._run([pk]) for pk in ids)
            logger.error("Schedule %s can't be turned into a task: %s: %s", ids[0], type(error).__name__, error)
            self._unreadable[ids[0]] = timezone.now() + PAUSE
            return 1

    def _together(self, ids: Sequence[int]) -> int:
        with transaction.atomic():
            locked = self._due().filter(pk__in=ids).select_for_update(skip_locked=True, no_key=True)
            found = list(locked)
            for schedule in found:
                self._start(schedule)
        return len(found)

    def _start(self, schedule: Schedule) -> None:
        args, kwargs = arguments(schedule)
        options = {**kwargs.pop("q_options", {}), "hook": schedule.hook}
        options["cluster"] = schedule.cluster or options.get("cluster")
        if options["cluster"] in {None, Conf.CLUSTER_NAME}:
            options["broker"] = self._broker
        options["group"] = options.get("group", schedule.name or schedule.pk)
        schedule.task = async_task(schedule.func, *args, **kwargs, q_options=options)
        logger.info("Schedule %s started %s", schedule.name or schedule.pk, schedule.func)
        move_on(schedule)


def arguments(schedule: Schedule) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return what a schedule's task is called with. Raises ValueError or SyntaxError for what can't be read."""
    args = ast.literal_eval(schedule.args) if schedule.args else ()
    kwargs = _keywords(schedule.kwargs) if schedule.kwargs else {}
    if schedule.intended_date_kwarg:
        kwargs[schedule.intended_date_kwarg] = schedule.next_run.isoformat()
    return args if isinstance(args, tuple) else (args,), kwargs


def _keywords(text: str) -> dict[str, Any]:
    try:
        kwargs = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        call = ast.parse(f"f({text})", mode="eval").body
        words = call.keywords if isinstance(call, ast.Call) and not call.args else []
        kwargs = {word.arg: ast.literal_eval(word.value) for word in words}
    if not isinstance(kwargs, dict) or not kwargs:
        raise ValueError(f"{text!r} is neither a dictionary nor a list of keywords")
    return kwargs


def move_on(schedule: Schedule) -> None:
    """Sets a schedule to its next time, or removes, or ends, one that has run for the last time."""
    if schedule.schedule_type == Schedule.ONCE:
        if schedule.repeats < 0:
            schedule.delete()
            return
        schedule.repeats = 0
    else:
        _set_next_run(schedule)
        schedule.repeats = max(schedule.repeats - 1, 0) if schedule.repeats > 0 else -1
    schedule.save()


def _set_next_run(schedule: Schedule) -> None:
    following = schedule.calculate_next_run(min(schedule.next_run, localtime()))
    while not Conf.CATCH_UP and following <= localtime():
        following = schedule.calculate_next_run(following)
    schedule.next_run = following
