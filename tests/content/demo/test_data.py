"""The demo's data file: its totals, and that what it says of each match fits together."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from content.demo.data import FILE, MatchFacts, parse_goal, world_cup
from scoring.rules import Goals, Phases
from scoring.services import GoalFact
from scoring.services.results import require_consistent

MATCHES = world_cup().matches


def test_the_totals_are_those_of_the_tournament() -> None:
    last = [match.phases.extra_time or match.phases.full_time or Goals(99, 99) for match in MATCHES]
    assert len(MATCHES) == 64
    assert sum(goals.home + goals.away for goals in last) == 172
    assert sum(match.phases.extra_time is not None for match in MATCHES) == 5
    assert sum(match.phases.shootout is not None for match in MATCHES) == 5
    assert sum(goal.own_goal for match in MATCHES for goal in match.goals) == 2
    assert len({match.venue for match in MATCHES}) == 8


def test_every_team_plays_three_group_matches() -> None:
    group_matches = [match for match in MATCHES if match.group]
    appearances = Counter(name for match in group_matches for name in (match.home, match.away))
    assert len(appearances) == 32
    assert set(appearances.values()) == {3}
    assert Counter(match.group for match in group_matches) == dict.fromkeys((f"Group {x}" for x in "ABCDEFGH"), 6)
    assert Counter(match.round for match in MATCHES if not match.group) == {
        "Round of 16": 8,
        "Quarter-finals": 4,
        "Semi-finals": 2,
        "Match for third place": 1,
        "Final": 1,
    }


@pytest.mark.parametrize("match", MATCHES, ids=lambda m: f"{m.home}-{m.away}-{m.date}")
def test_the_goals_of_a_match_add_up_to_each_of_its_scores(match: MatchFacts) -> None:
    def until(minute: int) -> Goals:
        early = [goal.side for goal in match.goals if (goal.minute or 999) <= minute]
        return Goals(early.count("home"), early.count("away"))

    assert (match.phases.half_time, match.phases.full_time) == (until(45), until(90))
    assert match.phases.extra_time in (None, until(120))
    assert until(120) == (match.phases.extra_time or match.phases.full_time)
    require_consistent(match.phases, "finished")


def test_matches_stand_in_kickoff_order_and_the_final_is_last() -> None:
    assert list(MATCHES) == sorted(MATCHES, key=lambda match: match.kickoff)
    final = MATCHES[-1]
    assert (final.round, final.home, final.away) == ("Final", "Argentina", "France")
    assert final.kickoff == datetime(2022, 12, 18, 15, tzinfo=UTC)
    assert final.phases == Phases(Goals(2, 0), Goals(2, 2), Goals(3, 3), Goals(4, 2))


def test_kickoffs_are_in_utc_and_dates_as_printed_in_qatar() -> None:
    assert {match.kickoff.hour for match in MATCHES} == {10, 13, 15, 16, 19}
    assert {match.kickoff.tzinfo for match in MATCHES} == {UTC}
    assert all(match.date == match.kickoff.date() for match in MATCHES)


def test_the_file_says_where_its_facts_come_from() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8"))["source"].startswith("Facts from openfootball/worldcup.json")


@pytest.mark.parametrize(
    ("line", "goal"),
    [
        ("Ann Other 7", GoalFact("home", "Ann Other", 7)),
        ("Ann Other 90+11", GoalFact("home", "Ann Other", 90, 11)),
        ("Ann Other 45+2 pen", GoalFact("home", "Ann Other", 45, 2, penalty=True)),
        ("Ann Other 77 own", GoalFact("home", "Ann Other", 77, own_goal=True)),
    ],
)
def test_a_goal_is_read_from_its_line(line: str, goal: GoalFact) -> None:
    assert parse_goal("home", line) == goal


@pytest.mark.parametrize("line", ["Ann Other", "7", "Ann Other 7 header"])
def test_a_line_that_is_no_goal_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="is not a goal"):
        parse_goal("home", line)
