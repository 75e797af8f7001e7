"""A task that failed because the database went away comes again; one that failed by itself does not."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_q.models import OrmQ

import pytest

from content.cluster import deliveries
from content.models import TakenTask
from tests.factories import a_heartbeat

LOST = "server closed the connection : Traceback…\ndjango.db.utils.OperationalError: server closed the connection"
WRONG = "no such match : Traceback…\nValueError: no such match"


def failed(result: str) -> dict[str, Any]:
    """A task as the monitor gets it after a worker has failed at it, with its row in the queue."""
    task: dict[str, Any] = {"ack_id": 0, "success": False, "result": result, "ack_failure": True}
    task["ack_id"] = OrmQ.objects.create(key="fulltime", payload="x", lock=timezone.now() + timedelta(hours=1)).pk
    TakenTask.objects.create(task=task["ack_id"], heartbeat=a_heartbeat(), taken_at=timezone.now())
    deliveries.note_task(None, task)
    return task


def monitored(task: dict[str, Any]) -> timedelta:
    """Lets the monitor be done with it; returns when it is delivered again."""
    del task["ack_id"]
    deliveries.note_failure(None, task)
    assert not TakenTask.objects.exists()
    waits: timedelta = OrmQ.objects.get().lock - timezone.now()
    return waits


@pytest.mark.django_db
def test_after_an_outage_it_is_neither_acknowledged_nor_left_until_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    task = failed(LOST)
    monkeypatch.setattr(deliveries, "_connected", lambda: False)
    deliveries.note_outage(None, task)
    assert task["ack_failure"] is False
    assert task["result"] == (
        "The database went away, and the task is delivered again when it is back: server closed the connection"
    )
    assert monitored(task) <= timedelta(seconds=2)


@pytest.mark.django_db
@pytest.mark.parametrize("result", [LOST, WRONG])
def test_with_the_database_there_a_failure_is_a_failure(result: str) -> None:
    task = failed(result)
    deliveries.note_outage(None, task)
    assert (task["ack_failure"], task["result"]) == (True, result)
    assert monitored(task) > timedelta(minutes=59)


@pytest.mark.django_db
def test_a_mistake_without_any_query_is_no_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    task = failed(WRONG)
    monkeypatch.setattr(deliveries, "_connected", lambda: False)
    deliveries.note_outage(None, task)
    assert task["ack_failure"] is True
