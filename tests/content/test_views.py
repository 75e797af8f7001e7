"""What readers see: a roundup only while it is true, beside the numbers that it agrees with."""

import re
from datetime import timedelta

from django.db import connection
from django.template.defaultfilters import date as formatted
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from content import editing
from content.editing import Draft
from content.models import Roundup
from scoring.models import Match, MatchProgress, ResultChange
from scoring.services import change_match
from stats.leaderboard import Table, season_table
from tests.factories import KICKOFF, a_match, a_roundup, a_season, counted, finish, predictions

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def a_published(home: str = "Mexico", away: str = "Wales", *, day: int = 0, text: str = "It went **well**.") -> Roundup:
    match = a_match(home, away, kickoff=KICKOFF + timedelta(days=day))
    predictions(match, {"Alpha": (2, 1), "Beta": (0, 0)})
    finish(match, 2, 1)
    return a_roundup(counted(match), text=text, headline=f"{home} 2–1 {away}")


def page(client: Client, address: str = "/", status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    return response.content.decode()


def words(html: str) -> str:
    """Return the text of the page's main part, tags taken out and space made single."""
    main = html.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def address(match: Match) -> str:
    return reverse("roundup", args=[match.pk])


def test_the_newest_roundup_stands_on_the_front_page_with_its_table(client: Client) -> None:
    a_published()
    newest = a_published("Peru", "Chile", day=1)
    html = page(client)
    assert html.count("<h1>Peru 2–1 Chile</h1>") == 1
    assert html.count("<strong>well</strong>") == 1
    assert html.count("Mexico") == 0
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2], re.DOTALL)
    assert [words(f"<main>{row}</main>") for row in rows] == [
        "1 Alpha 2 14 7.00 2 2 2 2 2",
        "2 Beta 2 0 0.00 0 0 0 0 0",
    ]
    assert words(html).count("2 matches counted") == 1
    assert words(html).count("Predictions count on the score after 90 minutes. Rule quota-2-6:") == 1
    assert html.count(f'href="{reverse("admin:index")}"') == 1
    assert html.count(f'href="{address(newest.match)}"') == 1


