"""The front page of the admin: its counts, its workers, what comes next, its buttons, and what each may see."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ, Task

import pytest

from content.control_room.ahead import kickoffs
from content.control_room.choice import Choice
from content.control_room.strip import strip, up_to
from content.control_room.workers import work
from content.models import Spending
from content.services import write_roundup
from scoring.models import Match, MatchProgress
from scoring.services import score_match
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_heartbeat, a_match, a_model, a_season, finish, predictions

pytestmark = pytest.mark.django_db
PAGE, PARTS = "/admin/", "/admin/content/attention/room/"


def numbers(choice: Choice | None = None) -> dict[str, str]:
    return {count.label: count.number for count in strip(choice or Choice())}


def a_story() -> Match:
    match = a_match()
    predictions(match, {"Alder": (2, 1)})
    finish(match, 2, 1)
    score_match(match.pk)
    calculate_stats(match.pk)
    return match


def test_the_strip_counts_what_has_come_how_far() -> None:
    match = a_story()
    due = {"settled": "1", "counted": "1", "roundup due": "1", "published": "0", "needs attention": "0"}
    assert numbers() == due
    write_roundup(match.pk)
    assert numbers() == due | {"roundup due": "0", "published": "1"}
    MatchProgress.objects.update(error="No space")
    assert numbers()["needs attention"] == "1"
    assert numbers(Choice(season=a_season("Other 2026").pk)) == dict.fromkeys(due, "0")
    assert numbers(Choice(day=match.date))["settled"] == "1"


def test_each_count_leads_to_a_page_that_shows_it(operator: Client) -> None:
    a_story()
    for count in strip(Choice()):
        assert operator.get(count.page).status_code == 200


def test_nothing_is_counted_beyond_its_bound() -> None:
    for name in "abc":
        a_model(name)
    rows = type(a_model("a")).objects.all()
    assert (up_to(rows, 3), up_to(rows, 2)) == ("3", "2+")


def test_it_says_that_no_worker_runs_and_how_to_start_one(operator: Client) -> None:
    a_heartbeat(stopped_at=timezone.now())
    page = operator.get(PAGE).content.decode()
    assert page.count("No worker is running.") == 1
    assert "python manage.py qcluster" in page
    a_heartbeat(pid=2)
    page = operator.get(PAGE).content.decode()
    assert "No worker is running." not in page
    assert "1 cluster of workers is at work" in page


def test_a_worker_that_gives_no_sign_of_life_does_not_count() -> None:
    a_heartbeat(beat_at=timezone.now() - timedelta(hours=1))
    assert work(timezone.now()).nobody_works


def test_the_queue_its_oldest_row_the_pace_and_the_failures() -> None:
    match = a_match()
    finish(match, 1, 0)
    now = timezone.now()
    for number in range(10):
        ended = {"started": now, "stopped": now - timedelta(minutes=number), "success": number != 3}
        Task.objects.create(id=f"{number:032d}", name="a task", func="scoring.tasks.score_match", **ended)
    seen = work(now)
    (queue, *_) = seen.waiting
    assert (queue.number, seen.a_minute, seen.failed) == ("1", 1.2, "1")
    assert queue.oldest is not None
    assert queue.oldest >= match.changed_at
    OrmQ.objects.update(payload="not ours")
    assert work(now).waiting[0].oldest is None


def test_the_next_kickoffs_say_how_many_of_the_field_have_predicted(operator: Client) -> None:
    now = timezone.now()
    soon, later = (a_match(f"Home {n}", f"Away {n}", kickoff=now + timedelta(days=n + 1)) for n in range(2))
    a_match("Played", "Already")
    predictions(soon, {"Alder": (1, 0), "Birch": (1, 1)})
    a_model("Cedar")
    retired = a_model("Retired")
    retired.is_active = False
    retired.save()
    predictions(later, {"Retired": (0, 0)})
    assert [(each.match, each.predicted, each.models) for each in kickoffs(now)] == [(soon, 2, 3), (later, 0, 3)]
    assert "2 of 3 models predicted" in operator.get(PAGE).content.decode()


def test_the_month_s_cost(operator: Client) -> None:
    today = timezone.now().date()
    Spending.objects.create(day=today, calls=2, cost=Decimal("1.25"))
    Spending.objects.create(day=today.replace(day=1) - timedelta(days=1), calls=9, cost=9)
    page = operator.get(PAGE).content.decode()
    assert '<strong class="ft-big">1.25</strong> for 2 calls' in page


def test_the_parts_are_those_of_the_page_and_keep_what_is_chosen_and_open(operator: Client) -> None:
    match = a_story()
    query = f"?season={match.season_id}&open={match.pk}"
    parts, page = operator.get(PARTS + query).content.decode(), operator.get(PAGE + query).content.decode()
    assert parts.lstrip().startswith('<div class="fulltime ft-room" id="control-room"')
    assert f'hx-get="{PARTS}?season={match.season_id}&amp;open={match.pk}"' in parts
    for text in (f'id="chain-{match.pk}"', 'aria-expanded="true"', "calculate_stats"):
        assert (text in parts, text in page) == (True, True)
    assert 'aria-expanded="true"' not in operator.get(PARTS).content.decode()


def test_it_asks_a_fixed_number_of_times(operator: Client) -> None:
    """What renews itself asks at most twenty times; the whole page also for its list of seasons and the sidebar."""

    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            operator.get(page)
        return len(captured)

    write_roundup(a_story().pk)
    a_heartbeat()
    a_match("Later", "Still", kickoff=timezone.now() + timedelta(days=1))
    queries(PAGE)
    assert (queries(PARTS) <= 20, queries(PAGE) <= 25) == (True, True)


def test_run_now_asks_first_and_is_kept_in_the_log(operator: Client) -> None:
    match = a_story()
    address = reverse("admin:content_attention_now", args=[match.pk])
    assert f'href="{address}"' in operator.get(f"{PAGE}?open={match.pk}").content.decode()
    operator.get(address)
    assert MatchProgress.objects.get().next_try is not None
    assert LogEntry.objects.count() == 0
    operator.post(address, {"_confirmed": "yes"})
    assert LogEntry.objects.count() == 1
    assert OrmQ.objects.count() >= 1


def test_catch_up_asks_first_and_says_what_it_found(operator: Client) -> None:
    match = a_match(kickoff=KICKOFF)
    Match.objects.filter(pk=match.pk).update(status="finished", full_time_home=1, full_time_away=0)
    address = reverse("admin:content_attention_catch_up")
    operator.get(address)
    assert not MatchProgress.objects.exists()
    page = operator.post(address, follow=True).content.decode()
    assert "1 restarted: 1 at score_match" in page
    assert MatchProgress.objects.count() == 1
    assert "1 restarted: 1 at score_match" in LogEntry.objects.get().get_change_message()


def a_person(*permissions: str) -> Client:
    person = User.objects.create_user("somebody", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(person)
    return client


def test_each_sees_what_is_theirs_to_see() -> None:
    match = a_story()
    reader = a_person("view_match")
    page = reader.get(f"{PAGE}?open={match.pk}").content.decode()
    assert "Pipeline" in page
    for hidden in ("manage.py qcluster", "Cost in", "Catch up", "Run this step now", "/admin/scoring/settlement/"):
        assert hidden not in page
    for address in (f"/admin/content/attention/{match.pk}/now/", "/admin/content/attention/catch-up/"):
        assert (reader.get(address).status_code, reader.post(address).status_code) == (403, 403)


def test_somebody_without_any_right_is_told_so() -> None:
    page = a_person().get(PAGE).content.decode()
    assert "ask a superuser to put you into a group" in page
    assert Client().get(PARTS).status_code == 302
