"""Whole documents: what is read, what is left out with a notice, what is wrong."""

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.importers.kickoff import TimeOfDay
from scoring.importers.openfootball import Document, MatchRow, Problems, parse
from scoring.importers.scores import GoalEntry
from scoring.importers.season_name import SeasonName
from scoring.rules import Goals, Phases

LINE = "matches[0] Qatar – Ecuador, 2022-11-20: "
NO_FULL_TIME = "finished, but the full-time score is missing; not scored until it is known"
UNSTORABLE = "team1 holds characters that can't be stored; remove them"


def document(*matches: Any, name: str | None = "World Cup 2022", **more: Any) -> bytes:
    return json.dumps({"name": name, "matches": matches, **more}).encode()


def entry(**fields: Any) -> dict[str, Any]:
    return {"date": "2022-11-20", "team1": "Qatar", "team2": "Ecuador", **fields}


def read(content: bytes) -> Document:
    parsed = parse(content)
    assert isinstance(parsed, Document), parsed
    return parsed


def problems(content: bytes, name: str | None = None) -> tuple[str, ...]:
    parsed = parse(content, name)
    assert isinstance(parsed, Problems), parsed
    return parsed.lines


def test_a_match_with_everything_and_with_fields_nobody_has_seen() -> None:
    full = entry(
        time="19:00", round="Matchday 1", stage="Groups", group="Group A", num=1, ground="Al Bayt", weather="dry",
        score={"ft": [0, 2], "ht": [0, 2]}, goals1=[], goals2=[{"name": "E. Valencia", "minute": 16, "penalty": True}],
    )  # fmt: skip
    row = MatchRow(
        0,
        "matches[0] Qatar – Ecuador, 2022-11-20",
        date(2022, 11, 20),
        "Qatar",
        "Ecuador",
        time=TimeOfDay(time(19)),
        round="Matchday 1",
        stage="Groups",
        group="Group A",
        num=1,
        venue="Al Bayt",
        status="finished",
        implied=True,
        phases=Phases(Goals(0, 2), Goals(0, 2)),
        home_goals=(),
        away_goals=(GoalEntry("E. Valencia", 16, penalty=True),),
    )
    season = SeasonName("World Cup 2022", "World Cup", "2022")
    assert parse(document(full, source="unknown")) == Document(season, (row,))


def test_a_byte_order_mark_and_names_in_other_forms_are_understood() -> None:
    decomposed = entry(team1="Saint-E\u0301tienne ", team2={"name": "Metz", "code": "MET"}, round=3, num="7")
    row = read(b"\xef\xbb\xbf" + document(decomposed)).rows[0]
    assert (row.home, row.away, row.round, row.num) == ("Saint-Étienne", "Metz", "3", 7)


@pytest.mark.parametrize(
    ("fields", "status", "implied"),
    [
        ({}, "", True),
        ({"score": {}}, "", True),
        ({"score": [1, 0]}, "finished", True),
        ({"score": {"ft": [1, 0]}, "status": "awarded"}, "awarded", False),
        ({"score": {}, "status": "cancelled"}, "cancelled", False),
        ({"score": {"ft": [1, 0]}, "status": "scheduled"}, "finished", True),
    ],
)
def test_a_full_time_score_without_a_status_is_finished(fields: dict[str, Any], status: str, implied: bool) -> None:
    parsed = read(document(entry(**fields)))
    assert (parsed.rows[0].status, parsed.rows[0].implied, parsed.notices) == (status, implied, ())


@pytest.mark.parametrize(
    ("fields", "status", "notice"),
    [
        ({"score": {"et": [2, 1]}}, "finished", NO_FULL_TIME),
        ({"score": {"p": [4, 2]}}, "finished", NO_FULL_TIME),
        ({"score": {"ht": [1, 0]}}, "live", "only the half-time score is known; live until the full-time score is"),
        ({"score": [1, 0], "status": "postponed"}, "postponed",
         "postponed, but with a full-time score; not scored while its status says so"),
    ],
)  # fmt: skip
def test_what_is_odd_is_said(fields: dict[str, Any], status: str, notice: str) -> None:
    parsed = read(document(entry(**fields)))
    assert (parsed.rows[0].status, parsed.notices) == (status, (LINE + notice,))


def test_matches_without_teams_are_left_out_with_a_notice() -> None:
    parsed = read(document(entry(team1="N.N.", team2="N.N."), entry(team2="W74", num=89), entry()))
    assert [row.place for row in parsed.rows] == [2]
    assert (parsed.left_out, parsed.open_nums) == (2, frozenset({89}))
    assert parsed.notices == (
        "matches[0] N.N. – N.N., 2022-11-20: the teams are not known yet; left out until they are",
        "matches[1] Qatar – W74, 2022-11-20: the teams are not known yet; left out until they are",
    )


def test_the_same_match_word_for_word_is_one_match_and_a_notice() -> None:
    parsed = read(document(entry(score=[0, 2]), entry(score=[0, 2])))
    assert len(parsed.rows) == 1
    assert parsed.notices == (
        "matches[1] Qatar – Ecuador, 2022-11-20: is the same, word for word, as matches[0]; one match",
    )


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({"score": [0, 2]}, {"score": [0, 3]}, "stands at matches[0] too, with another score; keep one of them"),
        ({"score": [0, 2]}, {}, "stands at matches[0] too, with another score; keep one of them"),
        ({"round": "A"}, {"round": "B", "time": "19:00"},
         "stands at matches[0] too, with another round, time; keep one of them"),
    ],
)  # fmt: skip
def test_the_same_match_told_differently_is_an_error(
    first: dict[str, Any], second: dict[str, Any], message: str
) -> None:
    assert problems(document(entry(**first), entry(**second))) == (
        f"matches[1] Qatar – Ecuador, 2022-11-20: {message}",
    )


