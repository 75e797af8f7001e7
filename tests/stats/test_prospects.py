"""What a score comes to for a field: the same points as settling gives, by grade and by model."""

from collections import Counter

import pytest

from scoring.rules import RULES, Goals, Grade
from stats.prospects import Earning, Gain, earnings, gains, size

RULE = RULES["quota-2-6"]
FIELD = [("A", Goals(2, 1)), ("B", Goals(1, 0)), ("C", Goals(1, 1)), ("D", Goals(0, 2)), ("e", Goals(3, 1))]
TIPS = Counter(tip for _, tip in FIELD)


def test_earnings_are_told_by_the_best_grade_reached() -> None:
    # Three of five chose the home win: 6/(10·3/5) − 0.6 + 2 = 2.4, so 2.
    assert earnings(RULE, Goals(2, 1), TIPS) == [
        Earning(Grade.EXACT, 1, 6),
        Earning(Grade.DIFFERENCE, 1, 3),
        Earning(Grade.TENDENCY, 1, 2),
        Earning(Grade.WRONG, 2, 0),
    ]
    assert [str(line) for line in earnings(RULE, Goals(3, 3), TIPS)] == [
        "1 with the goal difference, 5 points each",
        "4 wrong",
    ]
    assert (earnings(RULE, Goals(2, 1), {}), size(TIPS), size({})) == ([], 5, 0)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Goals(2, 1), Goals(1, 1), {"C": 8, "A": -6, "B": -3, "e": -2}),
        (Goals(2, 1), Goals(2, 1), {}),
        (None, Goals(0, 2), {"D": 8}),
        (Goals(0, 2), None, {"D": -8}),
        (None, None, {}),
    ],
)
def test_gains_are_those_whose_points_become_others(
    before: Goals | None, after: Goals | None, expected: dict[str, int]
) -> None:
    found = gains(RULE, before, after, FIELD)
    assert {gain.model: gain.points for gain in found} == expected
    assert [gain.points for gain in found] == sorted((gain.points for gain in found), reverse=True)


def test_a_gain_is_said_with_its_sign() -> None:
    assert [str(gain) for gain in (Gain("A", 3, 8), Gain("B", 6, None))] == ["A +5", "B −6"]
