"""Lists count to a bound, are searched by the beginning of names, and show the rows that they found in their order."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from scoring.admin import quick, searching
from scoring.models import AIModelAlias, Match, TeamAlias
from tests.factories import KICKOFF, a_match, a_model, a_season, a_team, predictions

pytestmark = pytest.mark.django_db
MATCHES, PREDICTIONS = reverse("admin:scoring_match_changelist"), reverse("admin:scoring_prediction_changelist")


def shown(client: Client, url: str, **query: Any) -> list[Any]:
    response = client.get(url, query)
    assert response.status_code == 200
    return [row.pk for row in response.context["cl"].result_list]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("mex", [2, 0]),
        ("South Africa", [1, 0]),
        ("Mexico – Wales", [2]),
        ("wales v mexico", [2]),
        ("South Africa Mexico", [0]),
        ("Bafana", [1, 0]),
        ("Africa", []),
        ("%", []),
        ("Mexico – Nobody", []),
        ("  ", [2, 1, 0]),
    ],
)
def test_matches_are_found_by_how_a_team_begins_or_by_both_teams(
    operator: Client, text: str, places: list[int]
) -> None:
    pairs = [("Mexico", "South Africa"), ("South Africa", "Wales"), ("Mexico", "Wales")]
    matches = [a_match(*pair, kickoff=KICKOFF + timedelta(days=day)) for day, pair in enumerate(pairs)]
    TeamAlias.objects.create(name="Bafana Bafana", team=a_team("South Africa"))
    assert shown(operator, MATCHES, q=text) == [matches[place].pk for place in places]


def test_predictions_are_found_by_the_model_by_another_name_of_it_or_by_a_team(operator: Client) -> None:
    match, other = a_match("Mexico", "Wales"), a_match("Qatar", "Ecuador")
    for each in (match, other):
        predictions(each, {"Oracle": (1, 0), "Dice": (0, 0)})
    AIModelAlias.objects.create(name="Delphi", model=a_model("Oracle"))
    newest_first = list(other.predictions.order_by("-pk").values_list("pk", flat=True))
    oracle = [each.predictions.get(model=a_model("Oracle")).pk for each in (other, match)]
    assert shown(operator, PREDICTIONS, q="qat") == newest_first
    assert shown(operator, PREDICTIONS, q="ora") == oracle
    assert shown(operator, PREDICTIONS, q="delphi") == oracle
    assert shown(operator, PREDICTIONS, q="ora", match__id__exact=other.pk) == oracle[:1]


def test_a_search_that_fits_too_many_matches_shows_the_last_ones_and_says_so(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_MATCHES", 1)
    first, last = (a_match("Mexico", name, kickoff=KICKOFF + timedelta(days=day)) for day, name in enumerate("AB"))
    for match in (first, last):
        predictions(match, {"Oracle": (1, 0)})
    response = operator.get(PREDICTIONS, {"q": "Mex"})
    assert [row.match_id for row in response.context["cl"].result_list] == [last.pk]
    assert "matches fit “Mex”" in response.content.decode()
    older = a_season("League 2024")
    Match.objects.filter(pk=first.pk).update(season=older)
    narrowed = operator.get(f"{PREDICTIONS}?q=Mex&match__season__id__exact={older.pk}")
    assert [row.match_id for row in narrowed.context["cl"].result_list] == [first.pk]
    assert "matches fit" not in narrowed.content.decode()


@pytest.mark.parametrize("url", [MATCHES, PREDICTIONS])
def test_counting_ends_at_a_bound_and_so_do_the_pages(
    operator: Client, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr(quick, "COUNTED", 100)
    match = a_match()
    days = [a_match(kickoff=KICKOFF - timedelta(days=day), round=str(day)) for day in range(1, 102)]
    predictions(match, {f"Model {number}": (1, 0) for number in range(101)})
    expected = [match.pk, *(each.pk for each in days)]
    if url == PREDICTIONS:
        expected = list(match.predictions.order_by("-pk").values_list("pk", flat=True))
    pages = [shown(operator, url, p=page) for page in (1, 2)]
    assert pages == [expected[:50], expected[50:100]]
    response = operator.get(url)
    assert (response.context["cl"].result_count, response.context["cl"].paginator.num_pages) == (100, 2)
    text = " ".join(response.content.decode().split())
    assert "more than 100 " in text
    assert "filter or search to see the others" in text
    assert operator.get(url, {"p": 3}).status_code == 302


def test_what_is_counted_to_its_end_is_said_as_a_number(operator: Client) -> None:
    a_match()
    text = " ".join(operator.get(MATCHES).content.decode().split())
    assert "1 match" in text
    assert "more than" not in text


def test_days_are_filtered_from_and_to_both_included_and_nonsense_filters_nothing(operator: Client) -> None:
    first, second, third = (a_match(kickoff=KICKOFF + timedelta(days=day), round=str(day)).pk for day in range(3))
    between = {"kickoff_from": "2026-06-11", "kickoff_to": "2026-06-12"}
    assert shown(operator, MATCHES, **between) == [second, first]
    assert shown(operator, MATCHES, kickoff_from="2026-06-12") == [third, second]
    assert shown(operator, MATCHES, kickoff_to="soon") == [third, second, first]
