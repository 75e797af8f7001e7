"""The editor's desk: a text with its problems marked, beside the facts; checked and previewed before it is saved."""

import re
from html import unescape

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from content import editing, services
from content.collect import collect_facts
from content.editing import Draft
from content.examining import NOT_OURS
from content.models import Roundup
from content.storylines import storylines
from scoring.models import AIModel, AIModelAlias, TeamAlias
from scoring.services import score_match
from stats.services import calculate_stats
from tests.factories import a_match, finish, predictions

pytestmark = pytest.mark.django_db

SHORT = Draft("Mexico 2–1 Wales", "Mexico beat Wales 2–1.\n")
ALTERED = "| A | 9–9 | wrong | 77 |"


def settle(match_id: int) -> None:
    score_match(match_id)
    calculate_stats(match_id)
    services.write_roundup(match_id)


def a_roundup_of(home: str, away: str, tips: dict[str, tuple[int, int]]) -> Roundup:
    match = a_match(home, away)
    predictions(match, tips)
    finish(match, 2, 1)
    settle(match.pk)
    return Roundup.objects.get(match=match)


@pytest.fixture
def roundup() -> Roundup:
    return a_roundup_of("Mexico", "Wales", {"A": (2, 1), "B": (1, 1), "C": (0, 2)})


def page_of(roundup: Roundup) -> str:
    return reverse("admin:content_roundup_change", args=[roundup.pk])


def edit_of(roundup: Roundup) -> str:
    return reverse("admin:content_roundup_decide", args=[roundup.pk, "edit"])


def tables_of(roundup: Roundup) -> str:
    return roundup.text[roundup.text.index("## ") :]


def typed(roundup: Roundup, extra: str = "", **fields: str) -> dict[str, str]:
    """Return the fields of the form with a short text, the tables, and `extra`, as a browser posts them."""
    text = f"{SHORT.text}\n{tables_of(roundup)}\n{extra}".replace("\n", "\r\n")
    return {"headline": SHORT.headline, "text": text, "reason": "", "seen_version": "1", **fields}


def problems(page: str) -> list[str]:
    """Return the numbers of the marks in a text, each of which has its line in the list, and back."""
    numbers = re.findall(r'id="text-mark-(\d+)"', page)
    assert re.findall(r'id="text-problem-(\d+)"', page) == numbers
    assert [page.count(f'href="#text-problem-{number}"') for number in numbers] == [1] * len(numbers)
    assert [page.count(f'href="#text-mark-{number}"') for number in numbers] == [1] * len(numbers)
    return numbers


def test_the_facts_stand_beside_the_text(operator: Client, roundup: Roundup) -> None:
    editing.edit(roundup.pk, SHORT, by="ed", reason="", seen_version=1)
    page = operator.get(page_of(roundup)).content.decode()
    assert problems(page) == []
    assert page.count("It found nothing in the prose that the facts don’t support.") == 1
    facts = page[page.index('id="facts-match"') :]
    told = [">1 of 3<", "6 ÷ (10 × 1/3) − 0.6 + 2 = 3.20", "outcome 3 + difference 1 + exact score 3", "wrong outcome"]
    assert [facts.count(part) for part in told] == [3, 3, 1, 2]
    true = storylines(collect_facts(roundup.match_id).facts)
    assert re.findall(r"<li><strong>([\w ]+)</strong>", facts) == [
        line.key.replace("_", " ").capitalize() for line in true
    ]


def test_a_problem_in_what_was_saved_is_marked_and_explained(operator: Client, roundup: Roundup) -> None:
    draft = Draft(SHORT.headline, f"{SHORT.text}\n{tables_of(roundup)}\n{ALTERED}\n")
    editing.edit(roundup.pk, draft, by="ed", reason="", seen_version=1)
    page = operator.get(page_of(roundup)).content.decode()
    assert problems(page) == ["1"]
    assert page.count(f'aria-label="Problem 1, other: “{ALTERED.strip("| ")}”; {NOT_OURS}"') == 1
    assert page.count(f"<dt>Facts</dt><dd>{NOT_OURS}</dd>") == 1


