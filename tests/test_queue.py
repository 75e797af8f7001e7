"""The queue that tests work off in their own process comes to what the workers come to."""

import pytest

from content.models import Roundup
from scoring.models import MatchProgress
from tests.factories import a_match, finish, predictions
from tests.queue import run_queue, waiting

pytestmark = pytest.mark.django_db


def test_a_result_goes_through_the_whole_pipeline() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    finish(match, 2, 1)
    steps = ["score_match", "calculate_stats", "write_roundup", "write_round_report"]
    assert [ran.func.rpartition(".")[2] for ran in run_queue()] == steps
    assert (MatchProgress.objects.get().step, waiting()) == ("", [])
    assert Roundup.objects.public().get().match_id == match.pk
