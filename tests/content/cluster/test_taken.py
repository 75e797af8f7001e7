"""What a cluster has in hand, and what is given back when it is dead."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ

import pytest

from content.cluster import taken
from content.cluster.broker import Taking, TakingBroker
from content.models import Heartbeat, TakenTask
from tests.factories import a_heartbeat

pytestmark = pytest.mark.django_db

RETRY = 180
NOW = datetime(2026, 6, 11, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def queued(lock: datetime | None = None) -> int:
    return int(OrmQ.objects.create(key="fulltime", payload="x", lock=lock or NOW - timedelta(seconds=1)).pk)


def seconds_until_delivery(tasks: Sequence[int]) -> list[int]:
    locks = dict(OrmQ.objects.values_list("pk", "lock"))
    return [int((locks[task] - NOW).total_seconds()) for task in tasks]


def held() -> dict[int, int | None]:
    return dict(TakenTask.objects.values_list("task", "heartbeat_id"))


def test_the_broker_notes_what_it_takes_and_forgets_what_is_acknowledged() -> None:
    heart = a_heartbeat()
    broker = TakingBroker("fulltime", heart.pk)
    older, newer = queued(NOW - timedelta(hours=1)), queued()
    first, second = [Taking(task, heart.pk, NOW + timedelta(seconds=Conf.RETRY)) for task in (older, newer)]
    assert [broker.dequeue(), broker.dequeue(), broker.dequeue()] == [[(first, "x")], [(second, "x")], None]
    assert held() == {older: heart.pk, newer: heart.pk}
    assert seconds_until_delivery([older, newer]) == [Conf.RETRY] * 2
    broker.acknowledge(first)
    assert (held(), list(OrmQ.objects.values_list("pk", flat=True))) == ({newer: heart.pk}, [newer])


def test_a_row_of_a_clock_that_goes_wrong_is_taken_as_if_it_were_due() -> None:
    wrong = queued(NOW + timedelta(days=1))
    queued(NOW + timedelta(seconds=Conf.RETRY, minutes=1))  # taken by a cluster whose clock is a minute ahead
    broker = TakingBroker("fulltime", a_heartbeat().pk)
    found = broker.dequeue()
    assert found
    assert (found[0][0].task, broker.dequeue(), seconds_until_delivery([wrong])) == (wrong, None, [Conf.RETRY])


def test_a_row_that_cannot_be_read_stays_in_the_queue_and_is_in_nobodys_hand() -> None:
    broker = TakingBroker("fulltime", a_heartbeat().pk)
    task = queued()
    found = broker.dequeue()
    assert found
    broker.fail(found[0][0])
    assert (held(), OrmQ.objects.filter(pk=task).count(), broker.dequeue()) == ({}, 1, None)


def test_exactly_what_the_dead_had_in_hand_is_given_back() -> None:
    dead, alive = a_heartbeat(), a_heartbeat(pid=2)
    ours, retaken, theirs = queued(), queued(), queued()
    for heart in (dead, alive):
        broker = TakingBroker("fulltime", heart.pk)
        while broker.dequeue():
            pass
        OrmQ.objects.filter(pk=retaken).update(lock=NOW - timedelta(seconds=1))
    theirs_again = TakingBroker("fulltime", alive.pk)
    theirs_again.dequeue()
    TakenTask.objects.filter(pk=theirs).update(heartbeat=alive)
    assert taken.give_back([dead], RETRY) == 1
    assert seconds_until_delivery([ours, retaken, theirs]) == [0, Conf.RETRY, Conf.RETRY]
    assert held() == {ours: None, retaken: alive.pk, theirs: alive.pk}


def test_a_task_that_goes_down_with_its_cluster_again_and_again_waits_longer_each_time() -> None:
    task, pauses = queued(), []
    for pid in range(8):
        heart = a_heartbeat(pid=pid)
        OrmQ.objects.update(lock=NOW - timedelta(seconds=1))
        TakingBroker("fulltime", heart.pk).dequeue()
        taken.give_back([heart], RETRY)
        pauses += seconds_until_delivery([task])
    assert pauses == [0, 5, 10, 20, 40, 80, 160, 180]


def test_what_has_left_the_queue_meanwhile_is_forgotten() -> None:
    heart = a_heartbeat()
    TakenTask.objects.create(task=17, heartbeat=heart, taken_at=NOW)
    assert (taken.give_back([heart], RETRY), held()) == (0, {})


def gone() -> int:
    """The id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_dead_are_our_own_cluster_and_those_whose_supervisor_is_gone_from_this_machine() -> None:
    here, us = taken.machine(), os.getpid()
    own = a_heartbeat(machine=here, pid=us)
    killed = a_heartbeat(machine=here, pid=gone())
    same_number = a_heartbeat(machine=here, pid=us)
    a_heartbeat(machine=here, pid=os.getppid())
    a_heartbeat(machine="another", pid=killed.pid)
    a_heartbeat(machine=here, pid=killed.pid, stopped_at=NOW)
    ended = a_heartbeat(machine=here, pid=1, stopped_at=NOW)
    TakenTask.objects.create(task=1, heartbeat=ended, taken_at=NOW)
    sibling = a_heartbeat(machine=here, pid=us, cluster="roundups")
    found = taken.dead(own.token, {own.token, sibling.token}, us)
    assert {heart.pk for heart in found} == {own.pk, killed.pk, same_number.pk, ended.pk}
    assert all(isinstance(heart, Heartbeat) for heart in found)
