"""Status, scores and goals of an openfootball document."""

from typing import Any

import pytest

from scoring.importers.scores import GoalEntry, read_goals, read_phases, read_status
from scoring.importers.values import WrongValueError
from scoring.rules import Goals, Phases


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("cancelled", "cancelled"),
        ("canceled", "cancelled"),
        ("Postponed", "postponed"),
        ("awarded", "awarded"),
        ("abandoned", "abandoned"),
        ("FT", "finished"),
        ("live", "live"),
        ("scheduled", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_statuses(value: Any, status: str) -> None:
    notices: list[str] = []
    assert (read_status(value, notices.append), notices) == (status, [])


def test_a_status_nobody_knows_is_left_out_and_said() -> None:
    notices: list[str] = []
    assert read_status("walkover?", notices.append) == ""
    assert notices == ['the status "walkover?" is not known; read as if it were not there']


@pytest.mark.parametrize(
    ("value", "phases"),
    [
        (None, Phases()),
        ({}, Phases()),
        ([], Phases()),
        ([2, 1], Phases(full_time=Goals(2, 1))),
        ({"ft": [2, 1]}, Phases(full_time=Goals(2, 1))),
        ({"ht": [1, 0], "ft": [2, 1]}, Phases(Goals(1, 0), Goals(2, 1))),
        ({"ht": None, "ft": [2, 1]}, Phases(full_time=Goals(2, 1))),
        ({"ft": [None, None]}, Phases()),
        ({"ft": ["2", 1.0]}, Phases(full_time=Goals(2, 1))),
        ({"et": [1, 0]}, Phases(extra_time=Goals(1, 0))),
        ({"p": [4, 2], "et": [3, 3], "ft": [2, 2], "ht": [2, 0], "agg": [5, 5]},
         Phases(Goals(2, 0), Goals(2, 2), Goals(3, 3), Goals(4, 2))),
    ],
)  # fmt: skip
def test_scores(value: Any, phases: Phases) -> None:
    notices: list[str] = []
    assert (read_phases(value, notices.append), notices) == (phases, [])


@pytest.mark.parametrize(
    ("value", "phases", "notice"),
    [
        (
            {"ht": [2, 0], "ft": [1, 3]},
            Phases(full_time=Goals(1, 3)),
            "the half-time score 2–0 is above the later 1–3; the half-time score is left out",
        ),
        (
            {"ft": [1, 1], "p": [4, 4]},
            Phases(full_time=Goals(1, 1), shootout=Goals(4, 4)),
            "the shoot-out ended 4–4, which decides nothing; kept",
        ),
        (
            {"ft": [2, 1], "p": [4, 2]},
            Phases(full_time=Goals(2, 1), shootout=Goals(4, 2)),
            "a shoot-out 4–2 follows 2–1, which was decided (a second leg?); kept",
        ),
    ],
)
def test_odd_scores_are_kept_and_said(value: Any, phases: Phases, notice: str) -> None:
    notices: list[str] = []
    assert (read_phases(value, notices.append), notices) == (phases, [notice])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2-1", 'score is 2-1; write it like {"ft": [2, 1]}'),
        (3, 'score is 3; write it like {"ft": [2, 1]}'),
        ({"ft": [2]}, "score: ft is [2], not a pair of goals; write it like [2, 1]"),
        ({"ft": "2-1"}, "score: ft is 2-1, not a pair of goals; write it like [2, 1]"),
        ([1, 2, 3], "score: ft is [1, 2, 3], not a pair of goals; write it like [2, 1]"),
        ({"ht": [2, -1]}, "score: ht is -1, not a whole number from 0 to 999; correct it"),
        ({"ht": [2, 1.5]}, "score: ht is 1.5, not a whole number from 0 to 999; correct it"),
        ({"p": [True, 1]}, "score: p is True, not a whole number from 0 to 999; correct it"),
        ({"et": [None, 1]}, "score: et is None, not a whole number from 0 to 999; correct it"),
        ({"ft": [1000, 0]}, "score: ft is 1000, not a whole number from 0 to 999; correct it"),
    ],
)
def test_what_is_no_score_says_so(value: Any, message: str) -> None:
    with pytest.raises(WrongValueError) as error:
        read_phases(value, print)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("goal", "entry"),
    [
        ({"name": "A", "minute": 9}, GoalEntry("A", 9)),
        ({"name": "A", "minute": "9"}, GoalEntry("A", 9)),
        ({"name": "A", "minute": "90+3"}, GoalEntry("A", 90, 3)),
        ({"name": "A", "minute": "45'+2'"}, GoalEntry("A", 45, 2)),
        ({"name": "A", "minute": 105}, GoalEntry("A", 105)),
        ({"name": "A", "minute": 90, "offset": 3}, GoalEntry("A", 90, 3)),
        ({"name": "A", "minute": "90", "offset": "3"}, GoalEntry("A", 90, 3)),
        ({"name": "A", "minute": 90, "offset": 0}, GoalEntry("A", 90)),
        ({"name": "A"}, GoalEntry("A")),
        ({"minute": 9}, GoalEntry("", 9)),
        ({"name": " A  B ", "minute": 9, "penalty": True}, GoalEntry("A B", 9, penalty=True)),
        ({"name": "A", "minute": 9, "owngoal": True, "seen": 1}, GoalEntry("A", 9, own_goal=True)),
    ],
)
def test_goals(goal: dict[str, Any], entry: GoalEntry) -> None:
    notices: list[str] = []
    assert (read_goals([goal], "goals1", notices.append), notices) == ((entry,), [])


@pytest.mark.parametrize(
    ("goal", "notice"),
    [
        ({"name": "A", "minute": "late"}, "goals1[0]: the minute late can't be; left out"),
        ({"name": "A", "minute": 0}, "goals1[0]: the minute 0 can't be; left out"),
        ({"name": "A", "minute": 90, "offset": "x"}, "goals1[0]: the minute 90 with offset x can't be; left out"),
    ],
)
def test_a_minute_that_cannot_be_is_left_out_and_said(goal: dict[str, Any], notice: str) -> None:
    notices: list[str] = []
    assert (read_goals([goal], "goals1", notices.append), notices) == ((GoalEntry("A"),), [notice])


def test_no_list_of_goals_is_not_an_empty_one() -> None:
    assert read_goals(None, "goals1", print) is None
    assert read_goals([], "goals1", print) == ()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({}, "goals2 is an object, not a list of goals; correct or remove it"),
        (["A"], 'goals2[0] is A, not a goal; write it like {"name": "A. Name", "minute": 9}'),
        ([{"name": []}], "goals2[0] name is [], not a text; put it in quotes or remove it"),
    ],
)
def test_what_are_no_goals_says_so(value: Any, message: str) -> None:
    with pytest.raises(WrongValueError) as error:
        read_goals(value, "goals2", print)
    assert str(error.value) == message
