"""What writers cost and how often they are right, as sums by author and month, and the page that shows it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from html import unescape
from re import findall
from typing import Any

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from content.costs import Author, Figures, costs
from content.models import Attempt

pytestmark = pytest.mark.django_db

PAGE = "admin:content_attempt_costs"
MAY, JUNE = (datetime(2026, month, 3, tzinfo=UTC) for month in (5, 6))


def attempts(number: int = 1, *, problems: int = 0, **fields: Any) -> None:
    usual = {
        "subject": "x",
        "writer": "llm",
        "language_model": "a model",
        "asked_at": MAY,
        "words": 200,
        "input_tokens": 1000,
        "output_tokens": 300,
        "cost": Decimal("0.002"),
        "seconds": 4.0,
        "problems": [{"kind": "number"}] * problems,
    }
    Attempt.objects.bulk_create([Attempt(**{**usual, **fields}) for _ in range(number)])


@pytest.fixture
def asked() -> None:
    attempts(6, outcome="accepted")
    attempts(3, outcome="problems", problems=2)
    attempts(1, outcome="failed", words=0, output_tokens=0)
    attempts(2, outcome="accepted", is_repair=True)
    attempts(1, outcome="problems", problems=1, is_repair=True)
    attempts(1, outcome="asked", seconds=None, words=0, input_tokens=0, output_tokens=0, cost=0)
    attempts(2, outcome="accepted", asked_at=JUNE)
    attempts(4, outcome="problems", problems=5, asked_at=JUNE, language_model="another")


@pytest.mark.usefixtures("asked")
def test_sums_by_author_and_month() -> None:
    found = costs()
    one, other = Author("llm", "a model"), Author("llm", "another")
    assert found.months == (date(2026, 5, 1), date(2026, 6, 1))
    assert found.by_month[one, date(2026, 5, 1)] == Figures(
        texts=10,
        passed_first=6,
        repairs=3,
        mended=2,
        failed=1,
        problems=7,
        words=12 * 200,
        input_tokens=13_000,
        output_tokens=12 * 300,
        cost=Decimal("0.026"),
        seconds=52.0,
    )
    assert list(found.totals) == [one, other]
    assert (found.totals[one].texts, found.totals[one].passed_first) == (12, 8)
    assert found.all.cost == Decimal("0.038")


@pytest.mark.usefixtures("asked")
def test_rates() -> None:
    may = costs().by_month[Author("llm", "a model"), date(2026, 5, 1)]
    assert (may.first_rate, may.rate) == (Fraction(6, 10), Fraction(8, 10))
    assert may.problems_per_100_words == Fraction(700, 2400)
    assert (may.cost_each, may.seconds_each) == (Decimal("0.0026"), 4.0)
    nothing = Figures()
    assert (nothing.first_rate, nothing.rate, nothing.problems_per_100_words) == (None, None, None)
    assert (nothing.cost_each, nothing.seconds_each) == (None, None)


@pytest.mark.usefixtures("asked")
def test_the_page_has_numbers_and_charts_of_the_same(operator: Client) -> None:
    page = operator.get(reverse(PAGE)).content.decode()
    data = [json.loads(unescape(found)) for found in findall(r'data-value="([^"]*)"', page)]
    assert [chart["labels"] for chart in data] == [["May 2026", "Jun 2026"]] * 4
    assert [[line["data"] for line in chart["datasets"]] for chart in data] == [
        [[0.026, 0.004], [0.0, 0.008]],
        [[60.0, 100.0], [None, 0.0]],
        [[80.0, 100.0], [None, 0.0]],
        [[0.29, 0.0], [None, 2.5]],
    ]
    rows = page[page.index('id="costs-total"') :]
    assert [rows.count(shown) for shown in (">66.7 %<", ">60.0 %<", ">2.50<")] == [1, 1, 2]
    assert findall(r"\son\w+=", page[page.index('class="fulltime ft-costs"') :]) == []


def test_names_in_the_charts_stay_in_their_attribute(operator: Client) -> None:
    attempts(1, language_model='"><script>alert(1)</script>')
    page = operator.get(reverse(PAGE)).content.decode()
    assert page.count("<script>alert(1)") == 0


def test_the_page_explains_itself_while_there_is_nothing_to_show(operator: Client) -> None:
    page = operator.get(reverse(PAGE)).content.decode()
    assert [page.count("No language model was asked yet"), page.count("<canvas")] == [1, 0]


def test_the_page_asks_the_same_of_the_database_for_any_number_of_attempts(operator: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(reverse(PAGE)).status_code == 200
        return len(captured)

    operator.get(reverse(PAGE))
    few = queries()
    for number in range(30):
        attempts(1, language_model=f"model {number}", asked_at=datetime(2026, 1 + number % 12, 1, tzinfo=UTC))
    assert queries() == few


def test_the_page_is_for_people_who_may_see_attempts(client: Client) -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    client.force_login(reader)
    assert client.get(reverse(PAGE)).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_attempt"))
    assert client.get(reverse(PAGE)).status_code == 200
