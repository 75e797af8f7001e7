"""The admin's pages on which an editor decides about a roundup: they ask first, and a POST decides."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

import pytest

from content import editing, services
from content.admin.decisions import DECISIONS
from content.editing import Draft
from content.models import Roundup
from scoring.services import score_match
from stats.services import calculate_stats
from tests.factories import a_match, finish, predictions

pytestmark = pytest.mark.django_db

MINE = {"headline": "What I saw", "text": "My **own** words.\r\n", "reason": "the tone"}


def settle(roundup_of: int) -> None:
    score_match(roundup_of)
    calculate_stats(roundup_of)
    services.write_roundup(roundup_of)


@pytest.fixture
def roundup() -> Roundup:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    finish(match, 2, 1)
    settle(match.pk)
    return Roundup.objects.get()


def edited_and_corrected(roundup: Roundup) -> None:
    editing.edit(roundup.pk, Draft("What I saw", "My **own** words.\n"), by="ed", reason="", seen_version=1)
    finish(roundup.match, 0, 0)
    settle(roundup.match_id)


def address(roundup: Roundup, what: str) -> str:
    return reverse("admin:content_roundup_decide", args=[roundup.pk, what])


def offered(client: Client, roundup: Roundup) -> list[str]:
    page = client.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    return [name for name in DECISIONS if page.count(f'href="{address(roundup, name)}"') == 1]


def decide(client: Client, roundup: Roundup, what: str, fields: dict[str, str] | None = None, *, seen: int = 1) -> int:
    """Posts a decision; its text is one whose problems, if there are any, were shown already."""
    typed = fields or {}
    posted: dict[str, object] = {"seen_version": seen, **typed}
    if "text" in typed:
        posted["checked"] = Draft(typed["headline"], typed["text"]).tidied().fingerprint
    response = client.post(address(roundup, what), posted)
    if response.status_code == 302:
        assert response["Location"] == reverse("admin:content_roundup_change", args=[roundup.pk])
        said = [str(message) for message in get_messages(response.wsgi_request)]
        assert said[-1] == f"{DECISIONS[what].done}."
        note = f": {fields['note']}" if fields and "note" in fields else ""
        why = f". Why: {typed['reason']}" if typed.get("reason") else ""
        assert LogEntry.objects.latest("pk").change_message == f"{DECISIONS[what].done}{note}{why}"
    return response.status_code


def test_the_page_offers_what_is_possible(operator: Client, roundup: Roundup) -> None:
    assert offered(operator, roundup) == ["edit", "hold", "withdraw"]
    decide(operator, roundup, "hold")
    assert offered(operator, roundup) == ["edit", "publish", "withdraw"]
    decide(operator, roundup, "edit", MINE)
    assert offered(operator, roundup) == ["edit", "drop", "publish", "withdraw"]
    finish(roundup.match, 0, 0)
    settle(roundup.match_id)
    assert offered(operator, roundup) == ["edit", "use", "keep", "publish", "withdraw"]


def test_the_keep_page_shows_what_changed_and_the_new_text_and_asks_to_confirm(
    operator: Client, roundup: Roundup
) -> None:
    edited_and_corrected(roundup)
    page = operator.get(address(roundup, "keep")).content.decode()
    told = [
        "<li>The score that counts was 2–1 and is 0–0.</li>",
        "<li>The score after 90 minutes was 2–1 and is 0–0.</li>",
        "<li>The table after the match is another.</li>",
        "<li>Points: A had ",
        "The text agrees with 0–0",
        "choose one of the two",
    ]
    assert [page.count(part) for part in told] == [1, 1, 1, 1, 1, 0]
    both = {**MINE, "text": "Not 2–1, but 0–0."}
    assert decide(operator, roundup, "keep", both, seen=3) == 200
    assert not Roundup.objects.public().exists()
    assert decide(operator, roundup, "keep", {**both, "agrees": "on"}, seen=3) == 302
    assert Roundup.objects.public().get().text == "Not 2–1, but 0–0.\n"


@pytest.mark.parametrize("what", ["use", "keep", "drop", "publish"])
def test_what_is_not_to_be_decided_says_so(operator: Client, roundup: Roundup, what: str) -> None:
    page = operator.get(address(roundup, what)).content.decode()
    assert page.count("nothing of the kind is to be decided about this roundup as it stands") == 1
    assert [page.count(part) for part in (DECISIONS[what].explains, 'name="seen_version"')] == [0, 0]


@pytest.mark.parametrize("what", ["edit", "use", "keep", "hold", "withdraw"])
def test_looking_changes_nothing_and_shows_what_is_decided_about(operator: Client, roundup: Roundup, what: str) -> None:
    edited_and_corrected(roundup)
    before = list(Roundup.objects.values())
    page = operator.get(address(roundup, what)).content.decode()
    assert page.count("<strong>own</strong>") == 1
    assert page.count("Version 3, written anew") == 1
    assert page.count('name="seen_version" value="3"') == 1
    assert list(Roundup.objects.values()) == before


def test_a_text_is_edited_and_shown_without_scripts(operator: Client, roundup: Roundup) -> None:
    assert decide(operator, roundup, "edit", {**MINE, "text": "**Mine** <script>alert(1)</script>"}) == 302
    after = Roundup.objects.get()
    assert (after.headline, after.edited_by) == ("What I saw", "operator")
    page = operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    assert [page.count(part) for part in ("<strong>Mine</strong>", "<script>alert")] == [1, 0]
    preview = operator.get(reverse("admin:content_roundup_preview", args=[roundup.pk])).content.decode()
    assert [preview.count(part) for part in ("<strong>Mine</strong>", "alert(1)</script>")] == [1, 0]


def test_an_empty_text_is_refused_beside_its_field(operator: Client, roundup: Roundup) -> None:
    response = operator.post(address(roundup, "edit"), {"seen_version": 1, "headline": "  ", "text": ""})
    assert response.context["form"].errors.as_data().keys() == {"headline", "text"}
    response = operator.post(address(roundup, "edit"), {"seen_version": 1, "headline": "Mine", "text": " \n "})
    assert response.context["form"].non_field_errors() == [
        "Nothing was changed: the text is empty: a roundup needs both."
    ]
    assert Roundup.objects.get().edited_by == ""


def test_what_somebody_typed_is_not_lost_when_another_was_faster(operator: Client, roundup: Roundup) -> None:
    editing.edit(roundup.pk, Draft("Theirs", "Other words."), by="al", reason="", seen_version=1)
    response = operator.post(address(roundup, "edit"), {"seen_version": 1, **MINE})
    page = response.content.decode()
    assert response.context["form"].non_field_errors() == [
        "Nothing was changed: version 2 was saved while you were looking at version 1: open the page again."
    ]
    assert page.count("My **own** words.") == 1
    assert Roundup.objects.get().headline == "Theirs"


@pytest.mark.parametrize("what", ["use", "keep"])
def test_one_of_two_texts_is_chosen(operator: Client, roundup: Roundup, what: str) -> None:
    edited_and_corrected(roundup)
    page = operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    parts = ("Changed by ed", "<h1>What I saw</h1>", "Version 3, written anew", "<h1>Mexico 0–0 Wales")
    assert [page.count(part) for part in parts] == [1, 1, 1, 1]
    assert decide(operator, roundup, what, MINE, seen=3) == 302
    headline = Roundup.objects.public().get().headline
    assert headline.partition(":")[0] == ("What I saw" if what == "keep" else "Mexico 0–0 Wales")


def test_the_page_says_whether_readers_still_see_the_edited_text(operator: Client, roundup: Roundup) -> None:
    def says() -> list[bool]:
        page = " ".join(
            operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode().split()
        )
        hidden = "This text was changed by hand, and the result or the table under it has changed since"
        on_its_way, waits = "A new version is on its way", "waits beside it; choose one of the two"
        return [part in page for part in (hidden, on_its_way, waits)]

    assert says() == [False, False, False]
    decide(operator, roundup, "edit", MINE)
    services.write_roundup(roundup.match_id, fresh=True)
    assert says() == [False, False, True]
    finish(roundup.match, 0, 0)
    assert says() == [True, False, True]
    Roundup.objects.update(waiting=None)
    assert says() == [True, True, False]


def test_held_published_withdrawn(operator: Client, roundup: Roundup) -> None:
    assert decide(operator, roundup, "hold", {"note": "ask the club"}) == 302
    assert decide(operator, roundup, "publish") == 302
    assert decide(operator, roundup, "withdraw") == 200  # without a note
    assert Roundup.objects.get().status == "published"
    assert decide(operator, roundup, "withdraw", {"note": "the wrong match"}) == 302
    after = Roundup.objects.get()
    assert (after.status, after.note, after.decided_by) == ("withdrawn", "the wrong match", "operator")
    assert decide(operator, roundup, "withdraw", {"note": "again"}) == 200


def test_deciding_is_for_people_who_may_change_roundups(client: Client, roundup: Roundup) -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_roundup"))
    client.force_login(reader)
    for what in DECISIONS:
        assert client.get(address(roundup, what)).status_code == 403
        assert decide(client, roundup, what, {"note": "x", **MINE}) == 403
    assert offered(client, roundup) == []
    assert (Roundup.objects.get().status, Roundup.objects.get().edited_by) == ("published", "")


def test_a_decision_or_a_roundup_that_does_not_exist(operator: Client, roundup: Roundup) -> None:
    assert operator.get(address(roundup, "burn")).status_code == 404
    gone = reverse("admin:content_roundup_decide", args=[roundup.pk + 1, "edit"])
    assert (operator.get(gone).status_code, operator.post(gone).status_code) == (404, 404)


def test_the_list_says_that_a_held_text_is_out_of_date_as_well(operator: Client, roundup: Roundup) -> None:
    editing.hold(roundup.pk, by="ed")
    edited_and_corrected(roundup)
    page = operator.get(reverse("admin:content_roundup_changelist")).content.decode()
    assert page.count("held, edited and out of date") == 1


def test_the_competition_of_a_policy_stays(operator: Client, roundup: Roundup) -> None:
    competition = roundup.match.season.competition
    add = reverse("admin:content_editorialpolicy_add")
    assert operator.post(add, {"competition": competition.pk, "review_first": "on"}).status_code == 302
    change = reverse("admin:content_editorialpolicy_change", args=[competition.pk])
    assert operator.post(change, {"competition": competition.pk + 1}).status_code == 302
    policy = competition.editorial_policy
    assert (policy.competition_id, policy.review_first) == (competition.pk, False)
