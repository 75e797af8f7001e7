"""What can't be is said beside its field; what somebody else changed is never written over unseen."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

import pytest

from scoring.models import Match
from scoring.services import change_match
from stats import effects
from stats.admin import rounds
from tests.factories import KICKOFF, a_match
from tests.stats.entering import PAGE, a_counted_round, a_round, of, opened, said, score, sent, stored, written, wrong

pytestmark = pytest.mark.django_db

WHY = "the referee's report"


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matches of these tests have kicked off, whenever the tests run."""
    monkeypatch.setattr("stats.admin.rounds.timezone.now", lambda: KICKOFF + timedelta(days=100))


@pytest.fixture
def counted() -> list[Match]:
    return a_counted_round()


def test_empty_rows_and_those_that_say_what_is_known_stay_untouched(operator: Client, counted: list[Match]) -> None:
    a_match("Ghana", "Togo")
    before = stored()
    page = sent(operator, opened(operator, counted[0]), score(counted[0], "2", "1"))
    assert said(page) == {}
    assert "There is nothing new to save" in page.content.decode()
    assert "_save" not in page.content.decode()
    assert sent(operator, page, {}, button="_save").status_code == 200
    assert (stored(), LogEntry.objects.count()) == (before, 0)


NUMBER = "A whole number from 0 to 99."


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"full_time_home": 2}, "full_time_away", "Give the goals of both sides."),
        ({"full_time_away": 2}, "full_time_home", "Give the goals of both sides."),
        ({"full_time_home": -1, "full_time_away": 0}, "full_time_home", NUMBER),
        ({"full_time_home": 100, "full_time_away": 0}, "full_time_home", NUMBER),
        ({"full_time_home": "two", "full_time_away": 0}, "full_time_home", NUMBER),
        ({"full_time_home": "1.5", "full_time_away": 0}, "full_time_home", NUMBER),
        (
            {"half_time_home": 2, "half_time_away": 0, "full_time_home": 1, "full_time_away": 0},
            "half_time_home",
            "More than the 1 at full time.",
        ),
        (
            {"full_time_home": 1, "full_time_away": 3, "extra_time_home": 1, "extra_time_away": 2},
            "full_time_away",
            "More than the 2 at the end of extra time.",
        ),
        ({"shootout_home": 4}, "shootout_away", "Give the goals of both sides."),
        ({"status": "won"}, "status", "Select a valid choice. won is not one of the available choices."),
        (
            {"half_time_home": 1, "half_time_away": 0},
            "__all__",
            "A match with a score can't be scheduled: set its status, or remove the score.",
        ),
    ],
)
def test_what_can_not_be_is_said_beside_its_field_and_keeps_what_was_typed(
    operator: Client, typed: dict[str, Any], field: str, words: str
) -> None:
    good, bad = a_round(2)
    before = stored()
    fields = {f"m{bad.pk}-{name}": value for name, value in typed.items()}
    page = sent(operator, opened(operator, good), {**score(good, 2, 1), **fields}, button="_save")
    assert wrong(page) == {bad.pk: {field: [words]}}
    assert (stored(), written()) == (before, (0, 0, 0))
    shown = of(page)
    assert {name: shown[name] for name in fields if not name.endswith("status")} == {
        name: str(value) for name, value in fields.items() if not name.endswith("status")
    }
    assert shown[f"m{good.pk}-full_time_home"] == "2"
    if field != "__all__":
        name = f"id_m{bad.pk}-{field}"
        text = page.content.decode()
        assert (text.count(f'id="{name}_error"'), text.count(f'aria-describedby="{name}_error"')) == (1, 1)


def test_a_known_score_is_not_taken_away_by_emptying_its_row(operator: Client, counted: list[Match]) -> None:
    page = sent(operator, opened(operator, counted[0]), score(counted[0], "", ""))
    assert wrong(page)[counted[0].pk] == {"full_time_home": ["It is known to be 2–1. To take it away, open the match."]}


def test_a_row_that_somebody_else_changed_is_refused_and_what_was_typed_can_be_sent_again(operator: Client) -> None:
    match, other = a_round(2)
    page = sent(operator, opened(operator, match), {**score(match, 2, 1), **score(other, 1, 0)})
    change_match(match.pk, {"status": "finished", "full_time_home": 3, "full_time_away": 1}, by="somebody else")
    before = stored()
    refused = sent(operator, page, {}, button="_save")
    assert wrong(refused) == {
        match.pk: {
            "__all__": [
                "Somebody changed this match while you were looking at revision 1; it is at revision 2 now. "
                "If your numbers are still right, check again."
            ]
        }
    }
    assert stored() == before
    again = sent(operator, refused, {"reason": WHY})
    assert said(again)[match.pk] == "Correction: 3–1, finished → 2–1, finished."
    assert sent(operator, again, {}, button="_save").status_code == 302
    assert [m.phases.full_time for m in Match.objects.order_by("pk")] == [(2, 1), (1, 0)]


