"""Every list of the admin opens, can be searched, and asks the database as often for three rows as for one."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule, Task

import pytest
from pytest_django import DjangoDbBlocker

from content.models import Attempt, Commission, EditorialPolicy, Rivalry, Spending, Sweep, TakenTask
from content.reports.services import write_round_report
from scoring.models import Goal, Match, Season, TeamAlias
from scoring.services import change_match, merge_models, score_match
from stats.services import calculate_stats
from tests.factories import (
    KICKOFF,
    a_heartbeat,
    a_match,
    a_model,
    a_roundup,
    a_season,
    a_team,
    counted,
    finish,
    predictions,
)

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
DERIVED = {
    "admin.LogEntry",
    "content.Attempt",
    "content.Attention",
    "content.Commission",
    "content.Heartbeat",
    "content.Report",
    "content.ReportPin",
    "content.ReportProgress",
    "content.ReportVersion",
    "content.Roundup",
    "content.RoundupRevision",
    "content.Spending",
    "content.Sweep",
    "content.TakenTask",
    "scoring.Goal",
    "scoring.MatchProgress",
    "scoring.Merge",
    "scoring.ResultChange",
    "scoring.Score",
    "scoring.Settlement",
    "stats.MatchStats",
    "stats.ModelStats",
}
NO_ADDING = DERIVED | {"django_q.Failure", "django_q.OrmQ", "django_q.Success"}
READ_ONLY = [model for model in MODELS if model._meta.label in DERIVED]


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def a_story(number: int) -> Match:
    """Puts at least one row into every table that the admin shows: a season with a match that went all the way."""
    season = a_season(f"League {number} 2026")
    kickoff = KICKOFF + timedelta(days=number)
    match = a_match(f"Home {number}", f"Away {number}", kickoff=kickoff, season=season)
    predictions(match, {f"Model {number}": (1, 0)})
    finish(match, 1, 0)
    score_match(match.pk)
    calculate_stats(match.pk)
    Goal.objects.create(match=match, side="home", position=0, scorer=f"Scorer {number}", minute=9)
    change_match(match.pk, {"venue": f"Ground {number}"}, by="a test")
    merge_models(a_model(f"Old {number}").pk, a_model(f"Model {number}").pk, by="a test", reason="two names")
    TeamAlias.objects.create(name=f"Alias {number}", team=a_team(f"Home {number}"))
    a_roundup(counted(match))
    EditorialPolicy.objects.create(competition=season.competition)
    for success in (True, False):
        Task.objects.create(
            id=f"{number:031d}{success:d}",
            name=f"task {number}",
            func="scoring.tasks.score_match",
            group=f"score_match:{number}",
            result="why",
            started=timezone.now(),
            stopped=timezone.now(),
            success=success,
        )
    Schedule.objects.create(name=f"plan {number}", func="scoring.tasks.score_match")
    Sweep.objects.create(name=f"sweep {number}", swept_at=timezone.now())
    TakenTask.objects.create(task=number, heartbeat=a_heartbeat(pid=number), taken_at=timezone.now())
    asked = {"writer": "llm", "language_model": "a model", "asked_at": timezone.now()}
    Attempt.objects.create(match=match, subject=str(match), **asked)
    Spending.objects.create(day=kickoff.date())
    Commission.objects.create(match=match, by="a test", ordered_at=timezone.now())
    write_round_report(season.pk, match.round)
    unknown = a_match(f"Nobody {number}", f"Knows {number}", kickoff=kickoff, season=season)
    change_match(unknown.pk, {"status": "finished"}, by="a test")
    Rivalry.objects.create(first=match.home, second=match.away, name=f"derby {number}")
    User.objects.create_user(f"user{number}")
    Group.objects.create(name=f"group {number}")
    LogEntry.objects.log_actions(User.objects.get(username=f"user{number}").pk, [match], CHANGE, "Moved")
    return match


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture(scope="module")
def _stories(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Three stories that are told once; what a test does with them is taken back after it, and they themselves here."""
    with django_db_blocker.unblock(), transaction.atomic():
        for number in (1, 2, 3):
            a_story(number)
        yield
        transaction.set_rollback(True)


def first_of(model: type[Model]) -> Model:
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    return row


