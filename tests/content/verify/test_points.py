"""The points that `verify` expects are those of the pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.verify.scores import Group, due_points
from scoring import rules
from scoring.models import Score
from scoring.rules import Goals, Split

goals = st.builds(Goals, st.integers(0, 5), st.integers(0, 5))
splits = st.builds(Split, st.integers(0, 20), st.integers(0, 20), st.integers(1, 20))


def group(rule: str, result: Goals, quota: int | None, predicted: Goals, due: str = "in_time") -> Group:
    return Group(rule, result, quota, predicted, due, True, due, (False,) * 3, (0,) * 4, 1, 1)


@given(rule=st.sampled_from(sorted(rules.RULES)), split=splits, result=goals, predicted=goals)
def test_due_points_are_those_of_the_rule(rule: str, split: Split, result: Goals, predicted: Goals) -> None:
    came_true = rules.tendency(result)
    quota = rules.RULES[rule].quotas(split)[came_true]
    worth = rules.RULES[rule].points(rules.grade(predicted, result), split, came_true)
    hits, points = due_points(group(rule, result, quota, predicted))
    assert points == (worth.tendency, worth.difference, worth.exact, worth.total)
    assert hits == (
        rules.tendency(predicted) is came_true,
        predicted.home - predicted.away == result.home - result.away,
        predicted == result,
    )


@pytest.mark.parametrize("due", Score.WITHOUT_POINTS)
def test_what_does_not_count_has_no_points(due: str) -> None:
    exact = group("quota-2-6", Goals(2, 1), 3, Goals(2, 1), due)
    assert due_points(exact) == ((False, False, False), (None, None, None, None))


def test_a_draw_has_the_right_difference() -> None:
    hits, points = due_points(group("quota-2-6", Goals(1, 1), 4, Goals(0, 0)))
    assert (hits, points) == ((True, True, False), (4, 1, 0, 5))
