"""What a corrected roundup says at its top: what was corrected, and when."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from content import editing, services
from content.collect import collect_facts
from content.models import Roundup
from content.render import lines_above
from scoring.models import Competition, Match, Prediction, ResultChange
from scoring.rules import Goals
from scoring.services import NewPrediction, change_competition, change_match, save_predictions, score_match
from scoring.services.exclusions import exclude_prediction, reinstate_prediction
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
    """Returns what the page says was corrected above the roundup, without the moments at which it was."""
    lines = lines_above(Roundup.objects.public().get())
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
    corrected_at = ResultChange.objects.get(revision=4).at
    assert told() == ["this match had been scored as 2–1; everything below follows from 0–0."]
    assert [correction["at"] for correction in Roundup.objects.get().facts["corrections"]] == [corrected_at.isoformat()]


def test_a_score_is_corrected_when_its_goals_are_and_not_when_the_match_was_void_before(match: Match) -> None:
    change(match, status="abandoned")
    change(match, full_time_home=8, full_time_away=8, status="finished")
    change(match, half_time_home=1, half_time_away=0)
    goals_at = ResultChange.objects.get(revision=4).at
    told_at = [c["at"] for c in Roundup.objects.get().facts["corrections"] if c["phase"] == "counted"]
    assert told_at == [goals_at.isoformat()]


def test_the_score_is_told_whatever_was_corrected_after_it(match: Match) -> None:
    change(match, full_time_home=0, full_time_away=0)
    change_competition(match.season.competition_id, {"rule": "fixed-2-3-4"}, by="a test")
    write(match)
    change(match, kickoff=KICKOFF + timedelta(hours=1))
    assert told() == [
        "this match had been scored as 2–1; everything below follows from 0–0.",
        "kickoff had been given as 11 June 2026 at 18:00 UTC.",
    ]


def test_an_edit_does_not_lose_what_was_corrected(match: Match, client: Client) -> None:
    change(match, full_time_home=0, full_time_away=0)
    mine = editing.Draft("Mine", "My own words.")
    editing.edit(Roundup.objects.get().pk, mine, by="ed", reason="", seen_version=2)
    assert told() == ["this match had been scored as 2–1; everything below follows from 0–0."]
    page = client.get(reverse("roundup", args=[match.pk])).content.decode()
    assert (page.count("had been scored as 2–1; everything below"), page.count("Corrected on")) == (1, 1)


def test_a_text_that_says_itself_what_was_corrected_is_not_told_it_twice(match: Match) -> None:
    change(match, full_time_home=0, full_time_away=0)
    roundup = Roundup.objects.get()
    (line,) = lines_above(roundup)
    roundup.text = f"*{line}*\n\n{roundup.text}"
    assert lines_above(roundup) == []


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
        "this match had been scored as 2–1; everything below follows from 3–0.",
        "this match had been given as finished.",
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
    assert told() == ["points had been given for two predictions; three predictions count now (corrected twice)."]


def test_clocks_of_two_hosts_that_differ_make_no_corrections(monkeypatch: pytest.MonkeyPatch) -> None:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    real = timezone.now
    with monkeypatch.context() as web:
        web.setattr(timezone, "now", lambda: real() + timedelta(minutes=1))
        finish(match, 2, 1)
        settle(match)
        change_match(match.pk, {"kickoff": KICKOFF + timedelta(hours=1)}, by="a test")
        exclude_prediction(match.predictions.get(model__name="B").pk, "voided", by="a test", reason="sent twice")
        settle(match)
    write(match)
    assert collect_facts(match.pk).facts.corrections == ()
    with monkeypatch.context() as web:
        web.setattr(timezone, "now", lambda: real() - timedelta(minutes=1))
        change_match(match.pk, {"kickoff": KICKOFF}, by="a test")
        reinstate_prediction(match.predictions.get(model__name="B").pk, by="a test", reason="not twice")
    write(match)
    assert {correction.phase for correction in collect_facts(match.pk).facts.corrections} == {"kickoff", "field"}
