"""A model's record is what its scores and its lines in the tables say, in a fixed number of queries."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from scoring import rules
from scoring.models import Prediction
from scoring.rules import Goals, Probabilities, Tendency
from scoring.services import exclude_prediction
from stats import records
from stats.aggregates import Totals
from stats.leaderboard import season_table
from stats.places import Place
from stats.records import NoSuchSeasonError, Record, record_of
from tests.factories import KICKOFF, a_match, a_model, a_season, finish, predictions
from tests.stats.seasons import P, a_played_season, count

pytestmark = pytest.mark.django_db


def test_the_lines_are_those_of_the_tables() -> None:
    season = a_played_season()
    for row in season_table(season.pk).rows:
        record = record_of(a_model(row.entry.model))
        (line,) = record.seasons
        assert (line.place, line.totals, line.streaks) == (
            Place(row.rank, 3),
            row.entry.totals,
            row.entry.streaks,
        )
        assert record.chosen == line
        last = record.days[-1]
        assert (last.place, last.totals, len(record.days)) == (line.place, line.totals, 5)


def test_the_rank_is_told_after_each_day() -> None:
    a_played_season()
    days = record_of(a_model("B")).days
    assert [(day.day.isoformat(), str(day.place), day.totals.points) for day in days] == [
        ("2026-06-11", "2 of 3", 3),
        ("2026-06-12", "1 of 3", 9),
        ("2026-06-13", "2 of 3", 9),
        ("2026-06-14", "2 of 3", 11),
        ("2026-06-15", "2 of 3", 11),
    ]


def test_what_does_not_count_is_shown_and_counted_nowhere() -> None:
    season = a_played_season()
    match = a_match("Late", "Match", season=season, kickoff=KICKOFF + timedelta(days=9))
    predictions(match, {"A": (1, 0)}, before=-timedelta(hours=1))
    finish(match, 1, 0)
    first = Prediction.objects.filter(model__name="A").earliest("pk")
    exclude_prediction(first.pk, "voided", by="x", reason="sent twice")
    count(season)
    record = record_of(a_model("A"))
    assert (record.predictions, record.counted, record.settled, record.habits.size) == (6, 4, 6, 4)
    assert [score.get_timing_display() for score in record.scores if score.points is None] == ["late", "void"]
    assert len(record.counted_scores) == 4
    assert record.days[-1].totals.predictions == 4
    assert record.probabilities is not None
    assert record.probabilities.n == 2


def test_habits_are_of_the_season_or_of_all() -> None:
    first, second = a_played_season("League 2025"), a_played_season("League 2026", times=2)
    model = a_model("A")
    one, two, both = (
        record_of(model, season_id=first.pk),
        record_of(model, season_id=second.pk),
        record_of(model, everything=True),
    )
    assert [record.habits.size for record in (one, two, both)] == [5, 10, 15]
    assert [str(each) for each in both.habits.favourites] == ["2–1", "0–2", "1–0"]
    assert both.habits.favourites[0].totals == Totals(9, 42, 9, 6, 6)
    assert [(share.predicted, share.right, share.happened) for share in one.habits.shares] == [
        (4, 3, 3),
        (0, 0, 1),
        (1, 1, 1),
    ]
    assert (both.chosen, both.days, both.scores, both.settled) == (None, (), (), 0)
    assert [line.season.name for line in both.seasons] == ["League 2026", "League 2025"]
    assert [(each.rule, each.seasons, each.totals.predictions) for each in both.together] == [("quota-2-6", 2, 15)]


def test_habits_of_all_seasons_are_kept_until_one_is_counted_anew() -> None:
    season = a_played_season()
    model = a_model("A")
    assert record_of(model, everything=True).habits.size == 5
    with CaptureQueriesContext(connection) as captured:
        assert record_of(model, everything=True).habits.size == 5
    assert len(captured) == 3
    match = a_match("One", "More", season=season)
    predictions(match, {"A": (1, 0), "B": (1, 1)})
    finish(match, 1, 0)
    count(season)
    assert record_of(model, everything=True).habits.size == 6
    assert record_of(a_model("B"), everything=True).habits.size == 6


def test_seasons_of_another_rule_are_not_added() -> None:
    a_season("Cup 2026", rule="fixed-2-3-4")
    a_played_season("Cup 2026")
    a_played_season("League 2026", times=2)
    together = record_of(a_model("A")).together
    assert [(each.rule, each.basis, each.totals.predictions) for each in together] == [
        ("quota-2-6", "after 90 minutes", 10),
        ("fixed-2-3-4", "after 90 minutes", 5),
    ]


def test_the_probability_scores_are_the_means_of_the_pure_ones() -> None:
    a_played_season()
    record = record_of(a_model("A"))
    outcomes = [Tendency.HOME, Tendency.DRAW, Tendency.AWAY]
    stated = [(Probabilities(*p), outcome) for p, outcome in zip(P, outcomes, strict=True)]
    assert record.probabilities is not None
    assert record.probabilities.n == 3
    assert record.probabilities.brier == pytest.approx(sum(rules.brier(*pair) for pair in stated) / 3)
    assert record.probabilities.rps == pytest.approx(sum(rules.ranked_probability_score(*pair) for pair in stated) / 3)
    assert record_of(a_model("B")).probabilities is None


def test_the_newest_matches_come_first_and_no_more_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    a_played_season(times=2)
    monkeypatch.setattr(records, "SHOWN", 3)
    monkeypatch.setattr(records, "DAYS", 4)
    record = record_of(a_model("A"))
    assert [score.match.home.name for score in record.scores] == ["Home 9", "Home 8", "Home 7"]
    assert (record.settled, len(record.days), record.days_left_out) == (10, 4, 6)


def test_a_season_that_is_too_large_is_not_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    a_played_season()
    monkeypatch.setattr(records, "MOST_SCORES", 14)
    record = record_of(a_model("A"))
    assert (record.too_many, record.days) == (True, ())


def test_a_model_without_anything_counted_has_an_empty_record() -> None:
    season = a_played_season()
    predictions(a_match("Still", "Open", season=season), {"New": (1, 0)})
    record = record_of(a_model("New"))
    assert (record.predictions, record.counted, record.seasons, record.chosen) == (1, 0, (), None)
    assert (record.scores, record.habits.size, record.probabilities, record.days) == ((), 0, None, ())
    with pytest.raises(NoSuchSeasonError):
        record_of(a_model("New"), season_id=season.pk)
    with pytest.raises(NoSuchSeasonError):
        record_of(a_model("A"), season_id=a_season("Empty 2026").pk)


def asked(name: str, **how: Any) -> int:
    model = a_model(name)
    with CaptureQueriesContext(connection) as captured:
        record: Record = record_of(model, **how)
    assert record.counted > 0
    return len(captured)


def test_one_season_and_three_ask_the_database_as_often() -> None:
    a_played_season("League 2024")
    one, all_of_one = asked("A"), asked("A", everything=True)
    a_played_season("League 2025")
    a_played_season("League 2026", times=3)
    assert (asked("A"), asked("A", everything=True)) == (one, all_of_one)
    assert (one, all_of_one) == (7, 4)


def test_goals_that_count_are_those_of_the_settlement() -> None:
    season = a_season("Cup 2026", basis="after_shootout")
    match = a_match(season=season)
    predictions(match, {"A": (1, 1)})
    finish(match, 1, 1, extra_time=Goals(2, 2), shootout=Goals(4, 3))
    count(season)
    (home, draw, away) = record_of(a_model("A")).habits.shares
    assert (home.happened, draw.predicted, draw.happened, away.happened) == (1, 1, 0, 0)
