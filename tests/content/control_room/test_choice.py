"""What stands in the address of the board: understood or named as a problem, and written as it was read."""

from datetime import UTC, date, datetime

from django.http import QueryDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.control_room.choice import MOST_OPEN, Choice, Cursor, State, read

AT = datetime(2026, 6, 11, 18, tzinfo=UTC)


def test_a_choice_is_read_as_it_was_written() -> None:
    choice = Choice(7, State.ATTENTION, date(2026, 6, 11), Cursor(AT, 3), (1, 2))
    assert read(QueryDict(choice.query().removeprefix("?"))) == choice
    assert Choice().query() == ""


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("state=gone", "There is no state “gone”: all matches are shown."),
        ("season=x", "“x” is not the id of a season: it is left out."),
        ("season=99999999999999999999", "“99999999999999999999” is not the id of a season: it is left out."),
        ("season=²", "“²” is not the id of a season: it is left out."),
        ("day=2026-13-45", "“2026-13-45” is not a day such as 2026-06-11: all days are shown."),
        ("day=9999-12-31", "“9999-12-31” is not a day such as 2026-06-11: all days are shown."),
        ("day=yesterday", "“yesterday” is not a day such as 2026-06-11: all days are shown."),
        ("before=2026-06-11", "The address names no place in the list: its beginning is shown."),
        ("before=2026-06-11T18:00:00_4", "The address names no place in the list: its beginning is shown."),
        ("open=1,a", "“1,a” is not the id of a match: it is left out."),
    ],
)
def test_what_is_not_understood_is_said(query: str, problem: str) -> None:
    assert read(QueryDict(query)).problems == (problem,)


@given(st.dictionaries(st.sampled_from(["season", "state", "day", "before", "open"]), st.text(max_size=30)))
def test_any_address_is_read(given: dict[str, str]) -> None:
    asked = QueryDict(mutable=True)
    asked.update(given)
    choice = read(asked)
    assert read(QueryDict(choice.query().removeprefix("?"))).query() == choice.query()


def test_rows_open_and_close_and_the_first_one_gives_way() -> None:
    choice = Choice()
    for pk in range(MOST_OPEN + 1):
        choice = choice.toggled(pk + 1)
    assert choice.open == (2, 3, 4, 5, 6)
    assert choice.toggled(4).open == (2, 3, 5, 6)
