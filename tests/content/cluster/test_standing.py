"""What the admin says of the clusters."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ, Schedule

import pytest

from content.cluster.standing import State, Unserved, state_of, unserved
from tests.factories import a_heartbeat

pytestmark = pytest.mark.django_db


def ago(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("silence", "expected"),
    [(1, State.WORKS), (149, State.WORKS), (151, State.STILL), (389, State.STILL), (391, State.SILENT)],
)
def test_a_cluster_by_the_age_of_its_last_beat(silence: float, expected: State) -> None:
    now = timezone.now()
    assert state_of(a_heartbeat(beat_at=now - ago(silence)), now) == expected
    assert state_of(a_heartbeat(beat_at=now - ago(silence), stopped_at=now), now) == State.STOPPED


def overdue(seconds: float = 60, key: str = "fulltime") -> None:
    OrmQ.objects.create(key=key, payload="x", lock=timezone.now() - ago(seconds))


def test_work_that_nobody_comes_for() -> None:
    assert unserved() == []
    overdue(20)
    Schedule.objects.create(func="f", next_run=timezone.now() - ago(20))
    assert unserved() == []
    overdue()
    Schedule.objects.create(func="f", next_run=timezone.now() - ago(60))
    assert unserved() == [Unserved("fulltime", 2, None)]
    dead = a_heartbeat(beat_at=timezone.now() - ago(200))
    a_heartbeat(cluster="roundups")
    assert unserved() == [Unserved("fulltime", 2, dead.beat_at)]
    a_heartbeat()
    assert unserved() == []


def test_the_front_page_of_the_admin_says_so_and_how_to_start_one(operator: Client) -> None:
    page = operator.get(reverse("admin:index")).content.decode()
    assert page.count("Nobody works on the queue") == 0
    overdue()
    page = operator.get(reverse("admin:index")).content.decode()
    assert page.count("Nobody works on the queue fulltime.") == 1
    assert page.count("1 task waits and no cluster was ever started.") == 1
    assert page.count("<code>python manage.py qcluster</code>") == 1


def test_whoever_may_not_look_at_the_clusters_is_not_sent_there(client: Client) -> None:
    client.force_login(User.objects.create(username="reader", is_staff=True))
    overdue()
    page = client.get(reverse("admin:index")).content.decode()
    told = ("Nobody works on the queue fulltime.", ">All clusters<", "manage.py qcluster")
    assert [page.count(part) for part in told] == [1, 0, 0]


def test_the_list_is_called_clusters(operator: Client) -> None:
    page = operator.get(reverse("admin:content_heartbeat_changelist"))
    assert page.context["opts"].verbose_name_plural == "clusters"


def test_the_list_shows_the_state_of_each(operator: Client) -> None:
    now = timezone.now()
    a_heartbeat(host="one")
    a_heartbeat(host="two", beat_at=now - ago(3600))
    a_heartbeat(host="three", stopped_at=now, stopped_because="stopped in order")
    page = operator.get(reverse("admin:content_heartbeat_changelist")).content.decode()
    said = [page.count(words) for words in ("gives no sign of life for 1:00:0", "stopped in order")]
    assert said == [1, 1]
