"""Attempts of language models in the admin: what came, what the check said, and what was published instead."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from content.models import Attempt, Roundup
from content.services import write_roundup
from tests.factories import a_match, counted, finish, predictions

pytestmark = pytest.mark.django_db


@pytest.fixture
def roundup() -> Roundup:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    finish(match, 2, 1)
    write_roundup(counted(match).pk)
    return Roundup.objects.get()


def an_attempt(roundup: Roundup, **fields: Any) -> Attempt:
    prose = fields.get("prose", "Mexico won **3–1** <script>alert(1)</script>.")
    problem = {"start": prose.find("3–1"), "end": prose.find("3–1") + 3, "kind": "number", "says": "3–1"}
    usual = {
        "match": roundup.match,
        "subject": str(roundup.match),
        "facts_hash": roundup.facts_hash,
        "writer": "llm",
        "language_model": "a model",
        "outcome": Attempt.Outcome.PROBLEMS,
        "headline": "Mexico 2–1 Wales",
        "prose": prose,
        "problems": [{**problem, "facts_say": "it ended 2–1", "where": "text"}],
        "asked_at": roundup.written_at - timedelta(seconds=30),
    }
    return Attempt.objects.create(**{**usual, **fields})


def page_of(client: Client, attempt: Attempt) -> str:
    return client.get(reverse("admin:content_attempt_change", args=[attempt.pk])).content.decode()


def test_what_came_is_shown_as_it_came_with_its_problems_and_what_was_published_instead(
    operator: Client, roundup: Roundup
) -> None:
    page = page_of(operator, an_attempt(roundup))
    assert page.count('Mexico won **<mark class="ft-problem">3–1</mark><a class="ft-number" id="text-mark-1"') == 1
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 1
    assert page.count("<dt>Facts</dt><dd>it ended 2–1</dd>") == 1
    version = reverse("admin:content_rounduprevision_change", args=[roundup.versions.get().pk])
    assert page.count(f'Instead there is <a href="{version}">version 1, written by template</a>') == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"outcome": "accepted", "problems": []}, "It passed the check."),
        ({"outcome": "failed", "problems": [], "error": "<b>", "prose": "", "headline": ""}, "used: &lt;b&gt;"),
        ({"outcome": "asked", "problems": [], "prose": "", "headline": ""}, "has not answered yet"),
    ],
)  # fmt: skip
def test_how_it_ended(operator: Client, roundup: Roundup, fields: dict[str, Any], told: str) -> None:
    assert page_of(operator, an_attempt(roundup, **fields)).count(told) == 1


def test_a_version_of_other_facts_or_from_before_is_not_what_took_its_place(operator: Client, roundup: Roundup) -> None:
    for fields in ({"facts_hash": "1" * 64}, {"asked_at": timezone.now() + timedelta(days=1)}):
        page = page_of(operator, an_attempt(roundup, **fields))
        assert page.count("No version was saved from the same facts since.") == 1


def test_the_roundups_page_lists_its_attempts_although_the_template_wrote_it(
    operator: Client, roundup: Roundup
) -> None:
    attempts = [an_attempt(roundup, is_repair=is_repair) for is_repair in (False, True)]
    other = a_match("Peru", "Chile")
    stranger = an_attempt(roundup, match=other)
    page = operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    table = page[page.index("attempts-caption") : page.index("All attempts on this match")]
    addresses = [reverse("admin:content_attempt_change", args=[attempt.pk]) for attempt in (*attempts, stranger)]
    assert [table.count(address) for address in addresses] == [1, 1, 0]
    all_of_it = operator.get(reverse("admin:content_attempt_changelist"), {"match__id__exact": roundup.match_id})
    assert {row.pk for row in all_of_it.context["cl"].result_list} == {attempt.pk for attempt in attempts}


def test_the_list_can_be_narrowed(operator: Client, roundup: Roundup) -> None:
    first = an_attempt(roundup)
    second = an_attempt(roundup, language_model="another", outcome="failed", is_repair=True)

    def listed(**chosen: str) -> list[int]:
        found = operator.get(reverse("admin:content_attempt_changelist"), chosen)
        return [row.pk for row in found.context["cl"].result_list]

    assert listed() == [second.pk, first.pk]
    assert listed(language_model="another") == [second.pk]
    assert listed(outcome__exact="problems") == [first.pk]
    assert listed(is_repair__exact="1") == [second.pk]
    assert listed(q="Mexico") == [second.pk, first.pk]
    assert listed(q="Cuba") == []
