"""Lists are exported as they are filtered; predictions and matches so that importing them again changes nothing."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.admin import exporting, searching
from scoring.importers.formulas import as_meant, harmless
from scoring.models import AIModel, Competition, Goal, Match, Prediction, ResultChange, Season, Team
from scoring.services import change_match, import_matches, import_predictions
from tests.factories import KICKOFF, a_match, a_model, a_season, predictions

pytestmark = pytest.mark.django_db
CSV, JSON = "0", "1"


def exported(client: Client, url: str, kind: str = CSV) -> str:
    response = client.post(url, {"format": kind, "resource": "0"})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"], response.content.decode()[:2000]
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed response


def refused(client: Client, url: str, kind: str = CSV) -> str:
    response = client.post(url, {"format": kind, "resource": "0"})
    assert "Content-Disposition" not in response
    return response.content.decode()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_an_export_asks_for_no_passwords(operator: Client) -> None:
    User.objects.create_user("somebody", password="a secret")  # noqa: S106
    for kind in (CSV, JSON):
        text = exported(operator, reverse("admin:auth_user_export"), kind)
        assert "somebody" in text
        assert User.objects.get(username="somebody").password not in text


def test_only_what_is_filtered_and_searched_is_exported(operator: Client) -> None:
    match, other = a_match("Mexico", "Wales"), a_match("Qatar", "Ecuador")
    for each in (match, other):
        predictions(each, {"Oracle": (1, 0), "Dice": (0, 0)})
    url = reverse("admin:scoring_prediction_export")
    found = rows_of(exported(operator, f"{url}?q=mex&model__id__exact={a_model('Dice').pk}"))
    assert [(row["model"], row["home_team"], row["home_goals"]) for row in found] == [("Dice", "Mexico", "0")]


def test_too_many_rows_are_refused_with_the_way_out(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_EXPORTED", 1)
    match = a_match()
    predictions(match, {"Oracle": (1, 0), "Dice": (0, 0)})
    url = reverse("admin:scoring_prediction_export")
    assert "more than 1 predictions. Filter or search first" in refused(operator, url)
    assert len(rows_of(exported(operator, f"{url}?q=dice"))) == 1
    monkeypatch.setattr(exporting, "MOST_EXPORTED", 10)
    monkeypatch.setattr(searching, "MOST_MATCHES", 0)
    assert "the search fits too many matches" in refused(operator, f"{url}?q=mex")


TEAMS = ["=1+1", "-Wanderers", "+Plus", "@home", "'=quoted", "'Plain'"]


def test_predictions_that_are_exported_are_imported_again_as_they_were(operator: Client) -> None:
    season = a_season("=Cup, \"of\" 'all' 2026")
    match = a_match(TEAMS[0], TEAMS[1], season=season, kickoff=KICKOFF)
    other = a_match(TEAMS[4], "Döner, é", season=season, kickoff=KICKOFF + timedelta(hours=1))
    for number, name in enumerate(["=cmd|' /C calc'!A0", "Plain", "'@Oracle"]):
        Prediction.objects.create(
            match=match,
            model=a_model(name),
            home_goals=number,
            away_goals=1,
            p_home=1 / 3,
            p_draw=0.1,
            p_away=1 - 1 / 3 - 0.1,
            submitted_at=KICKOFF - timedelta(days=1, microseconds=number),
        )
    predictions(other, {"Plain": (99, 0)}, before=None)
    text = exported(operator, reverse("admin:scoring_prediction_export"))
    assert not [cell for row in rows_of(text) for cell in row.values() if cell[:1] in "=+-@" and cell]
    fields = ("match", "model__name", "home_goals", "away_goals", "p_home", "p_draw", "p_away", "submitted_at")
    before = sorted(Prediction.objects.values_list(*fields))
    again = import_predictions(text.encode().splitlines(keepends=True), "again.csv")
    assert (again.saved.unchanged, again.new_models, again.notices) == (4, (), ())
    Prediction.objects.all().delete()
    AIModel.objects.all().delete()
    assert import_predictions(text.encode().splitlines(keepends=True), "anew.csv").saved.created == 4
    assert sorted(Prediction.objects.values_list(*fields)) == before


@given(st.text(alphabet=st.sampled_from("'=+-@a \t"), max_size=6))
def test_what_is_made_harmless_is_read_as_it_was_meant(text: str) -> None:
    assert as_meant(harmless(text)) == text
    assert harmless(text)[:1] not in set("=+-@\t")


PHASES: dict[str, dict[str, Any]] = {
    "won": {"status": "finished", "half_time_home": 1, "half_time_away": 0, "full_time_home": 2, "full_time_away": 1},
    "on penalties": {
        "status": "finished",
        **{"full_time_home": 1, "full_time_away": 1, "extra_time_home": 2, "extra_time_away": 2},
        **{"shootout_home": 4, "shootout_away": 3},
    },
    "score not known": {"status": "finished"},
    "live": {"status": "live"},
    "live with a score": {"status": "live", "full_time_home": 0, "full_time_away": 0},
    "postponed": {"status": "postponed"},
    "cancelled": {"status": "cancelled"},
    "abandoned": {"status": "abandoned", "half_time_home": 0, "half_time_away": 0},
    "awarded": {"status": "awarded", "full_time_home": 3, "full_time_away": 0},
    "to come": {"num": 7, "stage": "Final", "group": "A", "venue": "Ground, 'the'"},
}
FIELDS = (
    *("home__name", "away__name", "round", "stage", "group", "num", "venue", "date", "kickoff", "time_known"),
    *("status", "half_time_home", "half_time_away", "full_time_home", "full_time_away", "extra_time_home"),
    *("extra_time_away", "shootout_home", "shootout_away"),
)
GOALS = ("match__round", "side", "position", "scorer", "minute", "stoppage", "penalty", "own_goal")


def stored(season: Season) -> tuple[list[Any], list[Any]]:
    matches = Match.objects.filter(season=season).order_by("round").values_list(*FIELDS)
    return list(matches), sorted(Goal.objects.values_list(*GOALS), key=str)


@pytest.mark.parametrize("zone", ["", "Europe/Berlin", "Asia/Kolkata", "America/New_York"])
def test_matches_that_are_exported_are_imported_again_as_they_were(operator: Client, zone: str) -> None:
    season = a_season("Cup 2024", time_zone=zone)
    for number, (name, fields) in enumerate(PHASES.items()):
        kickoff = datetime(2024, 3, 30, 23, 30, tzinfo=UTC) + timedelta(days=number, hours=number)
        a_match(f"Home {number}", f"Away {number}", season=season, kickoff=kickoff, **{"round": name, **fields})
    there = Match.objects.get(round="won")
    goals = [("home", 0, "A. Name", 9, None), ("home", 1, "", 90, 3), ("away", 0, "B. Other", None, None)]
    for side, position, scorer, minute, stoppage in goals:
        Goal.objects.create(
            match=there,
            side=side,
            position=position,
            scorer=scorer,
            minute=minute,
            stoppage=stoppage,
            own_goal=position == 1,
        )
    Match.objects.filter(round="postponed").update(date=date(2024, 4, 4))
    unknown = Match.objects.get(round="cancelled")
    Match.objects.filter(pk=unknown.pk).update(
        time_known=False, kickoff=datetime.combine(unknown.date, datetime.min.time(), UTC)
    )
    content = exported(operator, reverse("admin:scoring_match_export"), JSON).encode()
    before = stored(season)
    again = import_matches(content, "again.json")
    assert (again.unchanged, again.created, again.changed, again.differences) == (len(PHASES), 0, 0, ())
    for model in (Match, ResultChange, Season, Competition, Team):
        model._default_manager.all().delete()
    assert import_matches(content, "anew.json").created == len(PHASES)
    assert stored(Season.objects.get()) == before


def test_an_export_of_matches_names_its_season_or_says_what_to_filter(operator: Client) -> None:
    url = reverse("admin:scoring_match_export")
    assert "there is no match to export" in refused(operator, url, JSON)
    match = a_match(season=a_season("Cup 2025"))
    a_match("Qatar", "Ecuador", season=a_season("Cup 2026"))
    assert "these are of 2: filter by season, or take CSV" in refused(operator, url, JSON)
    only = json.loads(exported(operator, f"{url}?season__id__exact={match.season_id}", JSON))
    assert (only["name"], len(only["matches"])) == ("Cup 2025", 1)
    change_match(match.pk, {"venue": "=HYPERLINK()"}, by="a test")
    assert {row["venue"] for row in rows_of(exported(operator, url))} == {"", "'=HYPERLINK()"}


def test_who_may_not_look_may_not_export(client: Client) -> None:
    client.force_login(User.objects.create(username="nobody", is_staff=True))
    assert client.get(reverse("admin:scoring_prediction_export")).status_code == 403
    assert client.post(reverse("admin:scoring_prediction_export"), {"format": CSV}).status_code == 403