def test_a_page_is_made_for_screen_readers_and_asks_no_other_host(client: Client) -> None:
    a_published()
    html = page(client)
    assert [html.count(part) for part in ('<html lang="en-GB"', "<main", "<header", "<h1", "<caption")] == [
        1,
        1,
        2,
        1,
        1,
    ]
    table = html.partition("<table")[2].partition("</table>")[0]
    assert re.findall(r"<th(?! scope=)[ >]", table) == []
    assert re.findall(r"<(?:script|img|iframe)", html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []


def test_before_the_first_roundup_the_page_says_what_to_do(client: Client) -> None:
    html = page(client)
    assert html.count("<h1>No roundup yet</h1>") == 1
    assert html.count("<code>manage.py qcluster</code>") == 1


def test_a_corrected_result_hides_every_number_of_the_match(client: Client) -> None:
    roundup = a_published(day=1)
    a_published("Peru", "Chile")
    counted(roundup.match)
    Roundup.objects.filter(pk=roundup.pk).update(stats_version=roundup.match.stats.version)
    change_match(roundup.match_id, {"full_time_home": 7, "full_time_away": 7}, by="a test", reason="the report")
    at = formatted(ResultChange.objects.latest("pk").at, "H:i")
    for html in (page(client), page(client, address(roundup.match))):
        assert words(html).count(f"Mexico – Wales Being rewritten: the result was corrected at {at} UTC .") == 1
        assert [html.count(number) for number in ("2–1 Wales", "7–7", "the report")] == [0, 0, 0]
    assert page(client).count("<h1>Peru 2–1 Chile</h1>") == 1
    assert re.findall(r"\d", words(page(client, address(roundup.match))).replace(at, "").replace("2026", "")) == []


def test_a_table_that_changed_under_a_roundup_hides_it_and_says_so(client: Client) -> None:
    roundup = a_published(day=1)
    a_published("Peru", "Chile")
    html = page(client, address(roundup.match))
    assert words(html).count("Being rewritten: the table under it changed at") == 1
    assert html.count("2–1") == 0


def test_another_ground_is_no_corrected_result(client: Client) -> None:
    roundup = a_published()
    change_match(roundup.match_id, {"venue": "Cardiff"}, by="a test")
    assert words(page(client)).count("Being rewritten: the match was changed at") == 1
    assert words(page(client)).count("No roundup yet Every roundup is being rewritten or checked at the moment.") == 1


def test_an_older_roundup_that_is_being_rewritten_is_no_news(client: Client) -> None:
    old = a_published()
    a_published("Peru", "Chile", day=1)
    Roundup.objects.filter(pk=old.pk).update(stats_version=0)
    assert page(client).count("Being rewritten") == 0


def test_a_notice_of_another_day_names_the_day(client: Client) -> None:
    roundup = a_published()
    change_match(roundup.match_id, {"full_time_home": 3}, by="a test")
    change = ResultChange.objects.latest("pk")
    ResultChange.objects.filter(pk=change.pk).update(at=timezone.now() - timedelta(days=2))
    change.refresh_from_db()
    assert words(page(client)).count(f"at {formatted(change.at, 'H:i')} UTC on {formatted(change.at, 'j F Y')}") == 1


def test_an_edited_roundup_that_is_out_of_date_is_being_checked(client: Client) -> None:
    roundup = a_published()
    editing.edit(roundup.pk, Draft("Seven goals", "Mine."), by="ed", reason="", seen_version=1)
    assert page(client).count("<h1>Seven goals</h1>") == 1
    change_match(roundup.match_id, {"full_time_home": 7, "full_time_away": 7}, by="a test")
    at = formatted(ResultChange.objects.latest("pk").at, "H:i")
    for html in (page(client), page(client, address(roundup.match))):
        said = f"Mexico – Wales Being checked by an editor: the result was corrected at {at} UTC ."
        assert words(html).count(said) == 1
        assert [html.count(number) for number in ("Seven goals", "7–7", "2–1")] == [0, 0, 0]


def test_what_an_editor_holds_or_withdrew_is_no_news(client: Client) -> None:
    for day, decide in enumerate((editing.hold, editing.withdraw), 1):
        roundup = a_published(f"Team {day}", "Chile", day=day)
        decide(roundup.pk, by="ed", note="a secret 3–3")
        change_match(roundup.match_id, {"full_time_home": 7}, by="a test")
    html = page(client)
    assert words(html).startswith("No roundup yet")
    assert [html.count(part) for part in ("Team 1", "Team 2", "3–3")] == [0, 0, 0]


def test_a_held_roundup_keeps_its_note_to_the_editors(client: Client) -> None:
    roundup = a_published()
    editing.hold(roundup.pk, by="ed", note="ask the club")
    html = page(client, address(roundup.match))
    assert words(html).count("Mexico – Wales The editors have taken this roundup down for now.") == 1
    assert [html.count(part) for part in ("ask the club", "2–1")] == [0, 0]


def test_the_roundup_of_a_void_match_says_so_until_the_match_counts_again(client: Client) -> None:
    roundup = a_published()
    Roundup.objects.update(match_is_void="abandoned, so void")
    Match.objects.update(status="abandoned")
    html = page(client, address(roundup.match), status=410)
    said = "This roundup was taken down: the match does not count (abandoned, so void)."
    assert (words(html).count(said), html.count("2–1")) == (1, 0)
    assert page(client).count("Mexico") == 0
    change_match(roundup.match_id, {"status": "finished"}, by="a test")
    assert words(page(client, address(roundup.match))).count("Being rewritten: the result was corrected at") == 1


def test_the_reason_for_which_a_match_does_not_count_is_that_of_now(client: Client) -> None:
    roundup = a_published()
    Roundup.objects.update(match_is_void="abandoned, so void")
    Match.objects.update(status="cancelled")
    html = page(client, address(roundup.match), status=410)
    assert words(html).count("This roundup was taken down: the match does not count (cancelled, so void).") == 1


@pytest.mark.parametrize("status", ["live", "scheduled", "postponed"])
def test_a_match_that_is_played_after_all_is_not_gone(client: Client, status: str) -> None:
    roundup = a_published()
    Roundup.objects.update(match_is_void="abandoned, so void")
    Match.objects.update(status=status)
    html = page(client, address(roundup.match))
    assert words(html).count(f"The match is {status}: its roundup will be written when it is over.") == 1
    assert [html.count(part) for part in ("taken down", "2–1")] == [0, 0]


def test_a_withdrawn_roundup_leaves_its_note(client: Client) -> None:
    roundup = a_published()
    Roundup.objects.update(status="withdrawn", note="the match was cancelled")
    html = page(client, address(roundup.match), status=410)
    assert words(html).count("This roundup was withdrawn: the match was cancelled.") == 1
    assert html.count("2–1") == 0
    assert page(client).count("<h1>No roundup yet</h1>") == 1


def test_a_match_without_a_roundup_has_no_page(client: Client) -> None:
    match = a_match()
    for missing in (
        address(match),
        "/roundups/999999/",
        f"/roundups/{2**63}/",
        f"/roundups/{'9' * 5000}/",
        "/nothing/",
    ):
        response = client.get(missing)
        assert response.status_code == 404
        assert response.content.decode().count("<h1>There is nothing at this address</h1>") == 1


def test_a_result_that_is_being_counted_is_announced_above_the_table(client: Client) -> None:
    a_published(day=1)
    assert page(client).count("A result is being counted") == 0
    finish(a_match("Peru", "Chile", kickoff=KICKOFF + timedelta(days=2)), 1, 0)
    assert page(client).count("A result is being counted") == 1
    MatchProgress.objects.update(step="content.tasks.write_roundup")
    assert page(client).count("A result is being counted") == 0


def test_a_roundup_that_stops_being_true_while_the_table_is_read_is_not_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    roundup = a_published()

    def corrected_meanwhile(season_id: int) -> Table:
        change_match(roundup.match_id, {"full_time_home": 7}, by="a test")
        return season_table(season_id)

    monkeypatch.setattr("content.views.season_table", corrected_meanwhile)
    assert page(client).count("2–1") == 0


def test_names_with_markup_come_out_as_text(client: Client) -> None:
    match = a_match(SCRIPT, "Wales", season=a_season(f"{SCRIPT} 2026"), round=SCRIPT)
    predictions(match, {SCRIPT: (2, 1)})
    finish(match, 2, 1)
    a_roundup(counted(match), text=f"Hello {SCRIPT}", headline=SCRIPT)
    html = page(client)
    assert html.count("<script") == 0
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5
    change_match(match.pk, {"full_time_home": 7}, by=SCRIPT, reason=SCRIPT)
    assert page(client).count("<script") == 0


def test_the_front_page_asks_the_database_as_often_for_three_notices_as_for_one(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    a_published()
    a_published("Peru", "Chile", day=1)
    Roundup.objects.filter(match__home__name="Peru").update(stats_version=0)
    page(client)
    one = queries()
    for day in (2, 3):
        a_published(f"Team {day}", "Chile", day=day)
    Roundup.objects.exclude(match__home__name="Mexico").update(stats_version=0)
    assert page(client).count("Being rewritten:") == 3
    assert queries() == one


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_the_page_for_errors_needs_nothing_that_can_fail() -> None:
    assert render_to_string("500.html").count("<h1>Something went wrong</h1>") == 1
