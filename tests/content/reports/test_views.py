"""What readers see of reports: the article while it is true, and in its place why there is none."""

from django.test import Client
from django.urls import reverse

import pytest

from content.models import Report
from content.reports.deciding import hold, publish, withdraw
from content.tasks import write_season_report
from scoring.models import AIModel, Match, Team
from scoring.services import change_match
from tests.content.reports.conftest import a_round
from tests.factories import a_model, finish
from tests.queue import run_queue

pytestmark = pytest.mark.django_db

Rounds = list[list[Match]]


def told(client: Client, address: str) -> tuple[int, str]:
    """Return the status of a page, and its text from the first heading on, without white space in a row."""
    response = client.get(address)
    main = response.content.decode().partition('<main id="main">')[2].partition("</main>")[0]
    return response.status_code, " ".join(main.split())


def page(number: int, match: Match) -> str:
    return reverse("round_report", args=[match.season_id, f"matchday-{number}"])


def test_the_page_of_a_round_shows_the_report_and_leads_to_its_roundups(client: Client, season: Rounds) -> None:
    first, second = season[0]
    response = client.get(page(1, first))
    assert "no-store" in response["Cache-Control"]
    html = response.content.decode()
    assert f"<h1>{Report.objects.get(round='Matchday 1').headline}</h1>" in html
    assert [f'href="/roundups/{match.pk}/"' in html for match in (first, second)] == [True, True]


def test_a_roundup_leads_to_the_reports_that_can_be_read(client: Client, season: Rounds) -> None:
    match = season[0][0]
    write_season_report(match.season_id, a_model("Ant").pk)
    here, there = reverse("roundup", args=[match.pk]), f'<a href="{page(1, match)}">Matchday 1</a>'
    html = client.get(here).content.decode()
    assert there in html
    assert f'<a href="/models/{a_model("Ant").pk}/seasons/{match.season_id}/">Ant</a>' in html
    hold(Report.objects.get(round="Matchday 1").pk, by="ed")
    assert there not in client.get(here).content.decode()


def test_while_it_is_rewritten_there_is_a_notice_and_no_number(client: Client, season: Rounds) -> None:
    match = season[0][0]
    write_season_report(match.season_id, a_model("Ant").pk)
    finish(match, 4, 0)
    code, text = told(client, page(1, match))
    assert (code, text.count("Being rewritten: a match of this round, or the table under it, has changed.")) == (200, 1)
    assert "<td" not in text
    of_model = reverse("season_report", args=[a_model("Ant").pk, match.season_id])
    assert "Being rewritten: the table of the season has changed." in told(client, of_model)[1]
    run_queue()
    assert ["4–0" in told(client, page(1, match))[1], "<td" in told(client, of_model)[1]] == [True, True]


def test_what_editors_decide_is_told_and_what_nobody_has_seen_is_not(client: Client, season: Rounds) -> None:
    report = Report.objects.get(round="Matchday 1")
    address = page(1, season[0][0])
    hold(report.pk, by="ed")
    assert "The editors have taken this report down for now." in told(client, address)[1]
    withdraw(report.pk, by="ed", note="It was silly.")
    code, text = told(client, address)
    assert (code, "This report was withdrawn: It was silly." in text) == (410, True)
    publish(report.pk, by="ed", seen_version=1)
    assert told(client, address)[0] == 200
    Report.objects.filter(pk=report.pk).update(status="review", published_at=None)
    assert told(client, address)[0] == 404


def test_a_round_of_which_nothing_counts_any_more_is_gone(client: Client, season: Rounds) -> None:
    for match in season[2]:
        change_match(match.pk, {"status": "cancelled"}, by="a test", reason="fog")
    run_queue()
    code, text = told(client, page(3, match))
    assert (code, "no match of the round counts any more" in text) == (410, True)


@pytest.mark.parametrize("address", ["/rounds/1/none/", "/models/1/seasons/1/", f"/rounds/{10**30}/matchday-1/"])
def test_there_is_nothing_at_other_addresses(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_names_with_markup_are_text(client: Client) -> None:
    first, second = a_round(1)
    script = "<script>alert(1)</script>"
    AIModel.objects.filter(name="Ant").update(name=script)
    Team.objects.filter(pk=first.home_id).update(name=script)
    Match.objects.all().update(round=script)
    for match in (first, second):
        finish(match, 2, 1)
    run_queue()
    report = Report.objects.get()
    html = client.get(reverse("round_report", args=[report.season_id, report.slug])).content.decode()
    assert (html.count("<script"), "&lt;script&gt;alert(1)&lt;/script&gt;" in html) == (0, True)
