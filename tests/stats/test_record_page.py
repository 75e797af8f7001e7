"""A model's page: its record as numbers and as charts, with every match behind them."""

import json
from typing import Any

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from scoring.models import AIModel
from stats.admin import record_page
from stats.admin.charts import Chart
from tests.factories import a_match, a_model, finish, predictions
from tests.stats.seasons import a_played_season, count

pytestmark = pytest.mark.django_db


def address(name: str = "A") -> str:
    return reverse("admin:scoring_aimodel_record", args=[a_model(name).pk])


def opened(client: Client, name: str = "A", **asked: Any) -> Any:
    response = client.get(address(name), asked)
    assert (response.status_code, response.templates[0].name) == (200, "admin/stats/record.html")
    return response


def drawn(chart: Chart) -> dict[str, list[Any]]:
    data = json.loads(chart.data)
    return {"": data["labels"], **{each["label"]: each["data"] for each in data["datasets"]}}


def test_the_page_stands_at_the_models_own_address(operator: Client) -> None:
    a_played_season()
    assert address() == f"/admin/scoring/aimodel/{a_model('A').pk}/"
    text = opened(operator).content.decode()
    assert "1 of 3" in text
    assert "Form, newest first:" in text
    assert "mean Brier score" in text


def test_every_list_and_table_leads_to_it_and_it_leads_to_what_is_behind_it(operator: Client) -> None:
    season = a_played_season()
    model, match = a_model("A"), season.matches.latest("pk")
    pages = [
        reverse("admin:scoring_aimodel_changelist"),
        reverse("admin:scoring_aimodel_change", args=[model.pk]),
        reverse("admin:stats_modelstats_changelist"),
        reverse("admin:table"),
        reverse("admin:scoring_match_change", args=[match.pk]),
    ]
    for page in pages:
        assert f'href="{address()}"' in operator.get(page).content.decode(), page
    text = opened(operator).content.decode()
    tips = f"{reverse('admin:scoring_prediction_changelist')}?model__id__exact={model.pk}"
    assert f'href="{tips}"' in text
    assert f'href="{tips}&amp;match__season__id__exact={season.pk}"' in text
    for played in season.matches.all():
        assert f'href="{reverse("admin:scoring_match_change", args=[played.pk])}"' in text
    listed = operator.get(f"{tips}&match__season__id__exact={season.pk}").context["cl"]
    assert listed.result_count == 5


def test_the_charts_show_the_numbers_of_the_tables(operator: Client) -> None:
    a_played_season("League 2025")
    a_played_season("League 2026")
    page = opened(operator, "B")
    assert [drawn(chart) for chart in page.context["charts"]] == [
        {"": ["League 2025 (n 5)", "League 2026 (n 5)"], "average points": [2.2, 2.2]},
        {
            "": ["11 Jun 2026", "12 Jun 2026", "13 Jun 2026", "14 Jun 2026", "15 Jun 2026"],
            "rank": [2, 1, 2, 2, 2],
        },
        {
            "": [
                "Home 0 – Away 0, 11 Jun",
                "Home 1 – Away 1, 12 Jun",
                "Home 2 – Away 2, 13 Jun",
                "Home 3 – Away 3, 14 Jun",
                "Home 4 – Away 4, 15 Jun",
            ],
            "points": [3, 6, 0, 2, 0],
            "average of those shown": [3, 4.5, 3, 2.75, 2.2],
        },
        {"": ["home win", "draw", "away win"], "predicted": [60, 40, 0], "happened": [60, 20, 20]},
        {"": ["1–0", "1–1", "0–0", "2–1"], "predicted": [2, 1, 1, 1], "exactly right": [0, 1, 0, 0]},
    ]
    assert len({chart.says for chart in page.context["charts"]}) == 5
    assert (page.context["form_points"], len(page.context["form"])) == (11, 5)


def test_a_season_is_chosen_or_all_of_them(operator: Client) -> None:
    first, second = a_played_season("League 2025"), a_played_season("League 2026")

    def chosen(**asked: Any) -> str:
        line = opened(operator, **asked).context["record"].chosen
        return line.season.name if line else "all"

    assert [chosen(), chosen(season=first.pk), chosen(season=second.pk), chosen(season="all")] == [
        "League 2026",
        "League 2025",
        "League 2026",
        "all",
    ]
    assert "the rank over time and the points by match belong to a season" in (
        opened(operator, season="all").content.decode()
    )


