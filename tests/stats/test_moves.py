"""Corrections, voids and moves: each works, leaves what a rebuild would, and can be taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from scoring.models import Match, Prediction, ResultChange, Score, Settlement
from scoring.rules import Goals
from scoring.services import (
    NewPrediction,
    change_competition,
    change_match,
    exclude_prediction,
    merge_models,
    merge_teams,
    reinstate_prediction,
    save_predictions,
    undo_merge,
)
from tests.factories import KICKOFF, a_model, a_team
from tests.stats.moves import a_counted_season, derived, drift, settle, table

pytestmark = pytest.mark.django_db

WHY: dict[str, Any] = {"by": "an editor", "reason": "the referee's report"}
ALL = [(1, "A", 21, 3), (2, "B", 12, 3), (3, "C", 0, 3), (3, "D", 0, 3)]
TWO = [(1, "A", 14, 2), (2, "B", 8, 2), (3, "C", 0, 2), (3, "D", 0, 2)]

Move = Callable[[Match], object]


def sets(**fields: Any) -> Move:
    return lambda match: change_match(match.pk, fields, **WHY)


def competition(**fields: Any) -> Move:
    return lambda match: change_competition(match.season.competition_id, fields, **WHY)


def tip(match: Match, model: str) -> int:
    return Prediction.objects.get(match=match, model__name=model).pk


SCORE = sets(full_time_home=2, full_time_away=1)
DRAW = sets(full_time_home=1, full_time_away=1)
UNKNOWN = sets(full_time_home=None, full_time_away=None)
FINISHED = sets(status="finished")
EARLIER, BACK = sets(kickoff=KICKOFF - timedelta(hours=2)), sets(kickoff=KICKOFF)
OUT: Move = lambda match: exclude_prediction(tip(match, "A"), "voided", **WHY)  # noqa: E731
IN: Move = lambda match: reinstate_prediction(tip(match, "A"), **WHY)  # noqa: E731

MOVES = [
    pytest.param(DRAW, SCORE, [(1, "A", 14, 3), (2, "C", 8, 3), (3, "B", 8, 3), (4, "D", 0, 3)], id="corrected score"),
    pytest.param(sets(status="abandoned"), FINISHED, TWO, id="abandoned"),
    pytest.param(sets(status="cancelled"), FINISHED, TWO, id="cancelled"),
    pytest.param(sets(status="awarded"), FINISHED, TWO, id="awarded"),
    pytest.param(sets(status="postponed"), FINISHED, TWO, id="postponed after all"),
    pytest.param(sets(status="live"), FINISHED, TWO, id="still played"),
    pytest.param(UNKNOWN, SCORE, TWO, id="score removed"),
    pytest.param(EARLIER, BACK, TWO, id="kickoff moved before the predictions"),
    pytest.param(
        OUT, IN, [(1, "A", 14, 2), (2, "B", 12, 3), (3, "C", 0, 3), (3, "D", 0, 3)], id="prediction declared void"
    ),
    pytest.param(
        competition(rule="fixed-2-3-4"),
        competition(rule="quota-2-6"),
        [(1, "A", 12, 3), (2, "B", 9, 3), (3, "C", 0, 3), (3, "D", 0, 3)],
        id="another rule",
    ),
]


@pytest.mark.parametrize(("move", "back", "expected"), MOVES)
def test_a_move_changes_the_table_as_a_rebuild_would_and_can_be_taken_back(
    move: Move, back: Move, expected: list[tuple[int, str, int, int]]
) -> None:
    match = a_counted_season()[0]
    assert table() == ALL
    before, revision = derived(), match.revision
    move(match)
    settle()
    assert (table(), drift()) == (expected, [])
    back(match)
    settle()
    assert (derived(), drift()) == (before, [])
    assert Match.objects.get(pk=match.pk).revision == revision + 2
    reasons = ResultChange.objects.filter(match=match).order_by("-pk").values_list("by", "reason")
    assert list(reasons[:2]) == [("an editor", "the referee's report")] * 2


def test_predictions_that_were_late_stop_being_late_when_the_match_turns_out_to_have_begun_later() -> None:
    first, *_ = a_counted_season()
    EARLIER(first)
    settle()
    assert set(Score.objects.filter(match=first).values_list("timing", "points")) == {("late", None)}
    # Moved to another day altogether: it is now the last of the season.
    change_match(
        first.pk, {"kickoff": KICKOFF + timedelta(days=9), "date": (KICKOFF + timedelta(days=9)).date()}, **WHY
    )
    settle()
    assert set(Score.objects.filter(match=first).values_list("timing", flat=True)) == {"in_time"}
    assert (table(), drift()) == (ALL, [])


def test_a_match_that_is_postponed_and_played_later_is_the_same_match_with_its_predictions() -> None:
    match = a_counted_season()[0]
    UNKNOWN(match)
    sets(status="postponed", kickoff=KICKOFF + timedelta(days=30))(match)
    settle()
    assert (table(), drift()) == (TWO, [])
    sets(status="finished", full_time_home=2, full_time_away=1)(match)
    settle()
    assert (table(), drift()) == (ALL, [])
    assert match.predictions.count() == 4


def test_an_awarded_match_counts_as_long_as_the_competition_says_so() -> None:
    match = a_counted_season()[0]
    sets(status="awarded")(match)
    settle()
    before = derived()
    competition(score_awarded=True)(match)
    settle()
    assert (table(), drift()) == (ALL, [])
    competition(score_awarded=False)(match)
    settle()
    assert (derived(), drift()) == (before, [])


def test_another_basis_counts_other_goals_and_back() -> None:
    match = a_counted_season()[0]
    sets(full_time_home=1, full_time_away=1, extra_time_home=2, extra_time_away=1)(match)
    settle()
    before = derived()
    assert table()[0] == (1, "A", 14, 3)
    competition(basis="after_extra_time")(match)
    settle()
    assert (table(), drift()) == (ALL, [])
    competition(basis="regular_time")(match)
    settle()
    assert (derived(), drift()) == (before, [])


def test_a_prediction_that_joins_after_the_match_counts_and_can_be_taken_out() -> None:
    match = a_counted_season()[0]
    new = NewPrediction(match.pk, a_model("E").pk, Goals(3, 0), submitted_at=KICKOFF - timedelta(days=1))
    save_predictions([new], **WHY)
    settle()
    # Three of five chose the home win: it is worth 3 as before, and E's difference was wrong.
    assert table() == [(1, "A", 20, 3), (2, "B", 11, 3), (3, "E", 2, 1), (4, "C", 0, 3), (4, "D", 0, 3)]
    assert drift() == []
    exclude_prediction(tip(match, "E"), "withdrawn", **WHY)
    settle()
    assert (table(), drift()) == (ALL, [])


def test_two_models_become_one_in_the_table_and_two_again() -> None:
    first, second, third = a_counted_season()
    for match, model in ((first, "A"), (second, "E"), (third, "E")):
        Prediction.objects.filter(match=match, model__name="A").update(model=a_model(model))
    for match in (second, third):
        sets(venue="Cardiff")(match)
    settle()
    before = derived()
    assert [line[1] for line in table()] == ["E", "A", "B", "C", "D"]
    merge = merge_models(a_model("E").pk, a_model("A").pk, **WHY).merge
    settle()
    assert (table(), drift()) == (ALL, [])
    undo_merge(merge.pk, **WHY)
    settle()
    assert (derived(), drift()) == (before, [])


def test_two_teams_become_one_and_the_table_stays() -> None:
    a_counted_season()
    before = derived()
    merge = merge_teams(a_team("Cuba").pk, a_team("Mexico").pk, **WHY).merge
    settle()
    assert (derived(), drift()) == (before, [])
    undo_merge(merge.pk, **WHY)
    settle()
    assert (derived(), drift()) == (before, [])


def test_old_settlements_are_kept_and_say_why_they_hold_no_more() -> None:
    match = a_counted_season()[0]
    steps = [
        (DRAW, "the referee's report"),
        (sets(status="abandoned"), "abandoned, so void: the referee's report"),
        (FINISHED, ""),
        (competition(rule="fixed-2-3-4"), "the referee's report"),
        (UNKNOWN, "finished, but the full-time score is not known: the referee's report"),
    ]
    for move, _ in steps:
        move(match)
        settle()
    old = Settlement.objects.filter(match=match).order_by("revision")
    assert [row.superseded_because for row in old] == [because for _, because in steps if because]
    assert [(row.home_goals, row.away_goals, row.rule) for row in old] == [
        (2, 1, "quota-2-6"),
        (1, 1, "quota-2-6"),
        (1, 1, "quota-2-6"),
        (1, 1, "fixed-2-3-4"),
    ]
    assert [(row.chosen_home, row.quota_home, row.quota_draw) for row in old] == [(2, 3, 4)] * 3 + [(2, 2, 2)]
    assert [row.superseded_at is None for row in old] == [False] * 4


def test_changes_without_a_reason_say_what_changed_and_several_are_told_in_order() -> None:
    match = a_counted_season()[0]
    change_match(match.pk, {"full_time_home": 3}, by="a file")
    change_match(match.pk, {"full_time_away": 2}, by="an editor", reason="counted again")
    change_match(match.pk, {"venue": "x" * 160, "round": "y" * 80}, by="an editor", reason="z" * 300)
    settle()
    old = Settlement.objects.get(match=match, revision=2)
    assert old.superseded_because == f"full time home 2 → 3; then counted again; then {'z' * 252}…"
    assert len(old.superseded_because) == 300
