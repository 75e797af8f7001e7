"""Settling a match: the points, replaced as a whole."""

import pytest
from django_q.models import OrmQ, Schedule

from scoring.models import MatchProgress, Score, Settlement
from scoring.services import score_match
from stats.models import MatchStats, ModelStats
from stats.services import calculate_stats
from tests.factories import a_match, finish, predictions

pytestmark = pytest.mark.django_db


def test_a_result_is_scored_counted_and_its_roundup_scheduled() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 0), "C": (1, 1), "D": (0, 2)})
    finish(match, 2, 1)
    assert OrmQ.objects.count() == 1
    score_match(match.pk)
    assert list(Score.objects.order_by("model__name").values_list("points", flat=True)) == [7, 4, 0, 0]
    assert Settlement.objects.get().quota_home == 3
    assert Schedule.objects.count() == 0
    calculate_stats(match.pk)
    assert Schedule.objects.get().func == "content.tasks.write_roundup"
    assert MatchStats.objects.get().version == 1
    assert ModelStats.objects.count() == 4
    assert MatchProgress.objects.get().step == "content.tasks.write_roundup"
