"""A model's place is that of the table, now and after each day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stats.aggregates import Entry, Totals, rank, sort_key
from stats.places import Day, Place, is_above, place, places_by_day

small = st.integers(0, 4)
totals = st.builds(Totals, st.integers(0, 3), small, small, small, small)
counted = st.builds(Totals, st.integers(1, 3), small, small, small, small)


@given(counted, counted)
def test_one_is_above_another_as_in_the_table(one: Totals, other: Totals) -> None:
    assert is_above(one, other) == (sort_key(one) > sort_key(other))


@given(st.lists(totals, max_size=8), counted)
def test_a_place_is_the_rank_of_the_table(field: list[Totals], mine: Totals) -> None:
    field.append(mine)
    table = rank([Entry(number, str(number), each) for number, each in enumerate(field)])
    (mine_in_table,) = [row.rank for row in table if row.entry.model_id == len(field) - 1]
    assert place(mine, field) == Place(mine_in_table, len(table))


def test_places_by_day_begin_with_the_first_counted_prediction_and_count_only_what_was_before() -> None:
    first, second, third = date(2026, 6, 11), date(2026, 6, 12), date(2026, 6, 14)
    days = [
        (first, {1: Totals(1, 7, 1, 1, 1)}),
        (second, {1: Totals(1, 0), 2: Totals(1, 4, 1, 1)}),
        (third, {2: Totals(1, 2, 1)}),
    ]
    assert places_by_day(days, 2) == [
        Day(second, Place(1, 2), Totals(1, 4, 1, 1)),
        Day(third, Place(2, 2), Totals(2, 6, 2, 1)),
    ]
    assert [str(day.place) for day in places_by_day(days, 1)] == ["1 of 1", "2 of 2", "1 of 2"]
    assert places_by_day(days, 3) == []