def test_a_wrong_score_is_marked_where_it_stands(operator: Client, roundup: Roundup) -> None:
    fields = typed(roundup, headline="Mexico 4–1 Wales")
    text = fields["text"].replace("beat Wales 2–1", "beat Wales **3–1**")
    page = operator.post(edit_of(roundup), {**fields, "text": text, "_check": "1"}).content.decode()
    assert len(problems(page)) >= 2
    assert page.count(", in the headline") == 1
    assert page.count('<strong><mark class="ft-problem">3–1</mark>') == 1


def test_other_names_of_teams_and_models_are_names(operator: Client, roundup: Roundup) -> None:
    told = "El Tri beat Wales 2–1, and Alpha had the score."
    fields = {**typed(roundup), "text": told, "_check": "1"}
    assert operator.post(edit_of(roundup), fields).context["problems"] != []
    TeamAlias.objects.create(name="El Tri", team=roundup.match.home)
    AIModelAlias.objects.create(name="Alpha", model=AIModel.objects.get(name="A"))
    assert operator.post(edit_of(roundup), fields).context["problems"] == []


def test_what_somebody_types_is_checked_and_shown_and_not_saved(operator: Client, roundup: Roundup) -> None:
    response = operator.post(edit_of(roundup), typed(roundup, ALTERED, _check="1"))
    page = response.content.decode()
    assert problems(page) == ["1"]
    assert page.count("Nothing is saved yet.") == 1
    preview = unescape(re.findall(r'<iframe sandbox="" srcdoc="([^"]*)"', page)[0])
    assert preview.count(f"<h1>{SHORT.headline}</h1>") == 1
    assert preview.count("9–9") == 1
    assert preview.count("content/site.css") == 1
    assert (Roundup.objects.get().text, Roundup.objects.get().edited_by) == (roundup.text, "")


def test_problems_are_shown_once_before_a_text_is_saved_and_never_refuse_it(operator: Client, roundup: Roundup) -> None:
    fields = typed(roundup, ALTERED)
    first = operator.post(edit_of(roundup), fields)
    assert (first.status_code, Roundup.objects.get().edited_by) == (200, "")
    page = first.content.decode()
    assert [page.count("Save all the same"), page.count("The check found 1 problem")] == [1, 1]
    form = first.context["form"]
    carried = {name: form[name].value() for name in ("headline", "text", "reason", "seen_version", "checked")}
    assert carried["text"] == fields["text"]
    other = operator.post(edit_of(roundup), {**carried, "text": f"{carried['text']}\r\n| B | 1 | 2 | 3 |"})
    assert (other.status_code, Roundup.objects.get().edited_by) == (200, "")  # another text, with problems not seen yet
    assert operator.post(edit_of(roundup), carried).status_code == 302
    assert Roundup.objects.get().text.count(ALTERED) == 1


def test_a_text_without_problems_is_saved_at_once(operator: Client, roundup: Roundup) -> None:
    assert operator.post(edit_of(roundup), typed(roundup)).status_code == 302
    assert Roundup.objects.get().headline == SHORT.headline


def test_nothing_of_what_is_typed_leaves_its_place(operator: Client, roundup: Roundup) -> None:
    payload = '"></iframe><script>alert(1)</script><img src=x onerror="alert(1)">'
    response = operator.post(
        edit_of(roundup), typed(roundup, f"{payload}\r\n\r\n| {payload} |", headline=payload, _check="1")
    )
    page = response.content.decode()
    assert [page.count(part) for part in ("alert(1)</script>", "<img src=x", "</iframe>")] == [0, 0, 1]
    preview = unescape(re.findall(r'<iframe sandbox="" srcdoc="([^"]*)"', page)[0])
    assert preview.rstrip().endswith("</html>")
    assert [preview.count(part) for part in ("alert(1)</script>", "<img src=x", "onerror=alert")] == [0, 0, 0]


