"""The list of the log: read-only, searched by the beginning of a name, and silent about what somebody may not see."""

from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

import pytest

from scoring.models import Match
from tests.factories import a_match, a_team

pytestmark = pytest.mark.django_db

LIST = reverse("admin:admin_logentry_changelist")


@pytest.fixture
def told(operator: Client) -> list[str]:
    """Somebody moved a match and deleted a team, and the superuser added a person."""
    somebody, boss = User.objects.create_user("somebody"), User.objects.get(username="operator")
    match, team = a_match("Mexico", "Wales"), a_team("Peru")
    LogEntry.objects.log_actions(somebody.pk, [match], CHANGE, "Changed Venue. Why: rain")
    LogEntry.objects.log_actions(somebody.pk, [team], DELETION, "Deleted")
    LogEntry.objects.log_actions(boss.pk, [somebody], ADDITION, "Added")
    return [str(match), "Peru", "somebody"]


def listed(client: Client, **asked: Any) -> list[str]:
    return [entry.object_repr for entry in client.get(LIST, asked).context["cl"].result_list]


def test_the_newest_comes_first(operator: Client, told: list[str]) -> None:
    assert listed(operator) == told[::-1]


def test_it_is_found_by_the_beginning_of_a_name_in_capital_or_small_letters(operator: Client, told: list[str]) -> None:
    found = {words: listed(operator, q=words) for words in ("mexico – w", "MEX", " per ", "wales", "%", "")}
    assert found == {"mexico – w": [told[0]], "MEX": [told[0]], " per ": ["Peru"], "wales": [], "%": [], "": told[::-1]}


def test_it_is_narrowed_to_a_person_an_action_a_kind_and_a_year(operator: Client, told: list[str]) -> None:
    who = User.objects.get(username="somebody").pk
    kind = ContentType.objects.get_for_model(Match).pk
    year = LogEntry.objects.latest("pk").action_time.year
    assert listed(operator, who=who) == ["Peru", told[0]]
    assert [listed(operator, did=did) for did in ("added", "changed", "deleted")] == [["somebody"], [told[0]], ["Peru"]]
    assert listed(operator, kind=kind) == [told[0]]
    assert (len(listed(operator, action_time__year=year)), listed(operator, action_time__year=year - 1)) == (3, [])
    for nonsense in ({"who": "x"}, {"did": "x"}, {"kind": "x"}):
        assert listed(operator, **nonsense) == told[::-1]


def test_an_entry_leads_to_its_object_unless_that_is_gone(operator: Client, told: list[str]) -> None:
    page = operator.get(LIST).content.decode()
    assert page.count(f'href="{reverse("admin:scoring_match_change", args=[Match.objects.get().pk])}"') == 1
    assert "Changed Venue. Why: rain" in page
    assert "/admin/scoring/team/" not in page.partition('id="changelist')[2]
    entry = LogEntry.objects.get(object_repr=told[0])
    record = f"{reverse('admin:scoring_resultchange_changelist')}?match__id__exact={entry.object_id}"
    shown = operator.get(reverse("admin:admin_logentry_change", args=[entry.pk])).content.decode()
    assert shown.count(f'href="{record}"') == 1
    assert operator.get(record).status_code == 200


def test_an_entry_about_many_matches_leads_to_none_of_them(operator: Client) -> None:
    LogEntry.objects.create(
        user=User.objects.get(username="operator"),
        content_type=ContentType.objects.get_for_model(Match),
        object_id="",
        object_repr="worldcup.json",
        action_flag=CHANGE,
        change_message="Imported the file: 72 new",
    )
    shown = operator.get(reverse("admin:admin_logentry_change", args=[LogEntry.objects.get().pk]))
    assert (shown.status_code, "match__id__exact" in shown.content.decode()) == (200, False)
    assert listed(operator) == ["worldcup.json"]


@pytest.mark.parametrize("group", ["Operator", "Editor"])
def test_of_users_and_groups_it_tells_superusers_only(operator: Client, told: list[str], group: str) -> None:
    person = User.objects.create_user("person", is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    operator.force_login(person)
    assert listed(operator) == ["Peru", told[0]]
    kinds = dict(operator.get(LIST).context["cl"].filter_specs[2].lookup_choices)
    assert "user" not in kinds.values()
    hidden = LogEntry.objects.get(object_repr="somebody")
    assert operator.get(reverse("admin:admin_logentry_change", args=[hidden.pk])).status_code == 302


def test_who_has_left_something_in_the_log_can_not_be_deleted(operator: Client, told: list[str]) -> None:
    somebody = User.objects.get(username="somebody")
    assert operator.post(reverse("admin:auth_user_delete", args=[somebody.pk]), {"post": "yes"}).status_code == 403
    guest = User.objects.create_user("guest")
    assert operator.post(reverse("admin:auth_user_delete", args=[guest.pk]), {"post": "yes"}).status_code == 302
    assert LogEntry.objects.filter(user=somebody).count() == 2


def test_ones_own_password_is_in_the_log_and_stays_a_secret(client: Client) -> None:
    page, old, new = reverse("admin:password_change"), "the-old-one-1966", "the-new-one-1966"
    person = User.objects.create_user("person", password=old, is_staff=True)
    client.force_login(person)
    assert client.get(page).status_code == 200
    wrong = {"old_password": "no", "new_password1": new, "new_password2": new}
    assert (client.post(page, wrong).status_code, LogEntry.objects.count()) == (200, 0)
    answer = client.post(page, {**wrong, "old_password": old}, follow=True)
    assert answer.redirect_chain == [(reverse("admin:password_change_done"), 302)]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr, entry.get_change_message()) == (person, "person", "Changed own password")


def test_whoever_is_not_staff_is_asked_to_sign_in_as_somebody_else(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))
    assert client.get(LIST)["Location"] == f"{reverse('admin:login')}?next={LIST}"


def test_a_closed_door_says_so_in_words(client: Client) -> None:
    client.force_login(User.objects.create_user("guest", is_staff=True))
    page = client.get(LIST)
    assert (page.status_code, page.templates[0].name) == (403, "403.html")
    assert "This is not for you to do" in page.content.decode()
    assert "(guest)" in page.content.decode()
