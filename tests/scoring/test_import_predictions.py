"""Importing predictions: which match a row is about, what is written, what is wrong in which line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

import pytest

from scoring.models import AIModel, Match, Prediction, TeamAlias
from scoring.rules import Goals, Probabilities
from scoring.services import (
    ImportedPredictions,
    PredictionImportError,
    SavedPredictions,
    import_predictions,
)
from tests.factories import a_match, a_model, a_season, a_team, finish
from tests.scoring.documents import HEADER

pytestmark = pytest.mark.django_db

ROW = "Alpha,2026-06-11,Mexico,Wales,2,1"


def bring(*rows: str, header: str = HEADER, **options: Any) -> ImportedPredictions:
    return import_predictions([f"{line}\n".encode() for line in (header, *rows)], "files/tips.csv", **options)


def wrong(*rows: str, header: str = HEADER) -> list[str]:
    with pytest.raises(PredictionImportError) as error:
        bring(*rows, header=header)
    return [f"{problem.line}: {problem.text}" for problem in error.value.problems]


def test_predictions_are_written_and_their_models_created() -> None:
    match = a_match()
    a_model("Beta")
    rows = [f"{ROW},0.5,0.3,0.2,2026-06-10T12:00:00Z", "Beta,2026-06-11,Mexico,Wales,0,0,,,,"]
    imported = bring(*rows, header=f"{HEADER},p_home,p_draw,p_away,submitted_at")
    assert imported == ImportedPredictions(SavedPredictions(created=2, revised=1), new_models=("Alpha",))
    first, second = Prediction.objects.order_by("model__name")
    assert (first.match, first.scoreline, first.submitted_at) == (
        match,
        Goals(2, 1),
        datetime(2026, 6, 10, 12, tzinfo=UTC),
    )
    assert first.probabilities == Probabilities(0.5, 0.3, 0.2)
    assert (second.model.name, second.scoreline, second.probabilities, second.submitted_at) == (
        "Beta",
        Goals(0, 0),
        None,
        None,
    )
    match.refresh_from_db()
    assert match.changes.get().by == "import tips.csv"


def test_importing_again_changes_nothing() -> None:
    a_match()
    bring(ROW)
    before = Match.objects.get().revision
    assert bring(ROW) == ImportedPredictions(SavedPredictions(unchanged=1))
    assert (Prediction.objects.count(), Match.objects.get().revision) == (1, before)


def test_another_scoreline_replaces_the_first_before_kickoff_and_is_an_error_after_it() -> None:
    kickoff = timezone.now() + timedelta(days=3)
    a_match(kickoff=kickoff)
    row = f"Alpha,{kickoff.date()},Mexico,Wales"
    bring(f"{row},2,1")
    assert bring(f"{row},3,1").saved == SavedPredictions(replaced=1)
    Match.objects.update(kickoff=timezone.now() - timedelta(minutes=1))
    assert wrong(f"{row},0,0") == [
        "2: the model predicted 3–1 and the match has begun: a prediction can't be changed after kickoff, "
        "so remove the row"
    ]
    assert Prediction.objects.get().scoreline == Goals(3, 1)


def test_the_date_is_that_of_the_place_or_of_utc() -> None:
    match = a_match(kickoff=datetime(2026, 6, 12, 2, tzinfo=UTC))
    Match.objects.update(date="2026-06-11")
    bring("A,2026-06-11,Mexico,Wales,2,1", "B,2026-06-12,Mexico,Wales,2,1")
    assert list(Prediction.objects.values_list("match", flat=True)) == [match.pk, match.pk]
    assert wrong("C,2026-06-13,Mexico,Wales,2,1") == [
        "2: no match Mexico – Wales on 2026-06-13; there is Mexico – Wales, 2026-06-11 (World Cup 2026)"
    ]


def test_aliases_are_names() -> None:
    a_match()
    TeamAlias.objects.create(name="Cymru", team=a_team("Wales"))
    assert bring("Alpha,2026-06-11,Mexico,Cymru,2,1").saved == SavedPredictions(created=1, revised=1)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A,2026-06-11,Mexiko,Wales,2,1", 'there is no team "Mexiko"; did you mean Mexico?'),
        ("A,2026-06-11,Mexico,Xyz,2,1", 'there is no team "Xyz"; correct the name, or import the matches first'),
        (
            "A,2026-06-11,mexico,WALES,2,1",
            'there is no team "mexico"; did you mean Mexico?; there is no team "WALES"; did you mean Wales?',
        ),
        (
            "A,2026-06-11,Wales,Mexico,2,1",
            "no match Wales – Mexico on 2026-06-11; there is Mexico – Wales, 2026-06-11 (World Cup 2026)",
        ),
        ("A,2026-06-11,Mexico,Ghana,2,1", "no match Mexico – Ghana on 2026-06-11; import the matches first"),
    ],
)
def test_a_row_without_a_match_says_what_comes_close(row: str, problem: str) -> None:
    a_match()
    a_team("Ghana")
    assert wrong(row) == [f"2: {problem}"]


def test_a_row_that_fits_two_matches_is_narrowed_by_competition_or_season() -> None:
    first = a_match()
    second = a_match(season=a_season("Friendlies 2026"))
    assert wrong(ROW) == [
        f"2: fits 2 matches ({first.pk} in World Cup 2026; {second.pk} in Friendlies 2026); "
        "say which in a column competition or season"
    ]
    header = f"{HEADER},competition,season"
    bring(f"{ROW},Friendlies,", "B,2026-06-11,Mexico,Wales,1,1,,World Cup 2026", header=header)
    assert list(Prediction.objects.order_by("model__name").values_list("match", flat=True)) == [second.pk, first.pk]
    assert wrong(f"{ROW},Friendlies,2025", header=header) == [
        "2: no match Mexico – Wales on 2026-06-11 in Friendlies in 2025; there is Mexico – Wales, 2026-06-11 "
        "(World Cup 2026); Mexico – Wales, 2026-06-11 (Friendlies 2026)"
    ]


def test_two_predictions_of_one_model_for_one_match_are_an_error() -> None:
    a_match()
    assert wrong(ROW, "Beta,2026-06-11,Mexico,Wales,2,1", ROW) == [
        "4: Alpha has a prediction for this match in line 2 already; keep one of them"
    ]


def test_all_wrong_rows_are_named_in_order_and_nothing_is_written() -> None:
    match = a_match()
    finish(match, 2, 1)
    bring(ROW)
    problems = wrong(
        "Beta,2026-06-11,Mexico,Wales,2,1",
        "Alpha,2026-06-11,Mexico,Wales,0,0",
        "Beta,2026-06-11,Mexico,Nowhere,2,1",
        "Beta,2026-06-11,Mexico,Wales,2,-1",
        "Beta,2026-06-11,Mexico,Wales,2,1",
    )
    assert [problem.partition(" ")[0] for problem in problems] == ["3:", "4:", "5:", "6:"]
    assert list(AIModel.objects.values_list("name", flat=True)) == ["Alpha"]
    assert Prediction.objects.count() == 1


def test_a_dry_run_says_everything_and_writes_nothing() -> None:
    a_match()
    expected = ImportedPredictions(SavedPredictions(created=1, revised=1), new_models=("Alpha",), dry_run=True)
    assert bring(ROW, dry_run=True) == expected
    assert (Prediction.objects.count(), AIModel.objects.count(), Match.objects.get().revision) == (0, 0, 1)


def test_a_new_model_that_is_spelt_almost_like_another_is_said() -> None:
    a_match()
    a_model("ALPHA")
    assert bring(ROW).notices == ('the new model "Alpha" is spelt almost like "ALPHA"; are they the same?',)


def test_the_predictions_of_one_match_are_never_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.services.prediction_files.CHUNK", 2)
    a_match()
    a_match("Ghana", "Qatar")
    rows = [f"M{number},2026-06-11,{teams},1,1" for number in range(5) for teams in ("Mexico,Wales", "Ghana,Qatar")]
    assert bring(*rows).saved == SavedPredictions(created=10, revised=2)
    assert list(Match.objects.values_list("revision", flat=True)) == [2, 2]