@pytest.mark.parametrize("season", ["x", "0", "99999999", "9" * 30, "²"])
def test_a_season_without_it_is_not_found(operator: Client, season: str) -> None:
    a_played_season()
    assert operator.get(address(), {"season": season}).status_code == 404


@pytest.mark.parametrize("pk", ["999", "9" * 30])
def test_a_model_that_does_not_exist_is_not_found(operator: Client, pk: str) -> None:
    assert operator.get(f"/admin/scoring/aimodel/{pk}/").status_code == 404


def test_what_is_left_out_is_said(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for year in (2024, 2025, 2026):
        a_played_season(f"League {year}")
    monkeypatch.setattr("stats.records.SHOWN", 2)
    monkeypatch.setattr("stats.records.DAYS", 4)
    monkeypatch.setattr(record_page, "SEASONS_DRAWN", 2)
    monkeypatch.setattr(record_page, "DAYS_IN_TABLE", 3)
    page = opened(operator)
    text = page.content.decode()
    assert "3 older ones are in the list of predictions" in text
    assert "After each day, newest first; the last 3" in text
    assert "The chart of averages shows the 2 newest seasons." in text
    assert [chart.title for chart in page.context["charts"]][2] == "Points by match, the last 2"
    monkeypatch.setattr("stats.records.MOST_SCORES", 1)
    assert "too many predictions to be replayed day by day" in opened(operator).content.decode()


def test_a_model_without_predictions_and_one_that_waits_read_well(operator: Client) -> None:
    a_model("New")
    assert "It has predicted nothing yet." in opened(operator, "New").content.decode()
    predictions(a_match(), {"New": (1, 0)})
    assert "It has predicted 1 match." in opened(operator, "New").content.decode()
    assert opened(operator, "New", season="all").context["charts"] == []


def test_what_does_not_count_is_in_the_list_and_in_no_chart(operator: Client) -> None:
    season = a_played_season()
    match = a_match("Void", "Tip", season=season)
    predictions(match, {"A": (2, 1)})
    match.predictions.update(excluded="voided", excluded_at=match.kickoff)
    finish(match, 2, 1)
    count(season)
    page = opened(operator)
    assert "void, does not count" in page.content.decode()
    assert "5 of 6 predictions are counted; the others are late, void" in page.content.decode()
    assert "Void – Tip, 11 Jun" not in drawn(page.context["charts"][1])[""]


def queries(client: Client, **asked: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        opened(client, **asked)
    return len(captured)


def test_more_seasons_and_more_matches_ask_the_database_as_often(operator: Client) -> None:
    a_played_season("League 2024")
    opened(operator)
    few = queries(operator), queries(operator, season="all")
    a_played_season("League 2025")
    a_played_season("League 2026", times=4)
    assert (queries(operator), queries(operator, season="all")) == few
    assert max(few) <= 18


def test_the_page_is_for_those_who_may_see_models(client: Client) -> None:
    a_played_season()
    assert client.get(address()).status_code == 302
    looker = User.objects.create(username="looker", is_staff=True)
    client.force_login(looker)
    assert client.get(address()).status_code == 403
    looker.user_permissions.add(Permission.objects.get(codename="view_aimodel"))
    assert client.get(address()).status_code == 200
    looker.user_permissions.set(Permission.objects.filter(codename="view_modelstats"))
    assert f'href="{address()}"' not in client.get(reverse("admin:table")).content.decode()


def test_names_come_out_as_text(operator: Client) -> None:
    script = "<script>alert(1)</script>"
    season = a_played_season(f"{script} 2026")
    match = a_match(script, "Away", season=season)
    predictions(match, {script: (2, 1)})
    finish(match, 2, 1)
    count(season)
    AIModel.objects.filter(name=script).update(description=script)
    for page in (address(script), f"{address(script)}?season=all", reverse("admin:scoring_aimodel_changelist")):
        text = operator.get(page).content.decode()
        assert script not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
