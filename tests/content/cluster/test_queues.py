"""Which queue a task goes to, and what becomes of a queue that is no longer there."""

import uuid
from datetime import timedelta

from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule

import pytest
from pytest_django import Settings

from content.cluster import house, queues
from content.cluster.heart import SILENT
from content.models import Heartbeat, TakenTask
from scoring.steps import enqueue_at_once, match_steps, schedule
from tests.factories import a_heartbeat

pytestmark = pytest.mark.django_db

OWN = {"roundups": {"workers": 1, "timeout": 600, "retry": 660}}
ROUNDUP = "content.tasks.write_roundup"


def lease(restarts: int) -> house.Lease:
    token = uuid.uuid4()
    return house.Lease(token, frozenset({token}), 1, restarts)


def keys() -> list[tuple[str, str]]:
    return [(row.key, row.task["func"]) for row in OrmQ.objects.order_by("pk")]


def clusters() -> list[tuple[str, str | None]]:
    return list(Schedule.objects.order_by("pk").values_list("func", "cluster"))


def test_the_queues_are_those_of_the_settings(settings: Settings) -> None:
    assert queues.configured() == [queues.Queue("fulltime", workers=2, timeout=120, retry=180)]
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "ALT_CLUSTERS": OWN}
    assert queues.configured()[1:] == [queues.Queue("roundups", workers=1, timeout=600, retry=660)]
    assert [queue.patience for queue in queues.configured()] == [360, 1320]


@pytest.mark.parametrize("worker_of", ["fulltime", "roundups"])
def test_only_roundups_go_to_their_own_queue_whoever_enqueues_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, worker_of: str
) -> None:
    settings.TASK_QUEUES = {ROUNDUP: "roundups"}
    monkeypatch.setattr(Conf, "CLUSTER_NAME", worker_of)
    score, _, write = match_steps()
    for step in (score, write):
        enqueue_at_once(step, 1)
        schedule(step, 1, timezone.now())
    assert keys() == [("fulltime", score.path), ("roundups", ROUNDUP)]
    assert clusters() == [(score.path, None), (ROUNDUP, "roundups")]


def test_the_default_queue_takes_over_what_waits_in_one_that_was_given_up() -> None:
    now = timezone.now()
    OrmQ.objects.create(key="roundups", payload="x", lock=now)
    Schedule.objects.create(func=ROUNDUP, next_run=now, cluster="roundups")
    house.register(queues.configured()[0], lease(0))
    assert list(OrmQ.objects.values_list("key", flat=True)) == ["fulltime"]
    assert list(Schedule.objects.exclude(name="catch_up").values_list("cluster", flat=True)) == [None]


def test_a_start_of_the_default_queue_brings_the_schedule_of_catch_up_back(settings: Settings) -> None:
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "ALT_CLUSTERS": OWN}
    default, roundups = queues.configured()
    house.register(roundups, lease(0))
    assert clusters() == []
    house.register(default, lease(0))
    house.register(default, lease(1))
    assert clusters() == [("content.tasks.catch_up", None)]


def test_whoever_starts_writes_down_what_has_died_and_forgets_what_stopped_long_ago() -> None:
    now = timezone.now()
    ours = lease(3)
    first = house.register(queues.configured()[0], ours)
    a_heartbeat(pid=2, machine="another")
    killed = a_heartbeat(pid=1, machine=Heartbeat.objects.get(pk=first).machine, beat_at=now - timedelta(hours=1))
    a_heartbeat(pid=3, beat_at=now - timedelta(days=31), stopped_at=now - timedelta(days=31))
    TakenTask.objects.create(task=17, taken_at=now)
    assert house.register(queues.configured()[0], ours) == first
    rows = Heartbeat.objects.order_by("pk").values_list("pid", "restarts", "stopped_at", "stopped_because")
    assert list(rows) == [(1, 3, None, ""), (2, 0, None, ""), (1, 0, killed.beat_at, house.FOUND_DEAD)]
    assert not TakenTask.objects.exists()


def test_a_clock_that_goes_wrong_removes_no_row_of_a_cluster_that_lives() -> None:
    long_ago = timezone.now() - timedelta(days=31)
    living = a_heartbeat(pid=2, machine="another", beat_at=long_ago)
    house.register(queues.configured()[0], lease(0))
    rows = Heartbeat.objects.filter(pk=living.pk).values_list("stopped_at", "stopped_because")
    assert list(rows) == [(long_ago, SILENT)]
    house.register(queues.configured()[0], lease(0))
    assert not Heartbeat.objects.filter(pk=living.pk).exists()
