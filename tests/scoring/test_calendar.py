"""The date hierarchy of the lists: years and months by the first and the last row, days by the rows."""

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from content.models import Spending
from scoring.templatetags.calendar import calendar
from tests.factories import a_match

pytestmark = pytest.mark.django_db
LIST = reverse("admin:scoring_match_changelist")


def chosen(client: Client, **query: Any) -> tuple[str, list[str]]:
    """Return the way back and the choices that the list of matches offers."""
    asked = {f"kickoff__{part}": value for part, value in query.items()}
    context = calendar(client.get(LIST, asked).context["cl"])
    back = context["back"]
    return back["title"] if back else "", [choice["title"] for choice in context["choices"]]


def test_from_years_to_months_to_days(operator: Client) -> None:
    days = [datetime(2024, 5, 1, 18, tzinfo=UTC), datetime(2026, 6, 11, tzinfo=UTC), datetime(2026, 8, 2, tzinfo=UTC)]
    for number, day in enumerate(days):
        a_match(f"Home {number}", kickoff=day)
    assert chosen(operator) == ("", ["2024", "2025", "2026"])
    assert chosen(operator, year=2026) == ("All dates", ["June 2026", "July 2026", "August 2026"])
    assert chosen(operator, year=2026, month=6) == ("2026", ["11 June"])
    assert chosen(operator, year=2026, month=6, day=11) == ("June 2026", ["11 June"])


def test_the_links_lead_to_the_rows(operator: Client) -> None:
    match = a_match(kickoff=datetime(2026, 6, 11, 18, tzinfo=UTC))
    a_match("Peru", kickoff=datetime(2024, 6, 11, 18, tzinfo=UTC))
    context = calendar(operator.get(LIST).context["cl"])
    page = operator.get(LIST + context["choices"][-1]["link"])
    assert [row.pk for row in page.context["cl"].result_list] == [match.pk]


def test_an_empty_list_and_a_year_without_rows_offer_nothing(operator: Client) -> None:
    assert chosen(operator) == ("", [])
    a_match()
    assert chosen(operator, year=1999) == ("All dates", [])
    assert operator.get(LIST, {"kickoff__year": "x"}).status_code == 302


def test_a_list_by_days_without_a_time_has_them_too(operator: Client) -> None:
    Spending.objects.create(day=date(2026, 6, 11))
    page = operator.get(reverse("admin:content_spending_changelist"), {"day__year": 2026, "day__month": 6})
    assert [choice["title"] for choice in calendar(page.context["cl"])["choices"]] == ["11 June"]
