"""Needs attention: what fails, waits too long or can't be settled is listed with its reason, and can be tried now."""

from datetime import timedelta
from html import unescape
from re import sub

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule

import pytest

from scoring.models import Match, MatchProgress
from scoring.rules import Goals
from scoring.services import Result, record_result
from tests.factories import KICKOFF, a_match, a_season, finish, predictions
from tests.queue import run_queue, waiting

pytestmark = pytest.mark.django_db

LIST = reverse("admin:content_attention_changelist")
CONFIRMED = {"_confirmed": "on"}
AT_ONCE = timedelta(0)


@pytest.fixture
def failing() -> Match:
    """A match whose competition names a rule that there is not: scoring fails, and waits for its next try."""
    season = a_season("Cup 2026")
    match = a_match(season=season)
    predictions(match, {"A": (2, 1)})
    season.competition.rule = "no-such-rule"
    season.competition.save()
    finish(match, 2, 1)
    assert [ran.success for ran in run_queue(ahead=AT_ONCE)] == [False]
    return match


def listed(client: Client, query: str = "") -> dict[str, str]:
    """Match → why it is listed."""
    model_admin = client.get(LIST + query).context["cl"].model_admin
    rows = client.get(LIST + query).context["cl"].result_list
    return {str(row.match): sub("<.*?>", "", unescape(model_admin.reason(row))) for row in rows}


def badge(client: Client) -> str:
    items = client.get(reverse("admin:index")).context["sidebar_navigation"][0]["items"]
    return str(next(item["badge_callback"] for item in items if item["title"] == "Needs attention"))


def test_with_everything_in_order_the_list_is_empty(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    run_queue()
    assert (listed(operator), badge(operator)) == ({}, "")


def test_each_kind_is_listed_with_its_reason(operator: Client, failing: Match) -> None:
    unknown = a_match(home="Chile", kickoff=KICKOFF + timedelta(days=1))
    record_result(unknown.pk, Result(half_time=Goals(1, 0)), by="a test")
    run_queue(ahead=AT_ONCE)
    late = a_match(home="Peru", kickoff=KICKOFF + timedelta(days=2))
    finish(late, 1, 1)
    MatchProgress.objects.filter(match=late).update(next_try=timezone.now() - timedelta(minutes=11))
    a_match(home="Ghana", kickoff=KICKOFF + timedelta(days=3))
    expected = {
        str(late): "no worker has come to score_match: the queue is long, or no cluster runs (the match)",
        str(failing): "score_match failed: KeyError: 'no-such-rule' (the match)",
        str(unknown): "finished, but the full-time score is not known (the match)",
    }
    assert (listed(operator), badge(operator)) == (expected, "3")
    assert [list(listed(operator, f"?kind={kind}")) for kind in ("fails", "waits+too+long", "score+not+known")] == [
        [str(failing)],
        [str(late)],
        [str(unknown)],
    ]


def test_try_now_enqueues_at_once_and_leaves_no_schedule(operator: Client, failing: Match) -> None:
    assert Schedule.objects.get().name == f"score_match:{failing.pk}"
    operator.post(reverse("admin:content_attention_now", args=[failing.pk]), CONFIRMED)
    assert (waiting(), Schedule.objects.count()) == ([("scoring.tasks.score_match", (failing.pk,))], 0)
    operator.post(LIST, {"action": "try_now", "_selected_action": [failing.pk], **CONFIRMED})
    assert len(waiting()) == 1
    assert MatchProgress.objects.get().attempts == 1
    failing.season.competition.rule = "quota-2-6"
    failing.season.competition.save()
    run_queue()
    assert (listed(operator), MatchProgress.objects.get().step) == ({}, "")


def test_a_match_with_nothing_wrong_is_not_queued_and_the_message_says_so(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    run_queue()
    page = operator.post(reverse("admin:content_attention_now", args=[match.pk]), CONFIRMED, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said == ["1 not queued: in the queue already, or there is nothing left to do."]


def test_the_reason_is_one_element_which_a_narrow_list_does_not_break_up(operator: Client, failing: Match) -> None:
    changes = operator.get(LIST).context["cl"]
    (row,) = changes.result_list
    reason = changes.model_admin.reason(row)
    assert (reason[:6], reason[-7:], reason.count("<span>")) == ("<span>", "</span>", 1)


@pytest.mark.parametrize("number", [str(2**63), "9" * 30, "9" * 5000])
def test_a_number_that_no_match_can_have_is_not_there(operator: Client, number: str) -> None:
    if len(number) < 5000:  # longer than an address may have a number: no such order
        assert operator.post(f"{LIST}{number}/now/").status_code == 404
    assert operator.get(f"{LIST}{number}/change/", follow=True).redirect_chain == [(reverse("admin:index"), 302)]


def test_trying_now_needs_the_permission_and_a_post(client: Client, failing: Match) -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_attention"))
    client.force_login(reader)
    page = reverse("admin:content_attention_now", args=[failing.pk])
    assert client.post(page).status_code == 403
    client.post(LIST, {"action": "try_now", "_selected_action": [failing.pk], **CONFIRMED})
    assert (client.get(page).status_code, waiting()) == (403, [])
    change = reverse("admin:content_attention_change", args=[failing.pk])
    assert client.get(change).content.decode().count("Try now") == 0
    reader.user_permissions.add(Permission.objects.get(codename="change_attention"))
    assert client.get(change).content.decode().count("Try now") == 1
    assert [client.get(page).status_code, client.post(page).status_code, len(waiting())] == [200, 200, 0]
    assert client.post(page, CONFIRMED).status_code == 302
    assert len(waiting()) == 1