@pytest.mark.usefixtures("_stories")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches_with_the_same_queries_for_one_row_and_for_three(
    operator: Client, model: type[Model]
) -> None:
    url = address(model, "changelist")
    searches = ["?q=", "?q=home", "?q=%22%27%25_", "?q=17", "?q=2026-06-11"]
    shown = operator.get(url).context["cl"].result_list
    only = f"{url}?{model._meta.pk.name}={quote(str(shown[0].pk))}"
    assert (operator.get(only).context["cl"].result_count, len(shown) >= 3) == (1, True)
    one, *several = [queries(operator, page) for page in (only, *(url + search for search in searches))]
    assert several[0] == one
    assert max(several) <= 20


@pytest.mark.usefixtures("_stories")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_is_exported_as_csv_and_as_json(operator: Client, model: type[Model]) -> None:
    url = address(model, "export")
    page = operator.get(url).content.decode()
    assert ("CSV" in page, "JSON" in page) == (True, True)
    number = operator.get(address(model, "changelist")).context["cl"].result_count
    rows = list(csv.reader(io.StringIO(exported(operator, url, "0"))))
    assert (len(rows), {len(row) for row in rows}) == (1 + number, {len(rows[0])})
    if model is Match:
        url += f"?season__id__exact={Season.objects.values_list('pk', flat=True)[0]}"
        assert len(json.loads(exported(operator, url, "1"))["matches"]) == 2
    else:
        assert len(json.loads(exported(operator, url, "1"))) == number


def exported(client: Client, url: str, kind: str) -> str:
    response = client.post(url, {"format": kind, "resource": "0"})
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streamed response


@pytest.mark.usefixtures("_stories")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_row_has_a_page_and_every_table_a_form_unless_its_rows_are_made_by_the_software(
    operator: Client, model: type[Model]
) -> None:
    assert operator.get(address(model, "change", first_of(model).pk)).status_code == 200
    assert operator.get(address(model, "add")).status_code == (403 if model._meta.label in NO_ADDING else 200)


@pytest.mark.usefixtures("_stories")
@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model._meta.label)
def test_what_is_derived_can_neither_be_added_nor_changed_nor_deleted(operator: Client, model: type[Model]) -> None:
    row = first_of(model)
    before = list(model._default_manager.order_by("pk").values())
    pages = [address(model, "add"), address(model, "change", row.pk), address(model, "delete", row.pk)]
    assert [operator.post(page, {"post": "yes", "_save": "1"}).status_code for page in pages] == [403, 403, 403]
    operator.post(
        address(model, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    )
    assert list(model._default_manager.order_by("pk").values()) == before


def test_every_model_of_the_project_is_registered() -> None:
    own = ("scoring", "stats", "content")
    registered = {model._meta.label for model in MODELS}
    project = {model._meta.label for app in own for model in apps.get_app_config(app).get_models()}
    assert project - registered == set()


def test_the_sidebar_is_in_peoples_order(operator: Client) -> None:
    navigation = operator.get(reverse("admin:index")).context["sidebar_navigation"]
    titles = [item["title"] for item in navigation[0]["items"]]
    assert titles == [
        "Control room",
        "Roundups",
        "Reports",
        "Enter results",
        "Matches",
        "Table",
        "Models",
        "Predictions",
        "Queue",
        "Needs attention",
    ]
    assert [item["title"] for item in navigation[-1]["items"]] == ["Users", "Groups", "Log"]


def test_the_pages_stay_closed_to_people_who_are_not_staff(client: Client) -> None:
    for model in MODELS:
        assert client.get(address(model, "changelist")).status_code == 302


def test_names_with_markup_come_out_as_text(operator: Client) -> None:
    script = "<script>alert(1)</script>"
    match = a_match(script, "Away")
    predictions(match, {script: (1, 0)})
    finish(match, 1, 0)
    score_match(match.pk)
    calculate_stats(match.pk)
    pages = [
        reverse("admin:scoring_match_changelist"),
        reverse("admin:scoring_match_change", args=[match.pk]),
        reverse("admin:scoring_prediction_changelist"),
        reverse("admin:table"),
    ]
    for page in pages:
        text = operator.get(page).content.decode()
        assert script not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
