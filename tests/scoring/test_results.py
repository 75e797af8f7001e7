"""What a result must not contradict, and when a match has begun."""

from datetime import timedelta

from django.utils import timezone

import pytest

from scoring.models import Match
from scoring.rules import Goals, Phases
from scoring.services import ResultError, change_match
from scoring.services.results import require_consistent
from tests.factories import a_match, finish
from tests.scoring.documents import bring, entry, wrong


def test_a_decision_may_be_less_than_what_was_played() -> None:
    played = Phases(half_time=Goals(1, 1), full_time=Goals(3, 0))
    require_consistent(played, "awarded")
    with pytest.raises(ResultError, match="goals are never taken off"):
        require_consistent(played, "finished")


def test_a_shootout_is_a_score() -> None:
    with pytest.raises(ResultError, match="can't be scheduled"):
        require_consistent(Phases(shootout=Goals(4, 2)), "scheduled")


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["live", "finished", "abandoned"])
def test_a_match_that_has_begun_is_not_moved_to_a_day_to_come(status: str) -> None:
    match = a_match()
    finish(match, 2, 1)
    change_match(match.pk, {"status": status}, by="a test")
    moment = timezone.now() + timedelta(days=3)
    for fields in ({"kickoff": moment}, {"date": moment.date()}):
        with pytest.raises(ResultError) as error:
            change_match(match.pk, fields, by="a test")
        assert str(error.value) == (
            f"a match that is {status} can't begin on {moment.date()}, which is still to come: "
            "correct the date, or take its result back first"
        )
    change_match(match.pk, {"kickoff": timezone.now() + timedelta(hours=30)}, by="a test")
    change_match(match.pk, {"status": "postponed", "kickoff": moment}, by="a test")
    assert Match.objects.get().kickoff == moment


@pytest.mark.django_db
def test_a_file_does_not_move_a_match_that_was_played_to_a_day_to_come() -> None:
    bring(entry(num=1, score={"ft": [2, 1]}))
    (said,) = wrong(entry(num=1, score={"ft": [2, 1]}, date="2099-06-30"))
    assert said.endswith(
        "a match that is finished can't begin on 2099-06-30, which is still to come: "
        "correct the date, or take its result back first"
    )
