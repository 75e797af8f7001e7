"""Predictions taken out of the field of their match, and put back."""

from datetime import timedelta

from django_q.models import OrmQ

import pytest

from scoring.models import Match, Prediction, ResultChange, Score, Settlement
from scoring.rules import Goals, Split
from scoring.services import (
    MoveError,
    NewPrediction,
    PredictionError,
    exclude_prediction,
    reinstate_prediction,
    save_predictions,
    score_match,
)
from tests.factories import KICKOFF, a_match, a_model, finish, predictions

pytestmark = pytest.mark.django_db

FIELD = {"A": (2, 1), "B": (1, 0), "C": (1, 1), "D": (0, 2)}
BEFORE = KICKOFF - timedelta(days=1)


def scores() -> dict[str, tuple[str, int | None]]:
    return {
        name: (timing, points) for name, timing, points in Score.objects.values_list("model__name", "timing", "points")
    }


def tip(model: str) -> Prediction:
    return Prediction.objects.get(model__name=model)


def a_settled_match() -> Match:
    match = a_match()
    predictions(match, FIELD)
    finish(match, 2, 1)
    score_match(match.pk)
    return match


@pytest.mark.parametrize("kind", ["withdrawn", "voided"])
def test_an_excluded_prediction_is_kept_and_void_and_the_field_is_smaller(kind: str) -> None:
    match = a_settled_match()
    assert scores() == {"A": ("in_time", 7), "B": ("in_time", 4), "C": ("in_time", 0), "D": ("in_time", 0)}
    OrmQ.objects.all().delete()
    excluded = exclude_prediction(tip("C").pk, kind, by="an editor", reason="sent by mistake")
    assert (excluded.changed, excluded.revision, OrmQ.objects.count()) == (True, 3, 1)
    score_match(match.pk)
    # Two of three chose the home win now, so it is worth 2 where it was worth 3.
    assert scores() == {"A": ("in_time", 6), "B": ("in_time", 3), "C": ("void", None), "D": ("in_time", 0)}
    assert Settlement.objects.current().get().split == Split(2, 0, 1)
    kept = tip("C")
    assert (kept.excluded, kept.excluded_because, kept.excluded_by) == (kind, "sent by mistake", "an editor")
    assert Settlement.objects.get(revision=2).superseded_because == "sent by mistake"


def test_a_reinstated_prediction_counts_as_before() -> None:
    match = a_settled_match()
    before = scores()
    exclude_prediction(tip("A").pk, "voided", by="x", reason="doubted")
    score_match(match.pk)
    reinstated = reinstate_prediction(tip("A").pk, by="y", reason="proved")
    score_match(match.pk)
    assert scores() == before
    assert (reinstated.revision, tip("A").excluded, tip("A").excluded_at) == (4, "", None)
    assert list(
        ResultChange.objects.filter(revision__gt=2).order_by("revision").values_list("before", "after", "reason")
    ) == [
        ({"prediction of A": "counts"}, {"prediction of A": "declared void"}, "doubted"),
        ({"prediction of A": "declared void"}, {"prediction of A": "counts"}, "proved"),
    ]


def test_saying_it_again_changes_nothing_and_another_kind_is_a_change() -> None:
    a_settled_match()
    exclude_prediction(tip("A").pk, "voided", by="x", reason="doubted")
    assert not exclude_prediction(tip("A").pk, "voided", by="x", reason="doubted").changed
    assert not reinstate_prediction(tip("B").pk, by="x", reason="why not").changed
    assert Match.objects.get().revision == 3
    assert exclude_prediction(tip("A").pk, "withdrawn", by="x", reason="its maker asked").revision == 4
    assert tip("A").excluded_because == "its maker asked"


def test_a_late_prediction_that_is_excluded_is_void() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)}, before=-timedelta(minutes=1))
    finish(match, 2, 1)
    exclude_prediction(tip("A").pk, "withdrawn", by="x", reason="its maker asked")
    assert score_match(match.pk).predictions == 0
    assert scores() == {"A": ("void", None)}


def test_before_kickoff_nothing_is_queued_and_the_reason_is_kept() -> None:
    match = a_match()
    predictions(match, FIELD)
    exclude_prediction(tip("A").pk, "withdrawn", by="x", reason="its maker asked")
    assert (OrmQ.objects.count(), ResultChange.objects.get().reason) == (0, "its maker asked")
    finish(match, 2, 1)
    assert score_match(match.pk).predictions == 3


@pytest.mark.parametrize(
    ("kind", "reason", "message"),
    [
        ("withdrawn", "", "say why: it stands in the record of changes"),
        ("withdrawn", " ", "say why: it stands in the record of changes"),
        ("voided", "x" * 301, "the reason has 301 characters, and 300 are kept: shorten it"),
        ("lost", "why", 'a prediction is "withdrawn" or "voided", not "lost"'),
    ],
)
def test_what_is_not_said_right_changes_nothing(kind: str, reason: str, message: str) -> None:
    a_settled_match()
    with pytest.raises(MoveError) as error:
        exclude_prediction(tip("A").pk, kind, by="x", reason=reason)
    assert str(error.value) == message
    assert (Match.objects.get().revision, tip("A").excluded) == (2, "")


def test_a_file_never_replaces_an_excluded_prediction() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    exclude_prediction(tip("A").pk, "withdrawn", by="x", reason="sent by mistake")
    same = NewPrediction(match.pk, a_model("A").pk, Goals(2, 1))
    assert save_predictions([same], by="tips.csv", now=BEFORE).unchanged == 1
    other = NewPrediction(match.pk, a_model("A").pk, Goals(3, 1))
    with pytest.raises(PredictionError) as error:
        save_predictions([other], by="tips.csv", now=BEFORE)
    assert error.value.problems == {
        0: "the model's prediction 2–1 was taken out of the field (withdrawn by its maker: sent by mistake): "
        "remove the row, or reinstate the prediction first"
    }
    assert (tip("A").scoreline, tip("A").excluded) == (Goals(2, 1), "withdrawn")
