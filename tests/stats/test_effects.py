"""What a change would do is exact, and nothing of it stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection

import pytest

from scoring.models import Match, Prediction
from scoring.rules import Goals
from scoring.services import (
    MoveError,
    NewPrediction,
    ResultError,
    change_competition,
    change_match,
    exclude_prediction,
    merge_models,
    merge_teams,
    reinstate_prediction,
    save_predictions,
)
from stats import effects
from stats.effects import effect_of
from stats.leaderboard import season_table
from tests.factories import KICKOFF, a_match, a_model, a_season, a_team, finish, predictions
from tests.stats.moves import a_counted_season, settle

pytestmark = pytest.mark.django_db

WHY: dict[str, Any] = {"by": "an editor", "reason": "the referee's report"}


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the project and of the queue."""
    labels = ("scoring", "stats", "content", "django_q")
    models = [model for label in labels for model in apps.get_app_config(label).get_models() if model._meta.managed]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def tip(match: Match, model: str = "A") -> int:
    return Prediction.objects.get(match=match, model__name=model).pk


def effect(change: Callable[[], object]) -> list[str]:
    """The effect in words; checks that nothing of it stays."""
    before = stored()
    lines = effect_of(change)[1].lines()
    assert stored() == before
    return lines


def test_a_corrected_score() -> None:
    match = a_counted_season()[0]
    assert effect(lambda: change_match(match.pk, {"full_time_home": 1}, **WHY)) == [
        "Models:",
        "  World Cup 2026, A: 21 → 14 points, rank 1, 3 counted",
        "  World Cup 2026, C: 0 → 8 points, rank 3 → 2, 3 counted",
        "  World Cup 2026, B: 12 → 8 points, rank 2 → 3, 3 counted",
        "  World Cup 2026, D: 0 points, rank 3 → 4, 3 counted",
        "Matches with a new revision:",
        "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1 → 1–1",
    ]


def test_a_match_that_becomes_void() -> None:
    match = a_counted_season()[0]
    assert effect(lambda: change_match(match.pk, {"status": "abandoned"}, **WHY)) == [
        "Models:",
        "  World Cup 2026, A: 21 → 14 points, rank 1, 3 → 2 counted",
        "  World Cup 2026, B: 12 → 8 points, rank 2, 3 → 2 counted",
        "  World Cup 2026, C: 0 points, rank 3, 3 → 2 counted",
        "  World Cup 2026, D: 0 points, rank 3, 3 → 2 counted",
        "Matches with a new revision:",
        "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1 → does not count (abandoned, so void)",
    ]


def test_a_kickoff_that_makes_predictions_late_before_the_match_is_over() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)}, before=timedelta(hours=1))
    predictions(match, {"B": (2, 1)}, before=timedelta(hours=5))
    assert effect(lambda: change_match(match.pk, {"kickoff": KICKOFF - timedelta(hours=2)}, **WHY)) == [
        "Models:",
        "  none gains or loses anything",
        "Predictions:",
        "  A, 2–1 for Mexico – Wales, 2026-06-11: in time → late, does not count",
        "Matches with a new revision:",
        "  Mexico – Wales, 2026-06-11 (World Cup 2026): does not count (scheduled), as before",
    ]


def test_a_prediction_that_is_taken_out_joins_or_comes_back() -> None:
    match = a_counted_season()[0]
    assert effect(lambda: exclude_prediction(tip(match), "voided", **WHY))[:6] == [
        "Models:",
        "  World Cup 2026, A: 21 → 14 points, rank 1, 3 → 2 counted",
        "Predictions:",
        "  A, 2–1 for Mexico – Wales, 2026-06-11: in time → void, does not count",
        "Matches with a new revision:",
        "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1, as before",
    ]
    late = NewPrediction(match.pk, a_model("E").pk, Goals(2, 1), submitted_at=KICKOFF + timedelta(hours=1))
    assert effect(lambda: save_predictions([late], **WHY))[:4] == [
        "Models:",
        "  none gains or loses anything",
        "Predictions:",
        "  E, 2–1 for Mexico – Wales, 2026-06-11: joins, late, does not count",
    ]
    exclude_prediction(tip(match), "voided", **WHY)
    settle()
    assert effect(lambda: reinstate_prediction(tip(match), **WHY))[3:4] == [
        "  A, 2–1 for Mexico – Wales, 2026-06-11: void, does not count → in time"
    ]


def test_another_rule_for_all_seasons_of_a_competition() -> None:
    matches = a_counted_season()
    other = a_match(season=a_season("World Cup 2022"))
    predictions(other, {"A": (1, 0)})
    finish(other, 1, 0)
    settle()
    _, found = effect_of(lambda: change_competition(other.season.competition_id, {"rule": "fixed-2-3-4"}, **WHY))
    assert [str(change) for change in found.models] == [
        "World Cup 2022, A: 6 → 4 points, rank 1, 1 counted",
        "World Cup 2026, A: 21 → 12 points, rank 1, 3 counted",
        "World Cup 2026, B: 12 → 9 points, rank 2, 3 counted",
    ]
    assert [change.gained for change in found.models] == [-2, -9, -3]
    assert (len(found.matches), found.tips, found.corrects) == (len(matches) + 1, (), True)


