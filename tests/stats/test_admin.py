"""The table's page in the admin."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from scoring.models import Season
from scoring.services import score_match
from stats.services import calculate_stats
from tests.factories import a_match, a_season, finish, predictions

pytestmark = pytest.mark.django_db


def a_counted_season(name: str, tips: dict[str, tuple[int, int]], **competition: Any) -> Season:
    season = a_season(name, **competition)
    match = a_match(season=season)
    predictions(match, tips)
    finish(match, 2, 1)
    score_match(match.pk)
    calculate_stats(match.pk)
    season.refresh_from_db()
    return season


def shown(client: Client, query: str = "") -> list[tuple[int, str, int, int]]:
    table = client.get(reverse("admin:table") + query).context["table"]
    return [(row.rank, row.entry.model, row.entry.totals.predictions, row.entry.totals.points) for row in table.rows]


def test_the_table_is_that_of_the_season_counted_last_unless_another_is_chosen(operator: Client) -> None:
    first = a_counted_season("Cup 2026", {"A": (2, 1), "B": (0, 0)})
    a_counted_season("League 2026", {"B": (1, 0)})
    assert shown(operator) == [(1, "B", 1, 3)]
    assert shown(operator, f"?season={first.pk}") == [(1, "A", 1, 7), (2, "B", 1, 0)]
    assert shown(operator, f"?season={first.pk}&metric=exact") == [(1, "A", 1, 7), (2, "B", 1, 0)]
    assert shown(operator, "?season=all") == [(1, "A", 1, 7), (2, "B", 2, 3)]


@pytest.mark.parametrize("season", ["nonsense", "0", "99999999"])
def test_a_season_that_does_not_exist_is_not_found(operator: Client, season: str) -> None:
    assert operator.get(reverse("admin:table"), {"season": season}).status_code == 404


def test_seasons_left_out_are_named(operator: Client) -> None:
    a_counted_season("Cup 2026", {"A": (2, 1)})
    a_counted_season("League 2026", {"A": (2, 1)}, basis="after_shootout")
    page = operator.get(reverse("admin:table"), {"season": "all"}).content.decode()
    assert page.count("Left out, because rule or basis differ:") == 1


def test_without_anything_counted_the_page_says_so(operator: Client) -> None:
    a_season()
    page = operator.get(reverse("admin:table")).content.decode()
    assert page.count("Nothing was counted yet.") == 1


def test_an_unknown_order_is_the_usual_one(operator: Client) -> None:
    a_counted_season("Cup 2026", {"A": (2, 1)})
    assert operator.get(reverse("admin:table"), {"metric": "luck"}).context["metric"] == "average"


def test_the_table_is_for_staff(client: Client) -> None:
    assert client.get(reverse("admin:table")).status_code == 302
