"""The page on which the results of a round are typed, checked and saved together."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from scoring.models import Goal, Match, ResultChange, Season
from scoring.services import change_match
from stats.admin import rounds
from tests.factories import KICKOFF, a_match, a_season, predictions
from tests.stats.entering import PAGE, a_counted_round, a_round, opened, said, score, sent, written
from tests.stats.moves import settle, table

pytestmark = pytest.mark.django_db

WHY = "the referee's report"


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matches of these tests have kicked off, whenever the tests run."""
    monkeypatch.setattr("stats.admin.rounds.timezone.now", lambda: KICKOFF + timedelta(days=100))


@pytest.fixture
def counted() -> list[Match]:
    return a_counted_round()


def test_a_round_is_typed_looked_at_and_saved_once(operator: Client) -> None:
    first, second, third = a_round(3)
    page = operator.get(reverse(PAGE))
    assert [line.match.pk for line in page.context["lines"]] == [first.pk, second.pk, third.pk]
    checked = sent(operator, page, {**score(first, 2, 1), **score(third, 0, 0)})
    assert said(checked) == {
        first.pk: "New: 2–1, finished. 3 predictions are scored: 1 with the exact score, 6 points each; "
        "1 with the goal difference, 3 points each; 1 wrong.",
        third.pk: "New: 0–0, finished. 3 predictions are scored: 1 with the goal difference, 4 points each; 2 wrong.",
    }
    assert written() == (0, 0, 0)
    saved = sent(operator, checked, {}, button="_save")
    assert (saved.status_code, saved["Location"]) == (302, page.context["place"].address)
    assert [str(message) for message in get_messages(saved.wsgi_request)] == [
        "2 results entered. Scoring is queued; the roundups follow 30 seconds after the stats."
    ]
    assert [(m.status, m.phases.full_time, m.revision) for m in Match.objects.order_by("pk")] == [
        ("finished", (2, 1), 2),
        ("scheduled", None, 1),
        ("finished", (0, 0), 2),
    ]
    assert written() == (2, 2, 2)
    log = LogEntry.objects.order_by("pk").values_list("object_id", "change_message", "user__username")
    assert list(log) == [
        (str(first.pk), "Result entered: 2–1, finished", "operator"),
        (str(third.pk), "Result entered: 0–0, finished", "operator"),
    ]


def test_a_result_before_the_kickoff_is_warned_of(operator: Client) -> None:
    match = a_match(kickoff=KICKOFF + timedelta(days=101))
    page = sent(operator, opened(operator, match), score(match, 2, 1))
    assert said(page)[match.pk] == (
        "New: 2–1, finished. Nobody predicted it, so no prediction is scored. It kicks off only on 20 Sep, 18:00 UTC."
    )


def test_what_was_not_looked_at_is_looked_at_first(operator: Client) -> None:
    (match,) = a_round(1)
    page = opened(operator, match)
    asked = sent(operator, page, score(match, 2, 1), button="_save")
    assert (asked.status_code, list(said(asked)), written()) == (200, [match.pk], (0, 0, 0))
    other = sent(operator, asked, score(match, 3, 1), button="_save")
    assert said(other)[match.pk].startswith("New: 3–1, finished.")
    assert written() == (0, 0, 0)
    assert sent(operator, other, {}, button="_save").status_code == 302
    assert Match.objects.get().phases.full_time == (3, 1)


def test_enter_leads_to_the_check(operator: Client) -> None:
    """Whoever presses Enter in a field sends the form with its first button."""
    (match,) = a_round(1)
    for page in (opened(operator, match), sent(operator, opened(operator, match), score(match, 2, 1))):
        form = page.content.decode().partition('class="ft-round"')[2]
        assert form.index("<button") == form.index('<button type="submit" name="_check"')


def test_a_correction_shows_who_gains_and_needs_a_reason(operator: Client, counted: list[Match]) -> None:
    match, before = counted[0], written()
    page = sent(operator, opened(operator, match), score(match, 1, 1))
    assert said(page) == {match.pk: "Correction: 2–1, finished → 1–1, finished."}
    assert [str(gain) for gain in page.context["checked"].prospects[match.pk].gains] == ["C +8", "B −4", "A −7"]
    effect = page.context["checked"].effect.lines()
    assert effect[1] == "  World Cup 2026, A: 21 → 14 points, rank 1, 3 counted"
    assert written() == before
    refused = sent(operator, page, {}, button="_save")
    assert dict(refused.context["form"].errors) == {"reason": ["This corrects a result that is known: say why."]}
    assert written() == before
    # The reason may be typed after the look: what was shown stays what was shown.
    assert sent(operator, refused, {"reason": WHY}, button="_save").status_code == 302
    change = ResultChange.objects.get(match=match, revision=3)
    assert (change.after, change.reason, change.by) == ({"full_time_home": 1}, WHY, "operator")
    entry = LogEntry.objects.get()
    assert entry.change_message == f"Result corrected, 2–1, finished → 1–1, finished. Why: {WHY}"
    settle()
    assert table()[0] == (1, "A", 14, 3)


def test_scorers_that_stay_listed_beside_another_score_are_told_of(operator: Client, counted: list[Match]) -> None:
    match = counted[0]
    Goal.objects.create(match=match, side="home", position=0, scorer="Smith", minute=9)
    page = sent(operator, opened(operator, match), score(match, 2, 2))
    assert said(page)[match.pk].endswith("Its scorers stay listed: open the match to remove them.")
    same = sent(operator, opened(operator, match), {f"m{match.pk}-status": "abandoned"})
    assert "scorers" not in said(same)[match.pk]