def test_two_models_and_two_teams_that_become_one() -> None:
    first, *_ = a_counted_season()
    Prediction.objects.filter(match=first, model__name="A").update(model=a_model("E"))
    change_match(first.pk, {"venue": "Cardiff"}, **WHY)
    settle()
    assert effect(lambda: merge_models(a_model("E").pk, a_model("A").pk, **WHY)) == [
        "Models:",
        "  World Cup 2026, A: 14 → 21 points, rank 1, 2 → 3 counted",
        "  World Cup 2026, B: 12 points, rank 3 → 2, 3 counted",
        "  World Cup 2026, C: 0 points, rank 4 → 3, 3 counted",
        "  World Cup 2026, D: 0 points, rank 4 → 3, 3 counted",
        "  World Cup 2026, E: 7 → – points, rank 2 → –, 1 → – counted",
        "Predictions:",
        "  A, 2–1 for Mexico – Wales, 2026-06-11: was predicted by E",
        "Matches with a new revision:",
        "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1, as before",
    ]
    assert effect(lambda: merge_teams(a_team("Cuba").pk, a_team("Mexico").pk, **WHY)) == [
        "Models:",
        "  none gains or loses anything",
        "Matches with a new revision:",
        "  Mexico – Haiti, 2026-06-13 (World Cup 2026): 2–1, as before",
    ]


def test_work_that_waits_is_not_taken_for_the_effect_of_the_change() -> None:
    first, second, _ = a_counted_season()
    finish(second, 0, 2)
    lines = effect(lambda: change_match(first.pk, {"full_time_home": 3}, **WHY))
    assert lines[-1] == "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1 → 3–1"
    assert lines[1] == "  World Cup 2026, A: 14 → 10 points, rank 1, 3 counted"


@pytest.mark.parametrize(
    ("fields", "corrects"),
    [({"venue": "Cardiff"}, False), ({"full_time_home": 3}, True), ({"half_time_home": 1, "half_time_away": 0}, False)],
)
def test_only_what_changes_something_that_stood_before_corrects(fields: dict[str, Any], corrects: bool) -> None:
    match = a_counted_season()[0]
    _, found = effect_of(lambda: change_match(match.pk, fields, **WHY))
    assert (found.corrects, len(found.matches)) == (corrects, 1)


def test_a_result_that_is_entered_for_the_first_time_corrects_nothing() -> None:
    a_counted_season()
    match = a_match("Ghana", "Togo")
    predictions(match, {"A": (2, 1), "B": (0, 0)})
    fields = {"status": "finished", "full_time_home": 0, "full_time_away": 0}
    _, found = effect_of(lambda: change_match(match.pk, fields, **WHY))
    assert (found.corrects, [change.model for change in found.models]) == (False, ["A", "B"])


def test_the_effect_is_what_the_change_then_does() -> None:
    match = a_counted_season()[0]

    def change() -> object:
        return change_match(match.pk, {"full_time_away": 2}, **WHY)

    expected = {c.model: (c.after.rank, c.after.points) for c in effect_of(change)[1].models if c.after}
    change()
    settle()
    rows = season_table(match.season_id).rows
    assert {r.entry.model: (r.rank, r.entry.totals.points) for r in rows if r.entry.model in expected} == expected


@pytest.mark.parametrize("fields", [{"rule": "fixed-2-3-4"}, {"basis": "after_extra_time"}, {"score_awarded": True}])
def test_a_change_of_many_matches_comes_to_the_same_without_settling_each(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any]
) -> None:
    first, second, third = a_counted_season()
    change_match(first.pk, {"extra_time_home": 3, "extra_time_away": 3}, **WHY)
    change_match(second.pk, {"status": "awarded"}, **WHY)
    exclude_prediction(tip(third, "B"), "voided", **WHY)
    Prediction.objects.filter(match=third, model__name="C").update(submitted_at=KICKOFF + timedelta(days=9))
    before = stored()

    def change() -> object:
        return change_competition(first.season.competition_id, fields, **WHY)

    one_by_one = effect_of(change)[1]
    monkeypatch.setattr(effects, "MANY", 0)
    assert effect_of(change)[1] == one_by_one
    assert (len(one_by_one.models) > 0, one_by_one.corrects, stored() == before) == (True, True, True)


def test_no_table_that_was_taken_back_is_shown_from_the_cache() -> None:
    match = a_counted_season()[0]
    before = season_table(match.season_id)
    effect_of(lambda: change_match(match.pk, {"full_time_home": 1}, **WHY))
    assert season_table(match.season_id) == before
    cache.clear()
    assert season_table(match.season_id) == before


def test_a_change_that_is_refused_says_so_and_leaves_nothing() -> None:
    match = a_counted_season()[0]
    before = stored()
    with pytest.raises(ResultError):
        effect_of(lambda: change_match(match.pk, {"status": "scheduled"}, **WHY))
    with pytest.raises(MoveError):
        effect_of(lambda: exclude_prediction(tip(match), "voided", by="x", reason=""))
    assert stored() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time, who sees nothing else")
def test_it_takes_a_transaction_of_its_own_and_gives_it_back() -> None:
    match = a_counted_season()[0]

    def change() -> str:
        change_match(match.pk, {"full_time_home": 1}, **WHY)
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            (level,) = cursor.fetchone()
        return str(level)

    before = stored()
    assert effect_of(change)[0] == "repeatable read"
    assert (stored() == before, connection.in_atomic_block) == (True, False)
