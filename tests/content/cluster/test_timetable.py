"""Schedules become tasks when they are due, each on its own account."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule

import pytest

from content.cluster import timetable
from content.cluster.broker import TakingBroker
from content.cluster.timetable import Timetable, arguments
from tests.factories import a_heartbeat

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def plan(name: str, *, due: timedelta = -MINUTE, **fields: Any) -> Schedule:
    usual = {"func": "scoring.tasks.score_match", "args": "(7,)", "schedule_type": Schedule.ONCE, "repeats": -1}
    return Schedule.objects.create(**{**usual, "name": name, "next_run": timezone.now() + due, **fields})


def look(again: Timetable | None = None) -> Timetable:
    looking = again or Timetable(TakingBroker("fulltime", a_heartbeat().pk))
    looking.look()
    return looking


def tasks() -> list[tuple[str, Any]]:
    return [(row.key, row.task["group"]) for row in OrmQ.objects.order_by("pk")]


def test_what_is_due_becomes_a_task_once_in_the_order_of_its_time() -> None:
    plan("second")
    plan("first", due=-2 * MINUTE)
    plan("later", due=MINUTE)
    plan("switched off", repeats=0)
    look()
    look()
    assert tasks() == [("fulltime", "first"), ("fulltime", "second")]
    assert OrmQ.objects.all()[0].task["args"] == (7,)
    assert sorted(Schedule.objects.values_list("name", flat=True)) == ["later", "switched off"]


def test_a_look_that_finds_nothing_is_one_query_outside_a_transaction() -> None:
    looking = Timetable(TakingBroker("fulltime", a_heartbeat().pk))
    with CaptureQueriesContext(connection) as captured:
        looking.look()
    assert [query["sql"].split()[0] for query in captured.captured_queries] == ["SELECT"]


def test_it_looks_again_only_after_a_moment() -> None:
    looking = look()
    plan("new")
    look(looking)
    assert tasks() == []


def test_one_that_cannot_be_read_holds_up_no_other_and_stays(caplog: pytest.LogCaptureFixture) -> None:
    broken = plan("broken", due=-2 * MINUTE, args="(7")
    plan("sound")
    look()
    assert tasks() == [("fulltime", "sound")]
    assert list(Schedule.objects.values_list("pk", flat=True)) == [broken.pk]
    assert caplog.text.count(f"Schedule {broken.pk} can't be turned into a task: SyntaxError") == 1


def test_more_than_fits_into_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "BUDGET", 60.0)
    for number in range(120):
        plan(f"{number}")
    look()
    assert (len(tasks()), Schedule.objects.count()) == (120, 0)


def test_one_that_comes_again_moves_to_its_next_time_however_many_were_missed() -> None:
    repeated = plan("again", due=-100 * MINUTE, schedule_type=Schedule.MINUTES, minutes=5)
    twice = plan("twice", schedule_type=Schedule.MINUTES, minutes=5, repeats=2)
    look()
    now = timezone.now()
    ids = {row.group(): row.task_id() for row in OrmQ.objects.all()}
    for schedule, repeats in ((repeated, -1), (twice, 1)):
        schedule.refresh_from_db()
        assert timedelta(0) < schedule.next_run - now <= 5 * MINUTE
        assert schedule.repeats == repeats
        assert schedule.task == ids[schedule.name]


def test_each_queue_looks_after_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    plan("default")
    plan("named", cluster="fulltime")
    plan("other", cluster="roundups")
    look()
    assert tasks() == [("fulltime", "default"), ("fulltime", "named")]
    monkeypatch.setattr(Conf, "CLUSTER_NAME", "roundups")
    look(Timetable(TakingBroker("roundups", a_heartbeat().pk)))
    assert tasks()[2:] == [("roundups", "other")]


def test_what_runs_every_few_minutes_is_brought_back_from_the_time_of_a_wrong_clock() -> None:
    plan("far", schedule_type=Schedule.MINUTES, minutes=5, due=timedelta(days=1))
    plan("near", schedule_type=Schedule.MINUTES, minutes=5, due=4 * MINUTE)
    look()
    assert tasks() == [("fulltime", "far")]
    assert Schedule.objects.get(name="far").next_run < timezone.now() + 6 * MINUTE


@pytest.mark.parametrize(
    ("args", "kwargs", "expected"),
    [
        (None, None, ((), {})),
        ("7", "", ((7,), {})),
        ("7, 'x'", "{'a': 1}", ((7, "x"), {"a": 1})),
        ("", "a=1, b='c'", ((), {"a": 1, "b": "c"})),
    ],
)
def test_arguments_in_every_notation_of_django_q(args: str | None, kwargs: str | None, expected: Any) -> None:
    assert arguments(Schedule(args=args, kwargs=kwargs)) == expected


@pytest.mark.parametrize("kwargs", ["a", "[1]", "f(", "a=b"])
def test_keywords_that_mean_nothing_are_an_error(kwargs: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        arguments(Schedule(kwargs=kwargs))


def test_a_deleted_schedule_of_catch_up_comes_back_while_the_cluster_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    looking = look()
    assert Schedule.objects.count() == 0
    monkeypatch.setattr(timetable, "LOOK_AFTER", 0)
    monkeypatch.setattr(timetable, "EVERY", 0)
    monkeypatch.setattr(Conf, "CLUSTER_NAME", "roundups")
    look(Timetable(TakingBroker("roundups", a_heartbeat().pk)))
    assert Schedule.objects.count() == 0
    monkeypatch.setattr(Conf, "CLUSTER_NAME", Conf.PREFIX)
    looking._next = 0.0
    look(looking)
    assert list(Schedule.objects.values_list("name", "func")) == [("catch_up", "content.tasks.catch_up")]
