"""Two records of one model become one, and two again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Any

from django.db import connection, transaction
from django_q.models import OrmQ

import pytest

from scoring.models import AIModel, AIModelAlias, Match, Merge, Prediction, ResultChange, Score
from scoring.rules import Goals
from scoring.services import (
    MoveError,
    NewPrediction,
    PredictionError,
    exclude_prediction,
    import_predictions,
    merge_models,
    save_predictions,
    score_match,
    undo_merge,
)
from tests.factories import KICKOFF, a_match, a_model, finish, predictions
from tests.scoring.documents import HEADER

pytestmark = pytest.mark.django_db

WHY: dict[str, Any] = {"by": "an editor", "reason": "one model under two names"}
FIRST, SECOND = "Oracle", "The Oracle"


def facts() -> list[Any]:
    """Everything that a merge may change, as plain values; times and revisions left out."""
    return [
        list(Prediction.objects.order_by("pk").values_list("pk", "model", "match", "home_goals", "excluded")),
        list(AIModel.objects.order_by("pk").values_list("pk", "name", "kind", "description", "is_active")),
        list(AIModelAlias.objects.order_by("name").values_list("name", "model")),
    ]


def names() -> dict[str, list[str]]:
    """Who predicted which match, by its home team."""
    return {
        match.home.name: list(match.predictions.order_by("model__name").values_list("model__name", flat=True))
        for match in Match.objects.with_names().order_by("pk")
    }


@pytest.fixture
def over() -> Match:
    """Two matches that are over, one that has not begun; each name predicted some of them."""
    match, other, coming = a_match("Over"), a_match("Other"), a_match("Coming", kickoff=KICKOFF.replace(year=2099))
    predictions(match, {FIRST: (2, 1), "B": (0, 0)})
    predictions(other, {SECOND: (1, 0)})
    predictions(coming, {FIRST: (1, 1)})
    for done in (match, other):
        finish(done, 2, 1)
        score_match(done.pk)
    OrmQ.objects.all().delete()
    return match


def test_the_predictions_and_the_name_go_to_the_other_model(over: Match) -> None:
    merged = merge_models(a_model(FIRST).pk, a_model(SECOND).pk, **WHY)
    assert (merged.moved, merged.revised) == (2, 1)
    assert str(merged) == "Oracle = The Oracle: 2 predictions moved, 1 match has a new revision"
    assert names() == {"Over": ["B", SECOND], "Other": [SECOND], "Coming": [SECOND]}
    assert list(AIModelAlias.objects.values_list("name", "model__name")) == [(FIRST, SECOND)]
    assert not AIModel.objects.get(name=FIRST).is_active
    change = ResultChange.objects.get(match=over, revision=3)
    assert (change.before, change.after, change.reason) == (
        {"predicted by": FIRST},
        {"predicted by": SECOND},
        "one model under two names",
    )
    assert [task.task["args"] for task in OrmQ.objects.all()] == [(over.pk,)]
    score_match(over.pk)
    assert dict(Score.objects.filter(match=over).values_list("model__name", "points")) == {SECOND: 7, "B": 0}


def test_a_merge_is_undone_exactly(over: Match) -> None:
    AIModel.objects.filter(name=FIRST).update(kind="baseline", description="Says what comes.")
    AIModelAlias.objects.create(name="Delphi", model=a_model(FIRST))
    before = facts()
    merge = merge_models(a_model(FIRST).pk, a_model(SECOND).pk, **WHY).merge
    assert facts() != before
    undone = undo_merge(merge.pk, by="another", reason="two models after all")
    assert facts() == before
    assert (undone.moved, undone.revised, Match.objects.get(pk=over.pk).revision) == (2, 1, 4)
    assert (undone.merge.undone_by, undone.merge.undone_because) == ("another", "two models after all")
    with pytest.raises(MoveError, match="Oracle was taken out of The Oracle again already"):
        undo_merge(merge.pk, **WHY)


def test_a_record_that_was_deleted_since_comes_back_under_its_number(over: Match) -> None:
    a_model("Spare")
    before = facts()
    merge = merge_models(a_model("Spare").pk, a_model(SECOND).pk, **WHY).merge
    a_model("Spare").delete()
    undo_merge(merge.pk, **WHY)
    assert facts() == before


def test_files_know_the_old_name_as_another_name_of_the_model(over: Match) -> None:
    merge_models(a_model(FIRST).pk, a_model(SECOND).pk, **WHY)
    match = a_match("Third", kickoff=KICKOFF.replace(year=2099))
    row = f"{FIRST},{match.date},Third,Wales,1,0"
    assert import_predictions([f"{HEADER}\n".encode(), f"{row}\n".encode()], "tips.csv").new_models == ()
    assert names()["Third"] == [SECOND]


def test_nobody_predicts_under_a_record_that_is_part_of_another(over: Match) -> None:
    old = a_model(FIRST)
    merge_models(old.pk, a_model(SECOND).pk, **WHY)
    match = a_match("Third", kickoff=KICKOFF.replace(year=2099))
    with pytest.raises(PredictionError) as error:
        save_predictions([NewPrediction(match.pk, old.pk, Goals(1, 0))], by="x")
    assert error.value.problems == {0: "this model is part of The Oracle: predict under that name"}
    assert names()["Third"] == []


def test_two_predictions_that_count_for_one_match_are_refused_with_the_way_out(over: Match) -> None:
    predictions(over, {SECOND: (0, 3)})
    before = facts()
    with pytest.raises(MoveError) as error:
        merge_models(a_model(FIRST).pk, a_model(SECOND).pk, **WHY)
    assert str(error.value) == (
        f"Oracle and The Oracle both predicted Over – Wales, 2026-06-11 ({over.pk}): withdraw or void the prediction "
        f"of Oracle there first; it then stays with Oracle"
    )
    assert facts() == before
    exclude_prediction(Prediction.objects.get(match=over, model__name=FIRST).pk, "voided", by="x", reason="a double")
    before = facts()
    merge = merge_models(a_model(FIRST).pk, a_model(SECOND).pk, **WHY).merge
    assert names() == {"Over": ["B", FIRST, SECOND], "Other": [SECOND], "Coming": [SECOND]}
    undo_merge(merge.pk, **WHY)
    assert facts() == before


def test_what_became_part_of_another_since_is_undone_first(over: Match) -> None:
    first, second, third = a_model(FIRST).pk, a_model(SECOND).pk, a_model("Seer").pk
    before = facts()
    one = merge_models(first, second, **WHY).merge
    two = merge_models(second, third, **WHY).merge
    assert dict(AIModelAlias.objects.values_list("name", "model__name")) == {FIRST: "Seer", SECOND: "Seer"}
    with pytest.raises(MoveError, match=f"The Oracle has become part of Seer since: undo that first .merge {two.pk}."):
        undo_merge(one.pk, **WHY)
    for merge in (two, one):
        undo_merge(merge.pk, **WHY)
    assert facts() == before


def test_a_prediction_that_is_no_longer_there_keeps_everything_as_it_is(over: Match) -> None:
    merge = merge_models(a_model(FIRST).pk, a_model(SECOND).pk, **WHY).merge
    Prediction.objects.filter(match__home__name="Coming").delete()
    before = facts()
    with pytest.raises(MoveError) as error:
        undo_merge(merge.pk, **WHY)
    assert str(error.value) == "1 of the predictions that moved are no longer those of The Oracle: nothing is undone"
    assert facts() == before


def test_one_record_merged_records_and_no_reason_are_refused(over: Match) -> None:
    first, second = a_model(FIRST).pk, a_model(SECOND).pk
    with pytest.raises(MoveError, match="Oracle and Oracle are one record: there is nothing to merge"):
        merge_models(first, first, **WHY)
    with pytest.raises(MoveError, match="say why"):
        merge_models(first, second, by="x", reason="")
    merge_models(first, second, **WHY)
    for pair in ((first, a_model("B").pk), (a_model("B").pk, first)):
        with pytest.raises(MoveError, match="Oracle is part of The Oracle already: merge that, or undo it first"):
            merge_models(*pair, **WHY)
    assert Merge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_prediction_that_comes_in_while_its_model_is_merged_is_refused_and_not_left_behind() -> None:
    match, old, into = a_match(kickoff=KICKOFF.replace(year=2099)), a_model(FIRST), a_model(SECOND)
    merging = Event()

    def merge() -> None:
        with transaction.atomic():
            merge_models(old.pk, into.pk, **WHY)
            merging.set()
            sleep(0.5)
        connection.close()

    def predict() -> str:
        merging.wait()
        try:
            save_predictions([NewPrediction(match.pk, old.pk, Goals(1, 0))], by="x")
        except PredictionError as error:
            return str(error)
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor() as threads:
        done, said = threads.submit(merge), threads.submit(predict)
        assert (done.result(), said.result()) == (None, "this model is part of The Oracle: predict under that name")
    assert not match.predictions.exists()
