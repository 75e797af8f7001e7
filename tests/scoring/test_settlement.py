"""Settling a match: the points of every prediction, replaced as a whole."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from scoring import rules
from scoring.models import AIModel, Match, MatchProgress, Prediction, Score, Settlement
from scoring.rules import RULES, Goals, Grade, Points, Split
from scoring.services import change_match, score_match
from tests.factories import a_match, a_season, finish, predictions

pytestmark = pytest.mark.django_db

FIELD = {"A": (2, 1), "B": (1, 0), "C": (1, 1), "D": (0, 2)}


def points() -> dict[str, int | None]:
    return dict(Score.objects.order_by("model__name").values_list("model__name", "points"))


def test_a_settlement_keeps_all_that_its_points_follow_from() -> None:
    match = a_match()
    predictions(match, FIELD)
    finish(match, 2, 1)
    assert str(score_match(match.pk)) == "Mexico – Wales, 2026-06-11: scored 4 predictions (revision 2)"
    settlement = Settlement.objects.get()
    assert (settlement.rule, settlement.rule_version, settlement.basis) == ("quota-2-6", 1, "regular_time")
    assert (settlement.revision, settlement.goals, settlement.split) == (2, Goals(2, 1), Split(2, 1, 1))
    assert (settlement.quota_home, settlement.quota_draw, settlement.quota_away) == (3, 4, 4)
    assert points() == {"A": 7, "B": 4, "C": 0, "D": 0}


def test_scoring_twice_changes_nothing() -> None:
    match = a_match()
    predictions(match, FIELD)
    finish(match, 2, 1)
    score_match(match.pk)
    before = list(Score.objects.values()), list(Settlement.objects.values())
    assert str(score_match(match.pk)) == "Mexico – Wales, 2026-06-11: scored already (revision 2)"
    assert (list(Score.objects.values()), list(Settlement.objects.values())) == before


def test_a_correction_replaces_the_scores_and_keeps_the_old_settlement() -> None:
    match = a_match()
    predictions(match, FIELD)
    finish(match, 2, 1)
    score_match(match.pk)
    finish(match, 1, 1)
    score_match(match.pk)
    assert points() == {"A": 0, "B": 0, "C": 8, "D": 0}
    old = Settlement.objects.exclude(superseded_at=None).get()
    assert (old.goals, old.superseded_because) == (Goals(2, 1), "full time home 2 → 1")
    assert Settlement.objects.current().get().goals == Goals(1, 1)


@pytest.mark.parametrize("status", [Match.Status.ABANDONED, Match.Status.CANCELLED, Match.Status.AWARDED])
def test_a_void_match_loses_its_scores_and_gets_them_back(status: Match.Status) -> None:
    match = a_match()
    predictions(match, FIELD)
    finish(match, 2, 1)
    score_match(match.pk)
    change_match(match.pk, {"status": status}, by="a test")
    note = f"{status.label.lower()}, so void"
    assert score_match(match.pk).note == note
    assert points() == {}
    assert Settlement.objects.get().superseded_because == note
    change_match(match.pk, {"status": Match.Status.FINISHED}, by="a test")
    score_match(match.pk)
    assert points() == {"A": 7, "B": 4, "C": 0, "D": 0}


def test_an_awarded_match_counts_where_the_competition_says_so() -> None:
    match = a_match(season=a_season("Cup 2026", score_awarded=True))
    predictions(match, FIELD)
    finish(match, 3, 0, status=Match.Status.AWARDED)
    assert score_match(match.pk).note == ""
    assert points() == {"A": 3, "B": 3, "C": 0, "D": 0}


def test_a_finished_match_without_full_time_goals_is_not_scored_and_says_so() -> None:
    match = a_match()
    change_match(match.pk, {"status": Match.Status.FINISHED}, by="a test")
    assert score_match(match.pk).note == "finished, but the full-time score is not known"
    assert not Settlement.objects.exists()


def test_late_predictions_are_kept_but_count_nowhere() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (0, 0)})
    predictions(match, {"Unknown time": (2, 1)}, before=None)
    predictions(match, {"At kickoff": (2, 1)}, before=timedelta(0))
    predictions(match, {"After": (2, 1)}, before=-timedelta(minutes=5))
    finish(match, 2, 1)
    assert score_match(match.pk).predictions == 3
    assert points() == {"A": 6, "After": None, "At kickoff": None, "B": 0, "Unknown time": 6}
    timings = dict(Score.objects.values_list("model__name", "timing"))
    assert timings == {
        "A": "in_time",
        "After": "late",
        "At kickoff": "late",
        "B": "in_time",
        "Unknown time": "unverified",
    }


def test_a_moved_kickoff_decides_anew_what_is_late() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)}, before=timedelta(hours=1))
    finish(match, 2, 1)
    score_match(match.pk)
    change_match(match.pk, {"kickoff": match.kickoff - timedelta(hours=2)}, by="a test")
    score_match(match.pk)
    assert points() == {"A": None}


def test_an_empty_field_settles_with_no_scores() -> None:
    match = a_match()
    finish(match, 0, 0)
    assert score_match(match.pk).predictions == 0
    settlement = Settlement.objects.get()
    assert (settlement.split.size, settlement.quota_home) == (0, None)


def test_the_database_refuses_points_that_are_not_the_sum_of_their_parts() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    finish(match, 2, 1)
    score_match(match.pk)
    with pytest.raises(IntegrityError):
        Score.objects.update(points=99)


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as context:
        work()
    return len(context)


def test_the_number_of_queries_does_not_depend_on_the_number_of_predictions() -> None:
    counts = set()
    for size in (1, 3, 250):
        match = a_match(home=f"Home of {size}")
        predictions(match, {f"Model {number}": (number % 4, number % 3) for number in range(size)})
        finish(match, 2, 1)
        counts.add(queries(lambda pk=match.pk: score_match(pk)))  # type: ignore[misc]
    assert len(counts) == 1


goals = st.integers(0, 6)
tips = st.lists(st.tuples(goals, goals, st.sampled_from(["in time", "late", "unknown"])), max_size=12)


class DatabaseAgreesWithTheRule(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(rule=st.sampled_from(sorted(RULES)), result=st.builds(Goals, goals, goals), tips=tips)
    def test_every_score_equals_the_pure_rule(self, rule: str, result: Goals, tips: list[tuple[int, int, str]]) -> None:
        season = a_season(f"{rule} 2026", rule=rule)
        match = a_match(season=season)
        before = {"in time": timedelta(1), "late": -timedelta(1), "unknown": None}
        for number, (home, away, when) in enumerate(tips):
            predictions(match, {f"Model {number}": (home, away)}, before=before[when])
        finish(match, *result)
        score_match(match.pk)
        expected = pure_points(rule, result, [Goals(h, a) if when != "late" else None for h, a, when in tips])
        stored = Score.objects.order_by("model__pk")
        assert [
            None if s.points is None else (s.tendency_points, s.difference_points, s.exact_points) for s in stored
        ] == [None if p is None else (p.tendency, p.difference, p.exact) for p in expected]
        assert [s.exact_hit for s in stored] == [w != "late" and Goals(h, a) == result for h, a, w in tips]


def pure_points(rule: str, result: Goals, field: list[Goals | None]) -> list[Points | None]:
    """The points of a field by the pure rule; None stands for a late prediction."""
    chosen = [rules.tendency(tip) for tip in field if tip is not None]
    split = Split(*(chosen.count(t) for t in rules.Tendency))
    grades: list[Grade | None] = [None if tip is None else rules.grade(tip, result) for tip in field]
    return [None if g is None else RULES[rule].points(g, split, rules.tendency(result)) for g in grades]


def test_the_progress_of_a_match_tells_the_next_step() -> None:
    match = a_match()
    finish(match, 2, 1)
    assert MatchProgress.objects.get().step == "scoring.tasks.score_match"
    score_match(match.pk)
    progress = MatchProgress.objects.get()
    assert (progress.step, progress.revision) == ("stats.tasks.calculate_stats", 2)
    assert progress.queued_at is not None


def test_an_inactive_model_keeps_its_scores() -> None:
    match = a_match()
    predictions(match, FIELD)
    AIModel.objects.update(is_active=False)
    finish(match, 2, 1)
    score_match(match.pk)
    assert points() == {"A": 7, "B": 4, "C": 0, "D": 0}
    assert Prediction.objects.count() == 4
