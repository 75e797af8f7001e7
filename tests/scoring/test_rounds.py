"""The rounds of a season, and results that are written down for a whole one: all of them, or none."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

import pytest

from scoring.models import Match, ResultChange
from scoring.rounds import most_wanted, rounds_of, season_wanted
from scoring.services import Entry, RoundError, change_match, record_round, score_match
from scoring.services.corrections import asking_why, asks_why
from tests.factories import KICKOFF, a_match, a_season, finish

pytestmark = pytest.mark.django_db

NOW = KICKOFF + timedelta(days=30)
PAIRS = [("Mexico", "Wales"), ("Peru", "Chile"), ("Cuba", "Haiti")]


def a_round(name: str = "Matchday 1", *, days: int = 0, pairs: int = 3) -> list[Match]:
    return [a_match(*pair, round=name, kickoff=KICKOFF + timedelta(days=days)) for pair in PAIRS[:pairs]]


def score(home: int, away: int, **more: Any) -> dict[str, Any]:
    return {"status": "finished", "full_time_home": home, "full_time_away": away, **more}


def entries(matches: list[Match], *fields: dict[str, Any]) -> list[Entry]:
    return [Entry(match.pk, match.revision, each) for match, each in zip(matches, fields, strict=True)]


def stored() -> list[tuple[str, Any, int]]:
    return [(match.status, match.phases.full_time, match.revision) for match in Match.objects.order_by("pk")]


def test_a_round_is_recorded_through_the_one_door() -> None:
    matches = a_round()
    recorded = record_round(entries(matches, score(2, 1), score(0, 0), {}), by="somebody", reason="the sheet")
    assert [each.match.pk for each in recorded] == [match.pk for match in matches]
    assert stored() == [("finished", (2, 1), 2), ("finished", (0, 0), 2), ("scheduled", None, 1)]
    assert list(ResultChange.objects.values_list("by", "reason")) == [("somebody", "the sheet")] * 2
    assert OrmQ.objects.count() == 2


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (score(1, 0, half_time_home=2, half_time_away=0), "the half-time score 2–0 can't be followed by full-time 1–0"),
        ({"venue": "Cardiff"}, "venue is no part of a result"),
        ({"status": "scheduled", "full_time_home": 1, "full_time_away": 0}, "a match with a score can't be scheduled"),
    ],
)
def test_one_that_can_not_be_keeps_all_of_them_out(last: dict[str, Any], words: str) -> None:
    matches = a_round()
    before = stored()
    with pytest.raises(RoundError) as raised:
        record_round(entries(matches, score(2, 1), score(0, 0), last), by="x")
    assert list(raised.value.refused) == [matches[2].pk]
    assert raised.value.refused[matches[2].pk].startswith(words)
    assert (stored(), ResultChange.objects.count(), OrmQ.objects.count()) == (before, 0, 0)


def test_what_somebody_else_changed_or_took_away_is_refused() -> None:
    matches = a_round()
    change_match(matches[1].pk, {"venue": "Cardiff"}, by="somebody else")
    gone = matches[2].pk
    matches[2].delete()
    matches[2].pk = gone
    before = stored()
    with pytest.raises(RoundError) as raised:
        record_round(entries(matches, score(2, 1), score(0, 0), score(1, 1)), by="x")
    assert raised.value.refused == {
        matches[1].pk: "somebody changed this match while you were looking at revision 1; it is at revision 2 now",
        gone: "the match is no longer there",
    }
    assert stored() == before


def test_a_correction_among_them_needs_a_reason() -> None:
    matches = a_round()
    finish(matches[0], 2, 1)
    matches[0].refresh_from_db()
    told = entries(matches, score(3, 1), score(0, 0), score(1, 1))
    with pytest.raises(RoundError, match="say why"):
        record_round(told, by="x")
    assert stored()[1] == ("scheduled", None, 1)
    record_round(told, by="x", reason="the report")
    assert [goals for _, goals, _ in stored()] == [(3, 1), (0, 0), (1, 1)]


def test_who_corrects_is_told_in_three_queries_however_many_they_are() -> None:
    finished, settled, fresh, untold = (a_match(f"H{n}", f"A{n}") for n in range(4))
    for match in (finished, settled):
        finish(match, 2, 1)
    score_match(settled.pk)
    change_match(untold.pk, {"status": "finished"}, by="x")
    for match in (finished, settled, fresh, untold):
        match.refresh_from_db()
    half = {"half_time_home": (None, 1), "half_time_away": (None, 0)}
    changes = [(match, half) for match in (finished, settled, fresh, untold)]
    with CaptureQueriesContext(connection) as captured:
        assert asking_why(changes) == {settled.pk}
    assert len(captured) <= 3
    assert asks_why(finished, {"full_time_home": (2, 3)})
    assert asking_why([(finished, {})]) == set()


def test_a_value_that_was_known_once_is_corrected_as_well() -> None:
    match = a_match()
    finish(match, 2, 1)
    change_match(match.pk, {"full_time_home": None, "full_time_away": None}, by="x", reason="not sure")
    match.refresh_from_db()
    assert asks_why(match, {"full_time_home": (None, 2)})
    assert not asks_why(match, {"half_time_home": (None, 2)})


def test_rounds_are_told_with_those_that_wait_for_a_result() -> None:
    first, second = a_round("Matchday 1"), a_round("Matchday 2", days=7)
    a_round("Matchday 3", days=60)
    finish(first[0], 2, 1)
    change_match(first[1].pk, {"status": "postponed"}, by="x")
    change_match(second[0].pk, {"status": "finished"}, by="x")
    rounds = rounds_of(a_season().pk, NOW)
    assert [(one.name, one.matches, one.awaiting) for one in rounds] == [
        ("Matchday 1", 3, 1),
        ("Matchday 2", 3, 3),
        ("Matchday 3", 3, 0),
    ]
    wanted = most_wanted(rounds, NOW)
    assert wanted is not None
    assert wanted.name == "Matchday 2"


def test_of_two_rounds_that_wait_alike_the_newer_is_wanted_and_without_any_the_one_begun_last() -> None:
    assert (most_wanted([], NOW), season_wanted(NOW)) == (None, None)
    for match in a_round("Matchday 1") + a_round("Matchday 2", days=7):
        match.refresh_from_db()
    a_round("Matchday 3", days=60)
    season = a_season().pk

    def wanted(now: Any) -> str:
        found = most_wanted(rounds_of(season, now), now)
        return found.name if found else ""

    assert wanted(NOW) == "Matchday 2"
    assert wanted(KICKOFF - timedelta(days=1)) == "Matchday 1"
    for match in Match.objects.exclude(round="Matchday 3"):
        finish(match, 1, 0)
    assert wanted(NOW) == "Matchday 2"


def test_the_season_wanted_is_that_of_the_round_with_most_that_wait() -> None:
    other = a_season("League 2026")
    a_match("Ghana", "Togo", season=other, kickoff=KICKOFF + timedelta(days=9))
    matches = a_round()
    assert season_wanted(NOW) == a_season().pk
    for match in matches:
        finish(match, 1, 0)
    assert season_wanted(NOW) == other.pk
    finish(Match.objects.get(season=other), 1, 0)
    assert season_wanted(NOW) == other.pk
    assert season_wanted(KICKOFF - timedelta(days=1)) == a_season().pk
