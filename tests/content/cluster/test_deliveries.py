"""What a failure does to its queue row, and which tasks a worker leaves out: those that are another's by now."""

import traceback
from datetime import datetime, timedelta
from queue import SimpleQueue
from typing import Any
from unittest.mock import patch

from django.db import OperationalError
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ

import pytest

from content.cluster import deliveries
from content.cluster.broker import Taking, TakingBroker
from content.models import Heartbeat, TakenTask
from scoring import retries
from tests.factories import a_heartbeat

pytestmark = pytest.mark.django_db

LOST = "server closed the connection : Traceback…\ndjango.db.utils.OperationalError: server closed the connection"
WRONG = "no such match : Traceback…\nValueError: no such match"


def taken_by(heart: Heartbeat) -> Taking:
    """The one row of the queue in the hands of a cluster; made if there is none, else its time there is over."""
    over = timezone.now() - timedelta(seconds=1)
    if not OrmQ.objects.update(lock=over):
        OrmQ.objects.create(key="fulltime", payload="x", lock=over)
    found = TakingBroker("fulltime", heart.pk).dequeue()
    assert found
    return found[0][0]


def failed(result: str, taking: Taking | None = None) -> dict[str, Any]:
    """A task as a worker has it after it has failed at it."""
    taking = taking or taken_by(a_heartbeat())
    task: dict[str, Any] = {"ack_id": taking, "success": False, "result": result, "ack_failure": True}
    deliveries.note_task(None, task)
    return task


def monitored(task: dict[str, Any]) -> timedelta | None:
    """Lets the monitor be done with it; returns when it is delivered again, None: never."""
    assert not task.get("ack_failure")
    del task["ack_id"]
    deliveries.note_failure(None, task)
    locks: list[datetime] = list(OrmQ.objects.values_list("lock", flat=True))
    return locks[0] - timezone.now() if locks else None


def test_after_an_outage_it_is_neither_acknowledged_nor_left_until_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    task = failed(LOST)
    monkeypatch.setattr(deliveries, "_connected", lambda: False)
    deliveries.note_result(None, task)
    assert task["result"] == (
        "The database went away, and the task is delivered again when it is back: server closed the connection"
    )
    waits = monitored(task)
    assert waits
    assert (waits <= timedelta(seconds=2), TakenTask.objects.count()) == (True, 0)


@pytest.mark.parametrize("result", [LOST, WRONG])
def test_with_the_database_there_a_failure_is_a_failure(result: str) -> None:
    task = failed(result)
    deliveries.note_result(None, task)
    assert (task["result"], monitored(task), TakenTask.objects.count()) == (result, None, 0)


def test_a_failure_that_could_not_be_written_down_is_delivered_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*args: Any, **options: Any) -> None:
        raise OperationalError("somebody holds the row")

    monkeypatch.setattr(retries, "note_failure", locked)
    with pytest.raises(OSError, match="no ink") as raised, retries.attempt(0, "scoring.tasks.score_match"):
        raise OSError("no ink")
    task = failed("no ink : " + "".join(traceback.format_exception(raised.value)))
    deliveries.note_result(None, task)
    waits = monitored(task)
    assert waits
    assert (waits <= timedelta(seconds=2), TakenTask.objects.count()) == (True, 0)


def test_a_mistake_without_any_query_is_no_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    task = failed(WRONG)
    monkeypatch.setattr(deliveries, "_connected", lambda: False)
    deliveries.note_result(None, task)
    assert monitored(task) is None


def test_a_failure_that_is_not_to_be_acknowledged_waits_its_time() -> None:
    task = failed(WRONG)
    task["ack_failure"] = False
    deliveries.note_result(None, task)
    waits = monitored(task)
    assert waits
    assert (waits > timedelta(seconds=Conf.RETRY - 5), TakenTask.objects.count()) == (True, 0)


@pytest.mark.parametrize("connected", [True, False], ids=["failed", "database away"])
def test_a_failure_of_an_old_holder_leaves_the_task_to_the_new_one(
    connected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = failed(LOST)
    other = a_heartbeat(pid=2)
    again = taken_by(other)
    monkeypatch.setattr(deliveries, "_connected", lambda: connected)
    deliveries.note_result(None, task)
    monitored(task)
    assert OrmQ.objects.get().lock == again.until
    assert list(TakenTask.objects.values_list("task", "heartbeat")) == [(again.task, other.pk)]


def test_a_task_done_is_done_whoever_holds_it_meanwhile() -> None:
    first, other = a_heartbeat(), a_heartbeat(pid=2)
    taking = taken_by(first)
    taken_by(other)
    TakingBroker("fulltime", first.pk).acknowledge(taking)
    assert (OrmQ.objects.count(), TakenTask.objects.count()) == (0, 0)


def got(*items: object) -> Any:
    """What a worker gets first of a queue with these in it; the connection, which it renews, is the test's here."""
    queue: SimpleQueue[object] = SimpleQueue()
    for item in items:
        queue.put(item)
    with patch.object(deliveries, "close_old_django_connections"):
        return deliveries.OwnTasks(queue).get()


def test_for_a_task_that_begins_its_time_begins_anew() -> None:
    taking = taken_by(a_heartbeat())
    soon = timezone.now() + timedelta(seconds=3)
    OrmQ.objects.update(lock=soon)
    task = got({"ack_id": taking._replace(until=soon)}, "STOP")
    lock = OrmQ.objects.get().lock
    assert (task["ack_id"], lock > soon + timedelta(seconds=Conf.RETRY - 10)) == (taking._replace(until=lock), True)


def test_a_worker_leaves_out_what_is_done_or_was_taken_again() -> None:
    heart = a_heartbeat()
    old = taken_by(heart)
    new = taken_by(heart)
    assert got({"ack_id": old}, {"ack_id": new})["ack_id"].task == new.task
    OrmQ.objects.all().delete()
    assert got({"ack_id": new}, "STOP") == "STOP"
