"""Tables: never stale, totals only over seasons of one rule and basis, and as they stood at a match."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.management import CommandError, call_command

import pytest

from scoring.models import Match, Season
from scoring.services import score_match
from stats import leaderboard
from stats.aggregates import Entry
from stats.leaderboard import season_table, total_table
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, a_model, a_season, finish, predictions

pytestmark = pytest.mark.django_db


def counted(day: int, tips: dict[str, tuple[int, int]], season: Season | None = None) -> Match:
    """A match that ended 2–1, scored and counted."""
    match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day), season=season)
    predictions(match, tips)
    finish(match, 2, 1)
    score_match(match.pk)
    calculate_stats(match.pk)
    return match


def names(rows: list[Any]) -> list[tuple[int, str, int]]:
    return [(row.rank, row.entry.model, row.entry.totals.points) for row in rows]


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("leaderboard", *args, stdout=out)
    return out.getvalue()


def test_a_table_is_new_as_soon_as_its_season_is_counted() -> None:
    first = counted(1, {"A": (2, 1), "B": (0, 0)})
    assert names(season_table(first.season_id).rows) == [(1, "A", 7), (2, "B", 0)]
    counted(2, {"B": (2, 1), "A": (0, 0)})
    table = season_table(first.season_id)
    assert (names(table.rows), table.matches) == ([(1, "A", 7), (1, "B", 7)], 2)


def test_a_new_name_is_in_the_table_at_once() -> None:
    match = counted(1, {"A": (2, 1)})
    season_table(match.season_id)
    model = a_model("A")
    model.name = "Renamed"
    model.save()
    assert names(season_table(match.season_id).rows) == [(1, "Renamed", 6)]


def test_a_table_that_is_counted_anew_while_it_is_read_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    match = counted(1, {"A": (2, 1)})
    read, days = leaderboard._season_entries, [2]

    def after_a_count(season: Season) -> Sequence[Entry]:
        if days:
            counted(days.pop(), {"A": (2, 1)})
        return read(season)

    monkeypatch.setattr(leaderboard, "_season_entries", after_a_count)
    table = season_table(match.season_id)
    assert (table.matches, [row.entry.totals.predictions for row in table.rows]) == (2, [2])


def test_totals_add_only_seasons_of_one_rule_and_basis_and_name_the_others() -> None:
    counted(1, {"A": (2, 1)}, a_season("League 2025/26"))
    counted(2, {"A": (2, 1)}, a_season("World Cup 2026"))
    counted(3, {"A": (2, 1)}, a_season("Old Cup 1999", rule="fixed-2-3-4"))
    a_season("Unplayed Cup 2030", rule="kicktipp")
    table = total_table()
    assert (names(table.rows), table.matches, table.left_out) == ([(1, "A", 12)], 2, ("Old Cup 1999",))


def test_the_command_prints_json_csv_and_a_table() -> None:
    counted(1, {"A": (2, 1), "B": (1, 0)})
    rows = json.loads(run("--season", "World Cup 2026", "--format", "json"))
    assert rows[0] == {
        "rank": 1,
        "model": "A",
        "predictions": 1,
        "points": 6,
        "average_points": 6.0,
        "tendency_hits": 1,
        "goal_difference_hits": 1,
        "exact_hits": 1,
    }
    assert [row["model"] for row in csv.DictReader(io.StringIO(run("--format", "csv")))] == ["A", "B"]
    printed = run("--season", "World Cup 2026").splitlines()
    assert printed[0].strip() == "World Cup 2026, 1 match counted"
    assert [cell.strip() for cell in printed[4].strip("│").split("│")] == ["1", "A", "1", "6", "6.000", "1", "1", "1"]


def test_the_command_orders_by_a_metric() -> None:
    counted(1, {"A": (2, 1), "B": (1, 0)})
    counted(2, {"B": (1, 0)})
    rows = json.loads(run("--format", "json", "--metric", "tendency"))
    assert [(row["model"], row["tendency_hits"]) for row in rows] == [("B", 2), ("A", 1)]


def test_an_unknown_season_is_an_error_that_names_those_there_are() -> None:
    a_season("World Cup 2026")
    with pytest.raises(CommandError, match=r"There is no season \"Cup\"\. There are: World Cup 2026\."):
        run("--season", "Cup")