def test_a_correction_and_a_new_result_are_told_apart(operator: Client, counted: list[Match]) -> None:
    fresh = a_match("Ghana", "Togo", kickoff=KICKOFF + timedelta(days=5))
    predictions(fresh, {"A": (2, 1)})
    typed = {**score(counted[0], 1, 1), **score(fresh, 2, 1), "reason": WHY}
    page = sent(operator, opened(operator, fresh), typed)
    checked = page.context["checked"]
    assert (checked.new, checked.corrections) == (1, 1)
    assert checked.effect.lines()[1] == "  World Cup 2026, A: 21 → 14 points, rank 1, 3 counted"
    saved = sent(operator, page, {}, button="_save")
    assert [str(message) for message in get_messages(saved.wsgi_request)] == [
        "1 result entered, 1 result corrected. Scoring is queued; the roundups follow 30 seconds after the stats."
    ]


def test_the_round_shown_is_the_one_wanted_most_and_any_other_can_be_chosen(operator: Client) -> None:
    first, *_ = a_round(2, "Matchday 1")
    second, *_ = a_round(3, "Matchday 2")

    def shown(**asked: Any) -> str:
        place = operator.get(reverse(PAGE), asked).context["place"]
        return f"{place.season} {place.round.name}"

    other = a_match("Ghana", "Togo", season=a_season("League 2026"), round="")
    assert shown() == "World Cup 2026 Matchday 2"
    assert shown(season=first.season_id, round=first.round) == "World Cup 2026 Matchday 1"
    assert shown(season=first.season_id, round="") == "World Cup 2026 Matchday 2"
    assert shown(season=other.season_id, round=second.round) == "League 2026 "
    assert "matches without a round" in opened(operator, other).content.decode()


@pytest.mark.parametrize("season", ["x", "0", "99999999", "9" * 30, "²"])
def test_a_season_that_does_not_exist_is_not_found(operator: Client, season: str) -> None:
    a_round(1)
    assert operator.get(reverse(PAGE), {"season": season}).status_code == 404


def test_a_site_without_matches_and_a_season_without_any_say_so(operator: Client) -> None:
    assert "There is no match yet." in operator.get(reverse(PAGE)).content.decode()
    assert "There is no match in World Cup 2026 yet." in (
        operator.get(reverse(PAGE), {"season": a_season().pk}).content.decode()
    )
    assert operator.post(reverse(PAGE), {}).status_code == 200


def test_of_a_round_with_very_many_those_that_wait_come_first(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST", 2)
    done, *waiting = a_round(3)
    change_match(done.pk, {"status": "finished", "full_time_home": 1, "full_time_away": 0}, by="x")
    page = opened(operator, done)
    assert [line.match.pk for line in page.context["lines"]] == [match.pk for match in waiting]
    assert "1 more match of this round is not on this page" in page.content.decode()


def queries(client: Client, matches: list[Match], typed: bool) -> int:
    page = opened(client, matches[0])
    with CaptureQueriesContext(connection) as captured:
        if typed:
            fields = {name: value for match in matches for name, value in score(match, 2, 1).items()}
            assert len(said(sent(client, page, fields))) == len(matches)
        else:
            opened(client, matches[0])
    return len(captured)


def test_nine_matches_and_eighteen_ask_the_database_as_often(operator: Client) -> None:
    nine, eighteen = a_round(9, "Matchday 1"), a_round(18, "Matchday 2")
    opened(operator, nine[0])
    assert queries(operator, nine, typed=False) == queries(operator, eighteen, typed=False) <= 12
    assert queries(operator, nine, typed=True) == queries(operator, eighteen, typed=True) <= 15


def test_the_page_is_for_those_who_may_change_matches(client: Client) -> None:
    (match,) = a_round(1)
    assert client.get(reverse(PAGE)).status_code == 302
    looker = User.objects.create(username="looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looker)
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse(PAGE), {**score(match, 2, 1), "match": [match.pk]}).status_code == 403
    pages = [
        reverse("admin:scoring_match_changelist"),
        reverse("admin:scoring_season_change", args=[match.season_id]),
    ]
    assert [reverse(PAGE) in client.get(page).content.decode() for page in pages] == [False, False]
    looker.user_permissions.add(Permission.objects.get(codename="change_match"))
    client.force_login(User.objects.get(pk=looker.pk))
    assert client.get(reverse(PAGE)).status_code == 200
    asked = {"": pages[0], f"?{urlencode({'season': match.season_id})}": pages[1]}
    for query, page in asked.items():
        assert f'href="{reverse(PAGE)}{query}"' in client.get(page).content.decode()


def test_every_number_has_a_label_that_names_its_side_and_tab_goes_from_home_to_away(operator: Client) -> None:
    matches = a_round(2)
    text = opened(operator, matches[0]).content.decode()
    places = [text.index(f'id="id_m{m.pk}-full_time_{side}"') for m in matches for side in ("home", "away")]
    assert places == sorted(places)
    assert places[-1] < text.index("<summary>")
    assert '<span class="ft-heard">Home goals, </span>Home 0</label>' in text


def test_names_come_out_as_text(operator: Client) -> None:
    script = "<script>alert(1)</script>"
    match = a_match(script, "Away", season=Season.objects.get(pk=a_season(f"{script} 2026").pk), round=script)
    predictions(match, {script: (2, 1)})
    page = opened(operator, match)
    for shown in (page, sent(operator, page, score(match, 2, ""))):
        assert script not in shown.content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown.content.decode()
