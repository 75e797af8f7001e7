"""What a corrected roundup says at its top: what was corrected, and when."""

import re
from datetime import timedelta

import pytest

from content import services
from content.models import Roundup
from scoring.models import Competition, Match, Prediction, Settlement
from scoring.rules import Goals
from scoring.services import NewPrediction, change_competition, change_match, save_predictions, score_match
from scoring.services.exclusions import exclude_prediction
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, a_model, finish, predictions

pytestmark = pytest.mark.django_db


def settle(match: Match) -> None:
    score_match(match.pk)
    calculate_stats(match.pk)


def write(match: Match) -> None:
    settle(match)
    services.write_roundup(match.pk)


def change(match: Match, **fields: object) -> None:
    change_match(match.pk, fields, by="a test")
    write(match)


@pytest.fixture
def match() -> Match:
    """Finished 2–1 and written about."""
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1), "C": (0, 1)})
    finish(match, 2, 1)
    write(match)
    return match


def told() -> list[str]:
    """Returns what the public roundup says was corrected, without the moments at which it was."""
    lines = [line.strip("*") for line in Roundup.objects.public().get().text.splitlines() if "Corrected on" in line]
    moment = r"^Corrected on \d+ \w+ \d{4} at \d\d:\d\d UTC: "
    assert [bool(re.match(moment, line)) for line in lines] == [True] * len(lines)
    return [re.sub(moment, "", line) for line in lines]


def test_what_was_never_corrected_says_nothing(match: Match) -> None:
    assert told() == []


def test_a_score(match: Match) -> None:
    change(match, full_time_home=0, full_time_away=0)
    assert told() == ["this match had been scored as 2–1; everything below follows from 0–0."]


def test_a_score_that_stood_for_several_revisions_was_corrected_once(match: Match) -> None:
    change(match, venue="Cardiff")
    change(match, full_time_home=0, full_time_away=0)
    corrected_at = Settlement.objects.get(revision=3).superseded_at
    assert told() == ["this match had been scored as 2–1; everything below follows from 0–0."]
    assert corrected_at is not None
    assert [correction["at"] for correction in Roundup.objects.get().facts["corrections"]] == [corrected_at.isoformat()]


def test_a_score_and_back(match: Match) -> None:
    change(match, full_time_home=0, full_time_away=0)
    change(match, full_time_home=2, full_time_away=1)
    assert told() == ["this match had been scored as 0–0; everything below follows from 2–1."]


@pytest.mark.parametrize("status", ["abandoned", "cancelled", "postponed", "awarded"])
def test_a_match_that_was_void_for_a_time(match: Match, status: str) -> None:
    change(match, status=status)
    assert not Roundup.objects.public().exists()
    change(match, status="finished")
    assert told() == [f"this match had been given as {status}."]


def test_a_finished_match_that_was_awarded_after_all(match: Match) -> None:
    change_competition(match.season.competition_id, {"score_awarded": True}, by="a test")
    change(match, status="awarded", full_time_home=3, full_time_away=0)
    assert told() == [
        "this match had been given as finished.",
        "this match had been scored as 2–1; everything below follows from 3–0.",
    ]


def test_another_kickoff_which_makes_predictions_late(match: Match) -> None:
    change(match, kickoff=KICKOFF - timedelta(days=2))
    assert (
        told()
        == [
            "kickoff had been given as 11 June 2026 at 18:00 UTC.",
            "points had been given for three predictions; no predictions count now.",
        ][-1:]
    )


def test_another_kickoff(match: Match) -> None:
    change(match, kickoff=KICKOFF + timedelta(hours=1))
    assert told() == ["kickoff had been given as 11 June 2026 at 18:00 UTC."]


def test_another_rule_or_basis(match: Match) -> None:
    change_competition(match.season.competition_id, {"rule": "fixed-2-3-4"}, by="a test")
    write(match)
    assert told() == ["points had been given by the rule quota-2-6, on the score after 90 minutes."]
    change_competition(match.season.competition_id, {"basis": Competition.Basis.AFTER_SHOOTOUT}, by="a test")
    write(match)
    assert told() == [
        "points had been given by the rule quota-2-6, on the score after 90 minutes.",
        "points had been given by the rule fixed-2-3-4, on the score after 90 minutes.",
    ]


def test_what_came_in_before_readers_saw_anything_is_no_correction() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    finish(match, 2, 1)
    settle(match)
    change_match(match.pk, {"kickoff": KICKOFF - timedelta(days=2), "status": "abandoned"}, by="a test")
    settle(match)
    change(match, status="finished")
    assert told() == []


def test_a_prediction_taken_out_of_the_field_and_one_that_joined(match: Match) -> None:
    out = Prediction.objects.get(model__name="C")
    exclude_prediction(out.pk, "voided", by="a test", reason="sent twice")
    write(match)
    assert told() == ["points had been given for three predictions; two predictions count now."]
    joining = NewPrediction(match.pk, a_model("D").pk, Goals(3, 0), submitted_at=KICKOFF - timedelta(days=1))
    save_predictions([joining], by="a test")
    write(match)
    assert told() == [
        "points had been given for other predictions; three predictions count now.",
        "points had been given for two predictions; three predictions count now.",
    ]