def test_names_that_hold_markup_come_out_as_text(operator: Client) -> None:
    script = "<script>alert(1)</script>"
    roundup = a_roundup_of(script, "Wales", {f'{script}"': (2, 1), "B": (1, 1)})
    for page in (page_of(roundup), edit_of(roundup), reverse("admin:content_roundup_preview", args=[roundup.pk])):
        assert operator.get(page).content.decode().count(script) == 0


def test_the_kept_text_is_checked_against_the_facts_as_they_are_now(operator: Client, roundup: Roundup) -> None:
    editing.edit(roundup.pk, Draft("What I saw", f"Well.\n\n{roundup.text}"), by="ed", reason="", seen_version=1)
    finish(roundup.match, 0, 0)
    settle(roundup.match_id)
    keep = reverse("admin:content_roundup_decide", args=[roundup.pk, "keep"])
    old = Roundup.objects.get().text
    shown = operator.get(keep).context["problems"]
    assert [row.problem.says for row in shown if row.problem.facts_say == NOT_OURS] != []
    response = operator.post(keep, {"headline": "Kept", "text": old, "reason": "", "seen_version": "3", "_check": "1"})
    rows = [row.problem.says for row in response.context["problems"] if row.problem.facts_say == NOT_OURS]
    assert rows != []
    assert Roundup.objects.get().headline == "What I saw"


def test_the_preview_is_the_page_as_published_and_nothing_on_it_runs(operator: Client, roundup: Roundup) -> None:
    editing.edit(roundup.pk, Draft("What I saw", "My own words."), by="ed", reason="", seen_version=1)
    editing.hold(roundup.pk, by="ed")
    address = reverse("admin:content_roundup_preview", args=[roundup.pk])
    response = operator.get(address)
    assert response["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert [response.content.decode().count(part) for part in ("<h1>What I saw</h1>", "My own words.")] == [1, 1]
    assert operator.get(f"{address}?version=1").content.decode().count(f"<h1>{roundup.headline}</h1>") == 1
    assert [operator.get(f"{address}?version={n}").status_code for n in ("7", "x")] == [404, 404]


def test_facts_of_an_unknown_form_are_no_crash(operator: Client, roundup: Roundup) -> None:
    Roundup.objects.update(facts={"home": 1})
    page = operator.get(page_of(roundup)).content.decode()
    assert page.count("can’t be read any more: nothing was checked") == 1
    assert operator.post(edit_of(roundup), typed(roundup, "More.", _check="1")).status_code == 200


def test_facts_of_an_earlier_version_are_shown_without_storylines(operator: Client, roundup: Roundup) -> None:
    lacking = {"form", "history", "rivalry"}
    facts = {name: value for name, value in roundup.facts.items() if name not in lacking}
    Roundup.objects.update(facts={**facts, "version": 1})
    page = operator.get(page_of(roundup)).content.decode()
    assert [page.count('id="facts-tips"'), page.count('id="facts-angles"')] == [1, 0]


def test_somebody_who_may_only_look_sees_all_this_and_can_change_nothing(client: Client, roundup: Roundup) -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_roundup"))
    client.force_login(reader)
    pages = [reverse(f"admin:content_roundup_{name}", args=[roundup.pk]) for name in ("change", "preview", "diff")]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    page = client.get(page_of(roundup)).content.decode()
    assert [page.count('id="facts-match"'), page.count("Who did what, and when"), page.count("/decide/")] == [1, 1, 0]
    assert client.get(edit_of(roundup)).status_code == 403
    other = User.objects.create(username="other", is_staff=True)
    client.force_login(other)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_the_page_asks_the_same_of_the_database_whatever_there_is_to_show(operator: Client, roundup: Roundup) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(page_of(roundup)).status_code == 200
        return len(captured)

    operator.get(page_of(roundup))
    few = queries()
    for number in range(3):
        services.write_roundup(roundup.match_id, fresh=True)
        editing.hold(roundup.pk, by=f"ed{number}")
        editing.publish(roundup.pk, by="ed", seen_version=number + 2)
    assert queries() == few
