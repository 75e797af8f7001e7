"""Predictions in CSV: what is read, and what is wrong in which line."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.importers.predictions_csv import Notice, PredictionRow, Problem, parse
from scoring.rules import Goals, Probabilities

HEADER = "model,date,home_team,away_team,home_goals,away_goals"
FULL = f"{HEADER},p_home,p_draw,p_away,submitted_at,competition,season"
ROW = "Alpha,2026-06-11,Mexico,Wales,2,1"
MEANT = PredictionRow(2, "Alpha", date(2026, 6, 11), "Mexico", "Wales", Goals(2, 1))


def read(*lines: str, end: str = "\n") -> list[PredictionRow | Problem | Notice]:
    return list(parse([f"{line}{end}".encode() for line in lines]))


def test_a_row_with_everything() -> None:
    row = f"{ROW},0.5,0.3,0.2,2026-06-10T19:44:55+02:00,World Cup,2026"
    submitted = datetime(2026, 6, 10, 17, 44, 55, tzinfo=UTC)
    assert read(FULL, row) == [
        MEANT._replace(
            probabilities=Probabilities(0.5, 0.3, 0.2), submitted_at=submitted, competition="World Cup", season="2026"
        )
    ]


def test_columns_in_any_order_with_a_byte_order_mark_quotes_and_other_line_ends() -> None:
    lines = ["\ufeffAway_Goals, home_goals ,away_team,home_team,date,model", '1,2,Wales,"Mexico",2026-06-11," Alpha "']
    assert read(*lines, end="\r\n") == [MEANT]


def test_empty_optional_cells_say_nothing_and_blank_lines_are_skipped() -> None:
    assert read(FULL, f"{ROW},,,,,,", "", f"{ROW},,,,,,") == [MEANT, MEANT._replace(line=4)]


def test_probabilities_are_normalised() -> None:
    rows = read(FULL, f"{ROW},0.5,0.3,0.205,,,")
    assert isinstance(rows[0], PredictionRow)
    assert rows[0].probabilities == pytest.approx((0.5 / 1.005, 0.3 / 1.005, 0.205 / 1.005))


@pytest.mark.parametrize("text", ["2026-06-10T19:44:55Z", "2026-06-10T19:44:55", "2026-06-10 19:44:55+00:00"])
def test_a_moment_without_an_offset_is_read_as_utc(text: str) -> None:
    submitted = datetime(2026, 6, 10, 19, 44, 55, tzinfo=UTC)
    assert read(f"{HEADER},submitted_at", f"{ROW},{text}") == [MEANT._replace(submitted_at=submitted)]


GOALS = "not a whole number from 0 to 99; correct it"
MOMENT = "is not a moment; write it like 2026-06-10T19:44:55Z"
CHANCES = "correct p_home, p_draw and p_away, or empty all three"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Alpha,2026-06-11,Mexico,Wales,2,1.5,,,", f'away_goals is "1.5", {GOALS}'),
        ("Alpha,2026-06-11,Mexico,Wales,-1,1,,,", f'home_goals is "-1", {GOALS}'),
        ("Alpha,2026-06-11,Mexico,Wales,100,1,,,", f'home_goals is "100", {GOALS}'),
        ("Alpha,2026-06-11,Mexico,Wales,,1,,,", f'home_goals is "", {GOALS}'),
        ("Alpha,2026-06-11,Mexico,Wales,٣,1,,,", f'home_goals is "٣", {GOALS}'),
        ("Alpha,11.6.2026,Mexico,Wales,2,1,,,", 'date "11.6.2026" is not a date; write it like 2026-06-11'),
        ("Alpha,,Mexico,Wales,2,1,,,", "date is missing; write it like 2026-06-11"),
        (",2026-06-11,Mexico,Wales,2,1,,,", "model is empty; fill it in or remove the row"),
        ("Alpha,2026-06-11, ,Wales,2,1,,,", "home_team is empty; fill it in or remove the row"),
        (f"{'x' * 121},2026-06-11,Mexico,Wales,2,1,,,", "model is longer than 120 characters; shorten it"),
        ("A\0,2026-06-11,Mexico,Wales,2,1,,,", "model holds characters that can't be stored; remove them"),
        (f"{ROW},0.5,0.5,", "only some of p_home, p_draw and p_away are given; give all three or none"),
        (f"{ROW},0.5,0.5,0.2", f"the probabilities add up to 1.2, not to 1; {CHANCES}"),
        (f"{ROW},1.5,0,0", f"a probability must lie between 0 and 1; {CHANCES}"),
        (f"{ROW},50%,0.3,0.2", 'p_home is "50%", not a number from 0 to 1; correct it, or empty all three'),
        (f"{ROW},nan,0.3,0.2", 'p_home is "nan", not a number from 0 to 1; correct it, or empty all three'),
        (f"{ROW},0.5,0.3", "has 8 columns and the header 9; commas inside a field need quotes around it"),
        (f"{ROW},,,,,", "has 11 columns and the header 9; commas inside a field need quotes around it"),
    ],
)
def test_what_is_wrong_in_a_row(row: str, problem: str) -> None:
    assert read(f"{HEADER},p_home,p_draw,p_away", row, f"{ROW},,,") == [Problem(2, problem), MEANT._replace(line=3)]


@pytest.mark.parametrize("text", ["yesterday", "2026-06-10", "0001-01-01T00:00:00+14:00", "2026-06-10T25:00"])
def test_what_is_no_moment(text: str) -> None:
    assert read(f"{HEADER},submitted_at", f"{ROW},{text}") == [Problem(2, f'submitted_at "{text}" {MOMENT}')]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], f"the file is empty; its first line must name the columns: {HEADER}"),
        (["model,date,home_team,away_team"], f"the header lacks home_goals, away_goals; it must name {HEADER}"),
        ([HEADER.replace(",", ";")], "the columns are not separated by commas; save the file with commas"),
        ([f"{HEADER},date"], "the column date stands in the header twice; keep one"),
    ],
)
def test_what_is_wrong_with_the_header_ends_it(lines: list[str], problem: str) -> None:
    assert read(*lines, *([ROW] if lines else [])) == [Problem(1, problem)]


def test_a_column_nobody_knows_is_a_notice() -> None:
    assert read(f"{HEADER},submited_at,why", f"{ROW},,") == [
        Notice('the column "submited_at" is not known and not read; did you mean submitted_at?'),
        Notice('the column "why" is not known and not read'),
        MEANT,
    ]


def test_what_is_not_utf_8_names_the_line_and_the_byte() -> None:
    lines = [HEADER.encode(), b"\n", ROW.encode(), b"Alpha,2026-06-11,K\xf6ln,Wales,2,1"]
    assert list(parse(b"\n".join(lines).splitlines(keepends=True)))[-1] == Problem(
        5, "byte 0xf6 is not UTF-8; save the file as UTF-8"
    )


def test_an_open_quote_is_not_csv() -> None:
    assert read(HEADER, f'"{ROW}', ROW) == [
        Problem(2, "not CSV (unexpected end of data); close every quote, and double those inside a field")
    ]


@given(st.lists(st.text() | st.sampled_from([HEADER, FULL, ROW, f"{ROW},.5,.3,.2,2026-06-10T12:00Z,,"])))
def test_any_text_is_rows_notices_or_problems(lines: list[str]) -> None:
    content = [line.encode("utf-8", "surrogatepass") + b"\n" for line in lines]
    assert all(isinstance(item, PredictionRow | Problem | Notice) for item in parse(content))


@given(st.lists(st.binary()))
def test_any_bytes_are_rows_notices_or_problems(lines: list[bytes]) -> None:
    header = f"{HEADER}\n".encode()
    assert all(isinstance(item, PredictionRow | Problem | Notice) for item in parse([header, *lines]))
