"""The admin of reports: decisions that ask first, and orders that a worker carries out."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import pytest

from content.admin.reports import badge
from content.models import Report, ReportVersion
from content.reports.attempts import begin, come_again
from content.reports.ordering import Subject
from scoring.models import Match
from tests.content.reports.conftest import a_round
from tests.factories import a_model, finish
from tests.queue import run_queue, waiting

pytestmark = pytest.mark.django_db

Rounds = list[list[Match]]


def decide(operator: Client, what: str, **given: object) -> str:
    report = Report.objects.get(round="Matchday 1")
    address = reverse("admin:content_report_decide", args=[report.pk, what])
    assert operator.get(address).status_code == 200
    assert Report.objects.get(pk=report.pk).status == report.status
    response = operator.post(address, {"seen_version": 1, **given}, follow=True)
    return response.content.decode()


def test_a_report_is_held_published_and_withdrawn(operator: Client, season: Rounds) -> None:
    seen = []
    for what, given in (("hold", {}), ("publish", {}), ("withdraw", {"note": "Silly."})):
        decide(operator, what, **given)
        report = Report.objects.get(round="Matchday 1")
        seen.append((report.status, report.note, report.decided_by))
    assert seen == [("held", "", "operator"), ("published", "", "operator"), ("withdrawn", "Silly", "operator")]


def test_what_is_not_possible_is_said_and_changes_nothing(operator: Client, season: Rounds) -> None:
    assert "Nothing was changed: it is published already." in decide(operator, "publish")
    assert "Nothing was changed: say why" in decide(operator, "withdraw")
    decide(operator, "hold")
    said = decide(operator, "publish", seen_version=7)
    assert "Nothing was changed: version 1 was saved while you were looking at 7" in said
    finish(season[0][0], 4, 0)
    assert "what it is about has changed since it was written" in decide(operator, "publish")
    assert Report.objects.get(round="Matchday 1").status == "held"


def test_a_report_is_written_again_by_a_worker(operator: Client, season: Rounds) -> None:
    assert "Ordered: a worker writes a new version." in decide(operator, "again")
    assert waiting() == [("content.tasks.write_round_report", (season[0][0].season_id, "Matchday 1"))]
    run_queue()
    versions = ReportVersion.objects.filter(report__round="Matchday 1").order_by("number")
    assert list(versions.values_list("number", "reason")) == [(1, ""), (2, "ordered")]


def test_a_report_on_a_season_is_ordered(operator: Client, season: Rounds) -> None:
    address = reverse("admin:content_report_order")
    season_id, model = season[0][0].season_id, a_model("Ant")
    assert operator.get(address).status_code == 200
    assert waiting() == []
    both = operator.post(address, {"season": season_id, "model": model.pk, "round": "Matchday 1"}).content.decode()
    assert "Choose a model, or name a round: one of the two." in both
    assert "has no round of this name" in operator.post(address, {"season": season_id, "round": "x"}).content.decode()
    operator.post(address, {"season": season_id, "model": model.pk})
    assert waiting() == [("content.tasks.write_season_report", (season_id, model.pk))]
    run_queue()
    assert Report.objects.on_seasons().public().get().model == model


def test_nobody_decides_without_the_permission(client: Client, season: Rounds) -> None:
    client.force_login(User.objects.create(username="reader", is_staff=True))
    report = Report.objects.get(round="Matchday 1")
    pages = [reverse("admin:content_report_decide", args=[report.pk, "hold"]), reverse("admin:content_report_order")]
    assert [client.post(page, {"seen_version": 1}).status_code for page in pages] == [403, 403]
    assert Report.objects.get(pk=report.pk).status == "published"


def test_reports_that_fail_are_counted_beside_the_link(operator: Client) -> None:
    request = operator.get(reverse("admin:index")).wsgi_request
    assert badge(request) == ""
    subject = Subject(a_round(1)[0].season_id, "Matchday 1")
    begin(subject)
    come_again(subject, "RuntimeError: no ink")
    assert badge(request) == "1"
    listed = operator.get(reverse("admin:content_reportprogress_changelist")).content.decode()
    assert "RuntimeError: no ink" in listed
