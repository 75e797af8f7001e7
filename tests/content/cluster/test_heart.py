"""What proves that a cluster does its work, and what does not."""

from datetime import timedelta
from time import monotonic

from django.db import OperationalError
from django.utils import timezone
from django_q.models import OrmQ

import pytest

from content.cluster.heart import SILENT, Heart, LostRowError
from content.cluster.pulse import Pulse
from content.cluster.queues import Queue
from content.models import Heartbeat, TakenTask
from tests.factories import a_heartbeat

pytestmark = pytest.mark.django_db

LONG_AGO = monotonic() - 1000
QUEUE = Queue("fulltime", workers=2, timeout=120, retry=180)


def a_heart() -> Heart:
    """A heart that saw everything move long ago; the sentinel has just gone its round."""
    heart = Heart(QUEUE, a_heartbeat(beat_at=timezone.now() - timedelta(hours=1)).pk, Pulse())
    heart.taking = heart.finishing = heart.pulse.proof.value = LONG_AGO
    heart.pulse.guard.value = monotonic()
    return heart


def hold(heart: Heart, *tasks: int) -> None:
    TakenTask.objects.all().delete()
    OrmQ.objects.filter(payload="held").delete()
    until = timezone.now() + timedelta(minutes=3)
    for task in tasks:
        OrmQ.objects.create(pk=task, key="fulltime", payload="held", lock=until)
        TakenTask.objects.create(task=task, heartbeat_id=heart.heartbeat, taken_at=timezone.now())


def wait_in_queue(seconds: float, key: str = "fulltime") -> None:
    number = 1000 + OrmQ.objects.count()  # not the id of one that is held
    OrmQ.objects.create(pk=number, key=key, payload="", lock=timezone.now() - timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("before", "now", "waits", "timed_out", "moved"),
    [
        ((), (), False, 0, (True, True)),  # nothing to do
        ((), (), True, 0, (False, True)),  # work waits and nobody takes it
        ((1,), (1,), False, 0, (True, False)),  # what was taken is never done with
        ((1,), (1,), True, 0, (False, False)),
        ((1,), (1, 2), True, 0, (True, False)),  # taken, but nothing comes out at the other end
        ((1, 2), (2,), True, 0, (False, True)),
        ((1, 2), (2, 3), True, 0, (True, True)),
        ((1,), (1,), False, 1, (True, True)),  # a worker was ended for its time
    ],
)
def test_each_part_must_rest_or_move(
    before: tuple[int, ...], now: tuple[int, ...], waits: bool, timed_out: int, moved: tuple[bool, bool]
) -> None:
    heart = a_heart()
    heart.in_hand = frozenset(before)
    hold(heart, *now)
    if waits:
        wait_in_queue(3)
    heart.pulse.timed_out.value = timed_out
    heart.look()
    assert (heart.taking > LONG_AGO, heart.finishing > LONG_AGO) == moved
    assert (heart.pulse.proof.value > LONG_AGO) is all(moved)


def test_work_of_another_queue_or_of_this_moment_says_nothing() -> None:
    heart = a_heart()
    wait_in_queue(60, key="roundups")
    wait_in_queue(1)
    heart.look()
    assert heart.pulse.proof.value > LONG_AGO


def test_work_with_the_time_of_a_wrong_clock_waits_as_well() -> None:
    heart = a_heart()
    wait_in_queue(-86_400)
    heart.look()
    assert (heart.taking, heart.finishing > LONG_AGO) == (LONG_AGO, True)


def test_a_note_whose_row_was_removed_by_a_person_is_no_work() -> None:
    heart = a_heart()
    hold(heart, 1, 2)
    OrmQ.objects.filter(pk=1).delete()
    other = a_heartbeat(pid=2)
    TakenTask.objects.create(task=3, heartbeat=other, taken_at=timezone.now())
    heart.in_hand = frozenset({2})
    heart.look()
    assert heart.in_hand == frozenset({2})
    assert dict(TakenTask.objects.values_list("task", "heartbeat")) == {2: heart.heartbeat, 3: other.pk}
    heart.finishing = LONG_AGO
    OrmQ.objects.filter(pk=2).delete()
    heart.look()
    assert heart.finishing > LONG_AGO


def test_who_was_taken_for_dead_by_a_wrong_clock_lives_after_all() -> None:
    heart = a_heart()
    Heartbeat.objects.update(stopped_at=timezone.now(), stopped_because=SILENT)
    heart.beat()
    assert list(Heartbeat.objects.values_list("stopped_at", "stopped_because")) == [(None, "")]


def test_tasks_in_the_hands_of_another_cluster_say_nothing() -> None:
    heart = a_heart()
    TakenTask.objects.create(task=1, heartbeat=a_heartbeat(pid=2), taken_at=timezone.now())
    heart.look()
    heart.finishing = LONG_AGO
    heart.look()
    assert heart.finishing > LONG_AGO


def test_without_the_sentinel_nothing_is_proved() -> None:
    heart = a_heart()
    heart.pulse.guard.value = monotonic() - 11
    heart.beat()
    assert heart.pulse.proof.value == LONG_AGO


def beaten(heart: Heart) -> timedelta:
    """How long ago the row says that the last beat was."""
    return timezone.now() - Heartbeat.objects.get(pk=heart.heartbeat).beat_at


def test_the_row_shows_the_last_proof_and_no_later_moment() -> None:
    heart = a_heart()
    heart.beat()
    assert beaten(heart) < timedelta(seconds=5)

    stuck = a_heart()
    wait_in_queue(3)
    stuck.beat()
    assert abs(beaten(stuck) - timedelta(seconds=monotonic() - LONG_AGO)) < timedelta(seconds=5)


def test_a_cluster_that_stands_still_says_why_as_long_as_it_does() -> None:
    heart = a_heart()
    heart.written = LONG_AGO
    wait_in_queue(3)
    heart.beat()
    assert Heartbeat.objects.get().stopped_because == "stood still: work waits, and none is taken"
    hold(heart, 1)
    heart.beat()
    heart.finishing, heart.complained = LONG_AGO, False
    heart.beat()
    assert Heartbeat.objects.get().stopped_because == "stood still: 1 tasks were taken, and none is finished"
    heart.complained, heart.pulse.guard.value = False, monotonic() - 11
    heart.beat()
    assert Heartbeat.objects.get().stopped_because == "stood still: the sentinel goes no rounds"
    hold(heart)
    OrmQ.objects.all().delete()
    heart.pulse.guard.value = monotonic()
    heart.beat()
    assert Heartbeat.objects.get().stopped_because == ""


def test_a_heart_whose_row_was_removed_does_not_go_on() -> None:
    heart = a_heart()
    Heartbeat.objects.all().delete()
    with pytest.raises(LostRowError):
        heart.beat()


class Cut(Heart):
    """A heart whose database is away."""

    def look(self) -> None:
        raise OperationalError("server closed the connection")


def test_an_absent_database_is_no_standstill_but_a_sentinel_at_rest_is() -> None:
    seen = a_heart()
    heart = Cut(QUEUE, seen.heartbeat, seen.pulse)
    heart.beat()
    assert heart.pulse.proof.value > LONG_AGO
    heart.pulse.proof.value, heart.pulse.guard.value = LONG_AGO, monotonic() - 11
    heart.beat()
    assert heart.pulse.proof.value == LONG_AGO
