"""Saving predictions: all or none, replaced before kickoff, a new revision of a match that has begun."""

from datetime import timedelta

from django_q.models import OrmQ

import pytest

from scoring.models import Match, MatchProgress, Prediction, ResultChange
from scoring.rules import Goals, Probabilities
from scoring.services import (
    NewPrediction,
    PredictionError,
    SavedPredictions,
    change_match,
    save_predictions,
    score_match,
)
from tests.factories import KICKOFF, a_match, a_model, finish

pytestmark = pytest.mark.django_db

BEFORE = KICKOFF - timedelta(days=1)
AFTER = KICKOFF + timedelta(hours=3)


def tip(match: Match, model: str = "A", home: int = 2, away: int = 1, **fields: object) -> NewPrediction:
    return NewPrediction(match.pk, a_model(model).pk, Goals(home, away), **fields)  # type: ignore[arg-type]


def test_a_prediction_is_created_left_alone_and_replaced_before_kickoff() -> None:
    match = a_match()
    chances = Probabilities(0.5, 0.3, 0.2)
    assert save_predictions([tip(match, probabilities=chances)], by="x", now=BEFORE) == SavedPredictions(created=1)
    assert save_predictions([tip(match)], by="x", now=BEFORE) == SavedPredictions(unchanged=1)
    assert save_predictions([tip(match, home=3)], by="x", now=BEFORE) == SavedPredictions(replaced=1)
    saved = Prediction.objects.get()
    assert (saved.scoreline, saved.probabilities) == (Goals(3, 1), chances)
    match.refresh_from_db()
    assert match.revision == 1


def test_another_scoreline_after_kickoff_is_an_error_and_changes_nothing() -> None:
    match = a_match()
    save_predictions([tip(match)], by="x", now=BEFORE)
    with pytest.raises(PredictionError) as error:
        save_predictions([tip(match, model="B"), tip(match, home=3)], by="x", now=AFTER)
    assert error.value.problems == {
        1: "the model predicted 2–1 and the match has begun: a prediction can't be changed after kickoff, "
        "so remove the row"
    }
    assert Prediction.objects.get().scoreline == Goals(2, 1)


def test_the_same_prediction_after_kickoff_is_left_alone() -> None:
    match = a_match()
    save_predictions([tip(match)], by="x", now=BEFORE)
    assert save_predictions([tip(match)], by="x", now=AFTER) == SavedPredictions(unchanged=1)


def test_two_predictions_of_one_model_for_one_match_are_an_error() -> None:
    match = a_match()
    with pytest.raises(PredictionError) as error:
        save_predictions([tip(match), tip(match, home=0)], by="x", now=BEFORE)
    assert error.value.problems == {1: "a second prediction of the same model for the same match: keep one of them"}
    assert not Prediction.objects.exists()


def test_a_prediction_that_joins_a_finished_match_makes_a_new_revision_and_starts_its_pipeline() -> None:
    match = a_match()
    finish(match, 2, 1)
    score_match(match.pk)
    OrmQ.objects.all().delete()
    saved = save_predictions([tip(match, submitted_at=BEFORE), tip(match, "B")], by="tips.csv", now=AFTER)
    assert saved == SavedPredictions(created=2, revised=1)
    match.refresh_from_db()
    assert match.revision == 3
    change = ResultChange.objects.get(revision=3)
    assert (change.by, change.after) == ("tips.csv", {"predictions joined": 2})
    assert OrmQ.objects.count() == 1
    assert score_match(match.pk).predictions == 2


def test_a_match_that_was_set_back_to_live_is_taken_back_even_if_a_prediction_joins_first() -> None:
    match = a_match()
    finish(match, 2, 1)
    score_match(match.pk)
    change_match(match.pk, {"status": "live"}, by="a test")
    save_predictions([tip(match)], by="x", now=AFTER)
    assert MatchProgress.objects.get().revision == 4
    assert score_match(match.pk).changed
    assert MatchProgress.objects.get().step == "stats.tasks.calculate_stats"


def test_a_match_that_is_over_before_its_kickoff_takes_no_changed_prediction() -> None:
    match = a_match()
    save_predictions([tip(match)], by="x", now=BEFORE)
    finish(match, 2, 1)
    with pytest.raises(PredictionError):
        save_predictions([tip(match, home=3)], by="x", now=BEFORE)
    assert save_predictions([tip(match, "B")], by="x", now=BEFORE) == SavedPredictions(created=1, revised=1)
