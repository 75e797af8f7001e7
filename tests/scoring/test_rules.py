"""The quota rule and its neighbours, from the published tables, and what must hold for every field."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules import (
    RULES,
    Basis,
    Goals,
    Grade,
    Phases,
    Points,
    Probabilities,
    Split,
    Tendency,
    brier,
    counted_goals,
    grade,
    log_loss,
    normalised,
    quota,
    ranked_probability_score,
    raw_quota,
    tendency,
)

QUOTA_2_6 = RULES["quota-2-6"]
KICKTIPP = RULES["kicktipp"]
FIXED = RULES["fixed-2-3-4"]


@pytest.mark.parametrize(
    ("least", "most", "chosen", "field", "raw", "expected"),
    [
        (3, 10, 5, 25, "7.0", 7),
        (3, 7, 5, 25, "5.8", 6),
        (3, 10, 6, 10, "3.67", 4),
        (3, 10, 3, 10, "5.33", 5),
        (3, 10, 1, 10, "12", 10),
        (2, 6, 24, 30, "2.15", 2),
        (2, 6, 4, 30, "5.9", 6),
        (2, 6, 2, 30, "10.4", 6),
        (2, 6, 10, 30, "3.2", 3),
        (2, 6, 28, 30, "2.04", 2),
        (2, 6, 1, 30, "19.4", 6),
        (2, 6, 3, 19, "5.2", 5),
        (2, 6, 7, 19, "3.03", 3),
        (2, 6, 1, 19, "12.8", 6),
        (2, 6, 16, 21, "2.19", 2),
        (2, 6, 0, 12, "6", 6),
    ],
)
def test_quota_of_the_published_examples(
    least: int, most: int, chosen: int, field: int, raw: str, expected: int
) -> None:
    places = len(raw.partition(".")[2])
    assert round(raw_quota(chosen, field, least, most), places) == Fraction(raw)
    assert quota(chosen, field, least, most) == expected


@pytest.mark.parametrize(
    ("chosen", "field", "raw", "expected"),
    [(6, 11, "2.5", 3), (2, 7, "3.5", 4), (6, 31, "4.5", 5), (6, 41, "5.5", 6)],
)
def test_exact_halves_are_rounded_up(chosen: int, field: int, raw: str, expected: int) -> None:
    assert raw_quota(chosen, field, 2, 6) == Fraction(raw)
    assert quota(chosen, field) == expected


@pytest.mark.parametrize(
    ("split", "result", "points"),
    [
        (Split(3, 8, 8), Goals(2, 1), {Goals(2, 1): 9, Goals(1, 0): 6, Goals(3, 0): 5, Goals(1, 1): 0}),
        (Split(7, 6, 6), Goals(2, 1), {Goals(2, 1): 7, Goals(1, 0): 4}),
        (Split(9, 1, 9), Goals(3, 3), {Goals(1, 1): 7, Goals(3, 3): 10, Goals(1, 0): 0}),
        (Split(3, 16, 2), Goals(3, 3), {Goals(1, 1): 3, Goals(3, 3): 6}),
    ],
)
def test_points_of_the_default_rule(split: Split, result: Goals, points: dict[Goals, int]) -> None:
    earned = {tip: QUOTA_2_6.points(grade(tip, result), split, tendency(result)).total for tip in points}
    assert earned == points


@pytest.mark.parametrize(
    ("rule", "reached", "drawn", "expected"),
    [
        (KICKTIPP, Grade.TENDENCY, False, Points(3)),
        (KICKTIPP, Grade.DIFFERENCE, False, Points(3, 1)),
        (KICKTIPP, Grade.EXACT, False, Points(3, 0, 2)),
        (KICKTIPP, Grade.DIFFERENCE, True, Points(3)),
        (KICKTIPP, Grade.EXACT, True, Points(3, 0, 2)),
        (FIXED, Grade.WRONG, False, Points()),
        (FIXED, Grade.TENDENCY, False, Points(2)),
        (FIXED, Grade.DIFFERENCE, False, Points(2, 1)),
        (FIXED, Grade.EXACT, False, Points(2, 0, 2)),
        (FIXED, Grade.DIFFERENCE, True, Points(2)),
        (FIXED, Grade.EXACT, True, Points(2, 0, 2)),
    ],
)
def test_points_of_the_other_rules(rule: object, reached: Grade, drawn: bool, expected: Points) -> None:
    came_true = Tendency.DRAW if drawn else Tendency.HOME
    assert rule.points(reached, Split(10, 10, 10), came_true) == expected  # type: ignore[attr-defined]


def test_an_empty_field_has_no_quotas() -> None:
    assert QUOTA_2_6.quotas(Split(0, 0, 0)) == {}


@pytest.mark.parametrize(("chosen", "field"), [(-1, 3), (4, 3), (0, 0)])
def test_an_impossible_field_is_refused(chosen: int, field: int) -> None:
    with pytest.raises(ValueError, match=f"{chosen} of {field} can't have chosen a tendency"):
        raw_quota(chosen, field, 2, 6)


FINAL = Phases(Goals(2, 0), Goals(2, 2), Goals(3, 3), Goals(4, 2))


@pytest.mark.parametrize(
    ("phases", "basis", "expected"),
    [
        (FINAL, Basis.REGULAR_TIME, Goals(2, 2)),
        (FINAL, Basis.AFTER_EXTRA_TIME, Goals(3, 3)),
        (FINAL, Basis.AFTER_SHOOTOUT, Goals(7, 5)),
        (Phases(full_time=Goals(2, 2), shootout=Goals(5, 4)), Basis.AFTER_SHOOTOUT, Goals(7, 6)),
        (Phases(full_time=Goals(1, 0)), Basis.AFTER_SHOOTOUT, Goals(1, 0)),
        (Phases(full_time=Goals(0, 0)), Basis.AFTER_EXTRA_TIME, Goals(0, 0)),
        (Phases(extra_time=Goals(1, 1)), Basis.AFTER_EXTRA_TIME, None),
        (Phases(), Basis.REGULAR_TIME, None),
    ],
)
def test_which_goals_count(phases: Phases, basis: Basis, expected: Goals | None) -> None:
    assert counted_goals(phases, basis) == expected


scorelines = st.builds(Goals, st.integers(0, 99), st.integers(0, 99))
splits = st.builds(Split, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).filter(lambda s: s.size > 0)


@given(scorelines, scorelines)
def test_grades_are_cumulative(predicted: Goals, result: Goals) -> None:
    reached = grade(predicted, result)
    assert (reached is Grade.EXACT) == (predicted == result)
    assert (reached is Grade.WRONG) == (tendency(predicted) is not tendency(result))
    same_difference = predicted.home - predicted.away == result.home - result.away
    assert (reached in (Grade.DIFFERENCE, Grade.EXACT)) == same_difference


@given(splits, scorelines, scorelines)
def test_points_stay_within_their_bounds_and_are_zero_only_when_wrong(
    split: Split, predicted: Goals, result: Goals
) -> None:
    reached = grade(predicted, result)
    for rule, most in ((QUOTA_2_6, 10), (KICKTIPP, 8), (FIXED, 4)):
        points = rule.points(reached, split, tendency(result))
        assert (points.total == 0) == (reached is Grade.WRONG)
        assert 0 <= points.total <= most


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_the_rarer_a_tendency_the_more_it_is_worth(chosen_of: tuple[int, int]) -> None:
    chosen, field = chosen_of
    assert 2 <= quota(chosen + 1, field) <= quota(chosen, field) <= 6


@pytest.mark.parametrize(
    ("p", "outcome", "rps", "squares", "bits"),
    [
        ((0.9, 0.1, 0.0), Tendency.HOME, 0.005, 0.02, 0.152003),
        ((0.5, 0.25, 0.25), Tendency.HOME, 0.15625, 0.375, 1.0),
        ((0.35, 0.3, 0.35), Tendency.DRAW, 0.1225, 0.735, 1.736966),
        ((0.6, 0.25, 0.15), Tendency.HOME, 0.09125, 0.245, 0.736966),
        ((0.6, 0.15, 0.25), Tendency.HOME, 0.11125, 0.245, 0.736966),
    ],
)
def test_proper_scores_of_constantinou_and_fenton(
    p: tuple[float, float, float], outcome: Tendency, rps: float, squares: float, bits: float
) -> None:
    forecast = Probabilities(*p)
    assert ranked_probability_score(forecast, outcome) == pytest.approx(rps)
    assert brier(forecast, outcome) == pytest.approx(squares)
    assert log_loss(forecast, outcome) == pytest.approx(bits * 0.6931471805599453, abs=1e-6)


def test_log_loss_is_floored() -> None:
    assert log_loss(Probabilities(1, 0, 0), Tendency.AWAY) == pytest.approx(34.538776)


def test_probabilities_are_normalised() -> None:
    assert normalised(Probabilities(0.5, 0.25, 0.2575)) == pytest.approx((0.49628, 0.24814, 0.25558), abs=1e-5)


@pytest.mark.parametrize(
    ("p", "message"),
    [
        ((0.5, 0.2, 0.2), "the probabilities add up to 0.9, not to 1"),
        ((1.2, -0.2, 0.0), "a probability must lie between 0 and 1"),
        ((float("nan"), 0.5, 0.5), "a probability must lie between 0 and 1"),
    ],
)
def test_impossible_probabilities_are_refused(p: tuple[float, float, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        normalised(Probabilities(*p))
