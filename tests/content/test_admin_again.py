"""Roundups written again on order, in the admin: who writes and which storyline is asked first, a POST orders it."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

import pytest

from content.collect import collect_facts
from content.models import Commission, EditorialPolicy, Roundup
from content.services import write_roundup
from content.storylines import storylines
from scoring.models import MatchProgress
from scoring.services import change_match
from tests.factories import a_match, counted, finish, predictions

pytestmark = pytest.mark.django_db
LIST = "admin:content_roundup_changelist"
TASK = "content.tasks.write_roundup"


def a_published(home: str = "Mexico", away: str = "Wales") -> Roundup:
    match = a_match(home, away)
    predictions(match, {"A": (2, 1), "B": (1, 1), "C": (0, 2)})
    finish(match, 2, 1)
    write_roundup(counted(match).pk)
    OrmQ.objects.all().delete()
    return Roundup.objects.get(match=match)


def queued() -> list[tuple[str, int]]:
    return [(row.task["func"], row.task["args"][0]) for row in OrmQ.objects.order_by("id")]


def said(response: object) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def address(roundup: Roundup) -> str:
    return reverse("admin:content_roundup_again", args=[roundup.pk])


def reader(*permissions: str) -> User:
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def test_the_page_asks_first_and_offers_what_is_true_with_what_proves_it(operator: Client) -> None:
    roundup = a_published()
    response = operator.get(address(roundup))
    true = storylines(collect_facts(roundup.match_id).facts)
    assert "lone_exact" in [storyline.key for storyline in true]
    offered = response.context["form"].fields["storyline"].choices
    assert [key for key, _ in offered] == ["", *(storyline.key for storyline in true)]
    lone = dict(offered)["lone_exact"]
    assert lone == "Lone exact, A: n = 3 (the first match of the season)"
    assert response.content.decode().count(lone) == 1
    assert (queued(), Commission.objects.count(), LogEntry.objects.count()) == ([], 0, 0)


def test_an_order_keeps_writer_and_storyline_and_is_logged(operator: Client) -> None:
    roundup = a_published()
    response = operator.post(address(roundup), {"writer": "template", "storyline": "lone_exact"})
    assert response["Location"] == reverse("admin:content_roundup_change", args=[roundup.pk])
    assert queued() == [(TASK, roundup.match_id)]
    assert list(Commission.objects.values_list("match", "writer", "storyline", "by")) == [
        (roundup.match_id, "template", "lone_exact", "operator")
    ]
    (entry,) = LogEntry.objects.all()
    assert (entry.object_id, entry.user.get_username()) == (str(roundup.pk), "operator")
    assert entry.change_message == "Ordered to be written again by the writer “template”, about “Lone exact”"
    assert said(response) == ["1 queued: a worker writes a new version."]
    assert roundup.versions.count() == 1  # a worker writes it


def test_an_order_without_a_choice_forgets_the_one_before(operator: Client) -> None:
    roundup = a_published()
    operator.post(address(roundup), {"writer": "template", "storyline": "lone_exact"})
    operator.post(address(roundup), {"writer": "", "storyline": ""})
    assert list(Commission.objects.values_list("writer", "storyline", "by")) == [("", "", "operator")]
    assert MatchProgress.objects.get().step == TASK


@pytest.mark.parametrize("chosen", [{"storyline": "goal_feast"}, {"writer": "llm"}, {"writer": "nobody"}])
def test_what_is_not_offered_is_refused(operator: Client, chosen: dict[str, str]) -> None:
    roundup = a_published()
    response = operator.post(address(roundup), chosen)
    assert list(response.context["form"].errors) == list(chosen)
    assert (queued(), Commission.objects.count()) == ([], 0)


def test_a_language_model_is_offered_when_one_is_set_up(operator: Client, settings: Any) -> None:
    roundup = a_published()
    settings.LLM_BASE_URL, settings.LLM_MODEL = "http://localhost:1/v1", "a model"
    offered = operator.get(address(roundup)).context["form"].fields["writer"].choices
    assert offered == [
        ("", "As it is set: template, in the settings"),
        ("template", "Template"),
        ("llm", "Language model (a model)"),
    ]
    EditorialPolicy.objects.create(competition=roundup.match.season.competition, writer="llm")
    form = operator.get(address(roundup)).context["form"]
    assert form.fields["writer"].choices[0] == ("", "As it is set: language model, for the competition")
    operator.post(address(roundup), {"writer": "llm"})
    assert Commission.objects.get().writer == "llm"


def test_it_waits_for_scores_and_stats(operator: Client) -> None:
    roundup = a_published()
    change_match(roundup.match_id, {"full_time_home": 3}, by="a test")
    before = queued()
    assert operator.get(address(roundup)).context["why_none"] == "its result is still being settled or counted"
    response = operator.post(address(roundup), {"writer": "template"})
    assert said(response) == ["1 not queued: scores or stats are on their way, the roundup follows them."]
    assert (queued(), Commission.objects.count(), LogEntry.objects.count()) == (before, 0, 0)


def test_it_is_for_people_who_may_change_roundups(client: Client) -> None:
    roundup = a_published()
    assert client.post(address(roundup)).status_code == 302
    user = reader("view_roundup")
    client.force_login(user)
    assert (client.get(address(roundup)).status_code, client.post(address(roundup)).status_code) == (403, 403)
    page = client.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    assert page.count(address(roundup)) == 0
    client.post(reverse(LIST), {"action": "write_again", "_selected_action": [roundup.pk], "_confirmed": "on"})
    assert queued() == []
    user.user_permissions.add(Permission.objects.get(codename="change_roundup"))
    page = client.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    assert page.count(f'href="{address(roundup)}"') == 1
    assert client.post(address(roundup)).status_code == 302
    assert queued() == [(TASK, roundup.match_id)]


def test_the_action_of_the_list_asks_first(operator: Client) -> None:
    first, second = a_published(), a_published("Peru", "Chile")
    a_published("Cuba", "Haiti")
    chosen = {"action": "write_again", "_selected_action": [first.pk, second.pk]}
    response = operator.post(reverse(LIST), chosen)
    page = response.content.decode()
    assert (response.status_code, queued()) == (200, [])
    assert [page.count(f'name="_selected_action" value="{roundup.pk}"') for roundup in (first, second)] == [1, 1]
    assert page.count("Write 2 again") == 1
    assert [page.count(str(roundup.match)) for roundup in (first, second)] == [1, 1]
    response = operator.post(reverse(LIST), {**chosen, "_confirmed": "on", "writer": "template"})
    assert response.status_code == 302
    assert queued() == [(TASK, first.match_id), (TASK, second.match_id)]
    assert sorted(Commission.objects.values_list("match", "writer")) == [
        (first.match_id, "template"),
        (second.match_id, "template"),
    ]
    assert {entry.object_id for entry in LogEntry.objects.all()} == {str(first.pk), str(second.pk)}


def test_the_action_for_all_of_the_list_carries_that_on(operator: Client) -> None:
    first = a_published()
    a_published("Peru", "Chile")
    chosen = {"action": "write_again", "_selected_action": [first.pk], "select_across": "1"}
    page = operator.post(reverse(LIST), chosen).content.decode()
    assert [page.count("Write 2 again"), page.count('name="select_across" value="1"')] == [1, 1]
    operator.post(reverse(LIST), {**chosen, "_confirmed": "on"})
    assert len(queued()) == 2