def test_what_changed_while_the_form_was_read_is_refused_by_the_service(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    match, other = a_round(2)
    page = sent(operator, opened(operator, match), {**score(match, 2, 1), **score(other, 1, 0)})
    real = rounds.save_and_log

    def overtaken(*given: Any) -> None:
        change_match(other.pk, {"venue": "Cardiff"}, by="somebody else")
        real(*given)

    monkeypatch.setattr(rounds, "save_and_log", overtaken)
    refused = sent(operator, page, {}, button="_save")
    assert wrong(refused) == {
        other.pk: {
            "__all__": ["Somebody changed this match while you were looking at revision 1; it is at revision 2 now."]
        }
    }
    assert (Match.objects.get(pk=match.pk).revision, LogEntry.objects.count()) == (1, 0)


def test_what_came_up_while_it_was_looked_at_is_said_in_its_row(
    operator: Client, counted: list[Match], monkeypatch: pytest.MonkeyPatch
) -> None:
    match = counted[0]
    page = opened(operator, match)
    real = effects.effect_of

    def overtaken(change: Any) -> Any:
        change_match(match.pk, {"venue": "Cardiff"}, by="somebody else")
        return real(change)

    monkeypatch.setattr("stats.admin.rounds.effect_of", overtaken)
    refused = sent(operator, page, score(match, 1, 1))
    assert list(wrong(refused)) == [match.pk]
    assert "_save" not in refused.content.decode()


def test_an_untouched_row_that_somebody_else_changed_keeps_nobody_back(operator: Client) -> None:
    match, other = a_round(2)
    page = opened(operator, match)
    change_match(other.pk, {"status": "finished", "full_time_home": 3, "full_time_away": 1}, by="somebody else")
    checked = sent(operator, page, score(match, 2, 1))
    assert list(said(checked)) == [match.pk]
    assert sent(operator, checked, {}, button="_save").status_code == 302
    assert Match.objects.get(pk=other.pk).phases.full_time == (3, 1)


def test_a_page_that_says_nothing_of_what_it_saw_is_refused(operator: Client) -> None:
    (match,) = a_round(1)
    for seen in ("", "[]", "[1, []]", "nonsense", '["x", [1]]', "null"):
        page = sent(operator, opened(operator, match), {**score(match, 2, 1), f"m{match.pk}-seen": seen})
        assert list(wrong(page)) == [match.pk]


def test_a_match_that_is_gone_keeps_the_rest_back(operator: Client) -> None:
    match, other = a_round(2)
    page = opened(operator, match)
    ids = [match.pk, other.pk]
    other.predictions.all().delete()
    other.delete()
    refused = sent(operator, page, {**score(match, 2, 1), "match": ids})
    assert refused.context["form"].non_field_errors() == [
        "A match of this page can’t be found any more. Open it again."
    ]
    assert written() == (0, 0, 0)


@pytest.mark.parametrize("ids", [["x"], ["-1"], ["9" * 30], [str(n) for n in range(61)]])
def test_ids_that_no_page_has_are_a_bad_request(operator: Client, ids: list[str]) -> None:
    a_round(1)
    assert operator.post(reverse(PAGE), {"match": ids}).status_code == 400


def test_other_statuses_are_entered_too(operator: Client) -> None:
    void, awarded, live, late = a_round(4)
    typed = {
        f"m{void.pk}-status": "abandoned",
        **score(awarded, 3, 0, status="awarded"),
        **score(live, 1, 0, status="live"),
        **score(late, 1, 1, extra_time_home=2, extra_time_away=2, shootout_home=4, shootout_away=3),
    }
    page = sent(operator, opened(operator, void), typed)
    assert said(page) == {
        void.pk: "New: abandoned. No prediction is scored: it is abandoned, so void.",
        awarded.pk: "New: 3–0, awarded. No prediction is scored: it is awarded, so void.",
        live.pk: "New: 1–0, live. No prediction is scored: it is live.",
        late.pk: "New: 1–1, after extra time 2–2, penalties 4–3, finished. 3 predictions are scored: "
        "1 with the exact score, 7 points each; 2 wrong.",
    }
    assert sent(operator, page, {}, button="_save").status_code == 302
    assert list(Match.objects.order_by("pk").values_list("status", flat=True)) == [
        "abandoned",
        "awarded",
        "live",
        "finished",
    ]
    # The score of a match that is not over is known, and still to be typed: 1–0 makes it the result.
    again = opened(operator, live)
    assert of(again)[f"m{live.pk}-full_time_home"] == ""
    done = sent(operator, again, score(live, 1, 0))
    assert said(done)[live.pk].startswith("New: 1–0, finished. 3 predictions are scored")
