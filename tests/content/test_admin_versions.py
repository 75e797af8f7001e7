"""Versions of a roundup in the admin: what differs between any two, and who did what when."""

import re

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from content import editing, services
from content.admin.decisions import DECISIONS
from content.editing import Draft
from content.models import Attempt, Roundup
from content.timeline import timeline
from scoring.services import score_match
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, finish, predictions

pytestmark = pytest.mark.django_db

LEFT_VERSIONS = [decision.done for decision in DECISIONS.values() if decision.leaves_version]


def settle(match_id: int) -> None:
    score_match(match_id)
    calculate_stats(match_id)
    services.write_roundup(match_id)


@pytest.fixture
def roundup() -> Roundup:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    finish(match, 2, 1)
    settle(match.pk)
    roundup = Roundup.objects.get()
    editing.edit(roundup.pk, Draft("What I saw", "They won 2–1.\n\nAt last."), by="ed", reason="tone", seen_version=1)
    editing.edit(roundup.pk, Draft("What I saw", "They lost 2–1.\n\nAt last."), by="al", reason="", seen_version=2)
    return Roundup.objects.get()


def diff_of(roundup: Roundup) -> str:
    return reverse("admin:content_roundup_diff", args=[roundup.pk])


def test_what_changed_between_two_versions_is_told_to_eye_and_ear(operator: Client, roundup: Roundup) -> None:
    page = operator.get(diff_of(roundup), {"before": "2", "after": "3"}).content.decode()
    text = page[page.index("<h2>Text</h2>") :]
    assert text.count('<del><span class="ft-heard">[removed: </span>won<span class="ft-heard">]</span></del>') == 1
    assert text.count('<ins><span class="ft-heard">[added: </span>lost<span class="ft-heard">]</span></ins>') == 1
    assert page.count("Both were written from the same facts.") == 1


def test_any_two_versions_can_be_chosen(operator: Client, roundup: Roundup) -> None:
    response = operator.get(diff_of(roundup), {"before": "3", "after": "1"})
    assert (response.context["before"].number, response.context["after"].number) == (3, 1)
    assert re.findall(r'<option value="(\d)" selected', response.content.decode()) == ["3", "1"]
    assert [operator.get(diff_of(roundup), {"after": n}).status_code for n in ("9", "x")] == [404, 404]


def test_without_a_choice_the_newest_version_is_compared_with_the_text_or_the_one_before(
    operator: Client, roundup: Roundup
) -> None:
    context = operator.get(diff_of(roundup)).context
    assert (context["before"].number, context["after"].number) == (2, 3)
    finish(roundup.match, 0, 0)
    settle(roundup.match_id)
    context = operator.get(diff_of(roundup)).context
    assert (context["before"].number, context["after"].number) == (3, 4)
    assert "The score that counts was 2–1 and is 0–0." in context["changes"]


def test_the_ways_to_a_comparison(operator: Client, roundup: Roundup) -> None:
    finish(roundup.match, 0, 0)
    settle(roundup.match_id)
    page = operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    links = re.findall(rf'href="{diff_of(roundup)}([^"]*)"', page)
    assert sorted(links) == sorted(
        ["", "?after=4", *(f"?before={number}&amp;after={number + 1}" for number in (1, 2, 3))]
    )


def test_payloads_in_both_versions_come_out_as_text(operator: Client, roundup: Roundup) -> None:
    payload = "<script>alert(1)</script>"
    editing.edit(roundup.pk, Draft(payload, f"{payload} here"), by="ed", reason="", seen_version=3)
    page = operator.get(diff_of(roundup)).content.decode()
    assert page.count(payload) == 0


def test_comparing_two_of_many_versions_asks_the_same_of_the_database(operator: Client, roundup: Roundup) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(diff_of(roundup), {"before": "1", "after": "2"}).status_code == 200
        return len(captured)

    operator.get(diff_of(roundup))
    few = queries()
    for number in range(3, 8):
        editing.edit(roundup.pk, Draft("Again", f"{number}"), by="ed", reason="", seen_version=number)
    assert queries() == few


def test_the_history_joins_versions_decisions_and_attempts_in_order(operator: Client, roundup: Roundup) -> None:
    decide = reverse("admin:content_roundup_decide", args=[roundup.pk, "hold"])
    operator.post(decide, {"seen_version": 3, "note": "ask the club"})
    Attempt.objects.create(
        match=roundup.match, subject="x", writer="llm", language_model="a model", asked_at=KICKOFF, outcome="problems",
        problems=[{}, {}],
    )  # fmt: skip
    told = [(event.who, event.what) for event in timeline(Roundup.objects.get(), told_by_versions=LEFT_VERSIONS)]
    assert told == [
        ("operator", "Held back: ask the club"),
        ("al", "Version 3, written by hand"),
        ("ed", "Version 2, written by hand (tone)"),
        *[
            line
            for line in told
            if line[1] in ("Version 1, written by template", "Readers could see it for the first time")
        ],
        ("a test", "Match changed: status scheduled → finished; full time home – → 2; full time away – → 1"),
        ("", "a model asked to write: the check found problems (2)"),
    ]
    assert len(told) == 7
    page = operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    history = page[page.index("Who did what, and when") :]
    assert [history.count(f">{what}<") for _, what in told] == [1] * len(told)


def test_a_decision_that_came_by_another_way_is_in_the_history(roundup: Roundup) -> None:
    editing.withdraw(roundup.pk, by="a script", note="the wrong match")
    first = timeline(Roundup.objects.get())[0]
    assert (first.who, first.what) == ("a script", "Decided: Withdrawn: the wrong match")


def test_an_edit_in_the_admin_is_told_once(operator: Client, roundup: Roundup) -> None:
    edit = reverse("admin:content_roundup_decide", args=[roundup.pk, "edit"])
    draft = Draft("Mine", "My words.")
    fields = {"headline": draft.headline, "text": draft.text, "reason": "", "seen_version": 3}
    operator.post(edit, {**fields, "checked": draft.tidied().fingerprint})
    by_me = [
        event.what
        for event in timeline(Roundup.objects.get(), told_by_versions=LEFT_VERSIONS)
        if event.who == "operator"
    ]
    assert by_me == ["Version 4, written by hand"]
    assert User.objects.get(username="operator").logentry_set.count() == 1
