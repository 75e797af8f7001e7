"""Ranks, ties and streaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.aggregates import METRICS, Entry, Metric, Streaks, Totals, rank, sort_key, streaks


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        ("1", Streaks(1, 1)),
        ("0", Streaks(0, 0)),
        ("1101", Streaks(1, 2)),
        ("0111", Streaks(3, 3)),
        ("1110", Streaks(0, 3)),
    ],
)
def test_streaks(hits: str, expected: Streaks) -> None:
    assert streaks((7, hit == "1") for hit in hits) == {7: expected}


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans())))
def test_streaks_equal_the_runs_of_hits_of_each_model(hits: list[tuple[int, bool]]) -> None:
    expected = {}
    for model_id in {model_id for model_id, _ in hits}:
        runs = "".join("1" if hit else "0" for other, hit in hits if other == model_id).split("0")
        expected[model_id] = Streaks(len(runs[-1]), max(map(len, runs)))
    assert streaks(hits) == expected


def entry(number: int, *figures: int) -> Entry:
    return Entry(number, f"Model {number}", Totals(*figures))


def test_models_equal_on_all_five_share_a_rank_and_the_next_is_left_out() -> None:
    table = rank([entry(1, 2, 4, 1, 1, 0), entry(2, 2, 9, 2, 1, 0), entry(3, 2, 4, 1, 1, 0), entry(4, 2, 3, 1, 0, 0)])
    assert [(row.rank, row.entry.model_id) for row in table] == [(1, 2), (2, 1), (2, 3), (4, 4)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ((1, 5, 1, 1, 0), (2, 9, 2, 2, 1)),
        ((2, 8, 1, 1, 1), (1, 4, 1, 1, 1)),
        ((2, 8, 1, 1, 1), (2, 8, 2, 2, 0)),
        ((2, 8, 1, 1, 0), (2, 8, 2, 0, 0)),
        ((2, 8, 2, 0, 0), (2, 8, 1, 0, 0)),
    ],
    ids=["average", "points", "exact", "difference", "tendency"],
)
def test_the_default_order(better: tuple[int, ...], worse: tuple[int, ...]) -> None:
    assert [row.entry.model_id for row in rank([entry(2, *worse), entry(1, *better)])] == [1, 2]


@pytest.mark.parametrize(("metric", "first"), list(zip(METRICS, [1, 2, 3, 4, 5], strict=True)))
def test_another_figure_can_come_first(metric: Metric, first: int) -> None:
    table = [
        entry(1, 1, 9, 1, 1, 0),
        entry(2, 9, 20, 5, 3, 2),
        entry(3, 9, 19, 5, 3, 3),
        entry(4, 9, 18, 5, 4, 1),
        entry(5, 9, 17, 6, 3, 1),
    ]
    assert rank(table, metric)[0].entry.model_id == first


def test_a_model_without_a_counted_prediction_is_not_in_the_table() -> None:
    assert rank([entry(1)]) == []


figures = st.tuples(*[st.integers(1, 3)] + [st.integers(0, 3)] * 4)


@given(st.lists(figures, max_size=8), st.sampled_from(METRICS))
def test_a_rank_is_one_more_than_the_number_of_better_models(rows: list[tuple[int, ...]], metric: Metric) -> None:
    table = rank([entry(number, *row) for number, row in enumerate(rows)], metric)
    keys = [sort_key(row.entry.totals, metric) for row in table]
    assert [row.rank for row in table] == [1 + sum(other > key for other in keys) for key in keys]