def test_one_number_for_two_matches_is_an_error() -> None:
    assert problems(document(entry(num=5), entry(num=5, team1="Wales"))) == (
        "matches[1] Wales – Ecuador, 2022-11-20: has the num of matches[0] Qatar – Ecuador, 2022-11-20; "
        "correct one of them",
    )


def test_the_same_teams_on_two_dates_are_two_matches() -> None:
    assert len(read(document(entry(), entry(date="2022-11-24"))).rows) == 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (7, 'matches[0]: is 7, not an object; write it like {"date": …, "team1": …, "team2": …}'),
        (None, 'matches[0]: is None, not an object; write it like {"date": …, "team1": …, "team2": …}'),
        (entry(date=None), "matches[0] Qatar – Ecuador, ?: date is missing; write it like 2026-06-11"),
        (entry(date="20.11.2022"),
         'matches[0] Qatar – Ecuador, 20.11.2022: date "20.11.2022" is not a date; write it like 2026-06-11'),
        (entry(date="2022-02-30"),
         'matches[0] Qatar – Ecuador, 2022-02-30: date "2022-02-30" is not a date; write it like 2026-06-11'),
        (entry(date="0022-11-20"),
         "matches[0] Qatar – Ecuador, 0022-11-20: date 0022-11-20 can't be the day of a match; correct the year"),
        (entry(team1=None), "matches[0] ? – Ecuador, 2022-11-20: team1 is missing; write the name of the team"),
        (entry(team2="Qatar"),
         "matches[0] Qatar – Qatar, 2022-11-20: a team can't play against itself; correct team1 or team2"),
        (entry(team1="Q\0"), f"matches[0] Q? – Ecuador, 2022-11-20: {UNSTORABLE}"),
        (entry(team1="\ud800"), f"matches[0] ? – Ecuador, 2022-11-20: {UNSTORABLE}"),
        (entry(round="x" * 81), LINE + "round is longer than 80 characters; shorten it"),
        (entry(round=["x"]), LINE + "round is ['x'], not a text; put it in quotes or remove it"),
        (entry(num="7a"), LINE + "num is 7a, not a whole number from 0 to 2000000000; correct it"),
        (entry(time="later"), LINE + 'time "later" is not a time of day; write it like 20:00 or 20:00 UTC+2'),
        (entry(score={"ft": [1, "x"]}), LINE + "score: ft is x, not a whole number from 0 to 999; correct it"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_the_match_and_the_way_out(wrong: Any, message: str) -> None:
    assert problems(document(wrong)) == (message,)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    lines = problems(document(entry(date="?"), entry(), entry(team1=""), name="World Cup"))
    assert [line.partition(":")[0] for line in lines] == [
        "name",
        "matches[0] Qatar – Ecuador, ?",
        "matches[2] ? – Ecuador, 2022-11-20",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"name": \n"\xe9"}', "line 2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"model,date\n", "line 1, column 1: not JSON (Expecting value); import an openfootball document"),
        (b"", "line 1, column 1: not JSON (Expecting value); import an openfootball document"),
        (b"[1]", 'holds [1], not an object; it must look like {"name": …, "matches": […]}'),
        (b'{"name": "X 2026"}', 'has no list "matches"; import an openfootball document of matches'),
        (b"[" * 200_000, "holds lists within lists within lists, too deep to read; correct it"),
    ],
)
def test_what_is_no_document_says_so(content: bytes, message: str) -> None:
    assert problems(content) == (message,)


def test_a_name_from_outside_takes_the_place_of_the_documents_own() -> None:
    parsed = parse(document(entry(), name=None), "World Cup 2022")
    assert isinstance(parsed, Document)
    assert parsed.season.name == "World Cup 2022"
    assert problems(document(entry()), "World Cup") == (
        'name: "World Cup" has no year in it; say it with --name "World Cup 2026"',
    )


KEYS = ["date", "team1", "team2", "time", "round", "num", "status", "score", "goals1", "ground"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(
    ["2022-11-20", "Qatar", "W74", "19:00 UTC+3", "9:30", "90+3", "cancelled", "World Cup 2022", "name", "minute"]
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["ft", "ht", "et", "p", "name", "minute", "offset"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=6,
)
ENTRIES = st.dictionaries(st.sampled_from(KEYS), ANYTHING) | st.fixed_dictionaries(
    {"date": st.dates().map(str), "team1": st.text(), "team2": st.text(max_size=3)},
    optional={"score": ANYTHING, "goals1": ANYTHING, "time": ANYTHING, "status": ANYTHING, "num": ANYTHING},
)


@given(name=ANYTHING, matches=st.lists(ENTRIES | ANYTHING, max_size=4))
def test_any_json_is_a_document_or_problems(name: Any, matches: list[Any]) -> None:
    for content in (
        json.dumps({"name": "Cup 2026", "matches": matches}),
        json.dumps({"name": name, "matches": matches}),
    ):
        parsed = parse(content.encode())
        assert isinstance(parsed, Document | Problems)
        lines = parsed.lines if isinstance(parsed, Problems) else parsed.notices
        assert "\n".join(lines).encode().count(b"\n") == max(len(lines) - 1, 0)


@given(st.binary() | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_any_file_is_a_document_or_problems(content: bytes) -> None:
    assert isinstance(parse(content), Document | Problems)
