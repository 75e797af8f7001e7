"""What the processes do where teams, new matches and previews get in each other's way."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from content import services as roundups
from scoring.models import Match, Season, Team
from scoring.rules import Goals
from scoring.services import (
    Result,
    ResultError,
    change_competition,
    change_match,
    create_match,
    import_matches,
    merge_teams,
    record_result,
    score_match,
)
from stats.effects import effect_of
from stats.rebuild import rebuild_season
from stats.services import calculate_stats
from tests.concurrency.plays import pausing_before, season_of
from tests.factories import a_match, a_team, finish, predictions
from tests.scoring.documents import document, entry

FIRST_OF_TEAMS = 'FROM "scoring_team"'
MOVE = 'UPDATE "scoring_match" SET "home_id"'


def teams_of(match_id: int) -> tuple[int, int]:
    """Return the id of the home team, and that of a new team."""
    return Match.objects.values_list("home", flat=True).get(pk=match_id), a_team(f"New {match_id}").pk


def merge_in_steps(enough: Any, old: int, into: int, *stops: Any) -> str:
    """Makes one team of two; stops when its matches are locked, and before they move."""
    with pausing_before(FIRST_OF_TEAMS, *stops[:2]), pausing_before(MOVE, *stops[2:]):
        return str(merge_teams(old, into, by="a crowd", reason="one and the same"))


def create_for(enough: Any, season_id: int, team_id: int, team: str, done: Any) -> str:
    """Writes down a match that has begun; returns what came of it."""
    now = timezone.now().replace(microsecond=0)
    fields = {"home": Team(pk=team_id, name=team), "away": a_team("Late guests"), "date": now.date(), "kickoff": now}
    try:
        return str(create_match(Season.objects.get(pk=season_id), {**fields, "round": "Late"}, by="x").revision)
    except ResultError as error:
        return str(error)
    finally:
        done.set()


def publish_late(enough: Any, season_id: int, done: Any) -> int:
    """Records, settles, counts and tells of the late match, if there is one; returns how many there are."""
    late = Match.objects.filter(season=season_id, round="Late").values_list("pk", flat=True)
    for pk in late:
        record_result(pk, Result(full_time=Goals(2, 2)), by="x")
        score_match(pk)
        calculate_stats(pk)
        roundups.write_roundup(pk)
    done.set()
    return len(late)


def changes_of_late(season_id: int) -> list[tuple[str, list[int]]]:
    """Return the home team of each late match, and the revisions that its changes made."""
    return [
        (match.home.name, sorted(match.changes.values_list("revision", flat=True)))
        for match in Match.objects.filter(season=season_id, round="Late")
    ]


def import_slowly(enough: Any, name: str, begun: Any, go_on: Any) -> tuple[int, int]:
    """Imports a file of a new season, and stops before that is written."""
    with pausing_before('INSERT INTO "scoring_season"', begun, go_on):
        return import_new(name)


def import_new(name: str, done: Any = None) -> tuple[int, int]:
    """Return how many matches of the file were created, and how many known."""
    content = document(*(entry(f"{name} {n}", f"{name} guests {n}", score=[1, 0]) for n in range(3)), name=name)
    imported = import_matches(content, "cup.json")
    if done:
        done.set()
    return imported.created, imported.unchanged


def import_beside(enough: Any, name: str, done: Any) -> tuple[int, int]:
    return import_new(name, done)


def award(match_id: int) -> None:
    change_match(match_id, {"status": "awarded"}, by="x", reason="the referee's report")


def preview_slowly(enough: Any, match_id: int, begun: Any, go_on: Any) -> int:
    """Previews a change of a competition, and stops when its season was counted; returns how often it was made."""
    made: list[int] = []
    _, competition = season_of(match_id)

    def change() -> None:
        made.append(change_competition(competition, {"score_awarded": True}, by="x", reason="y").matches)

    with pausing_before('FROM "stats_modelstats" INNER JOIN', begun, go_on):
        effect_of(change)
    return len(made)


def score_again(enough: Any, match_id: int, begun: Any) -> int:
    """Settles a match as a second delivery of its task does; returns how often it had to begin."""
    tries: list[str] = []

    def count(execute: Any, statement: str, *call: Any) -> Any:
        if statement.startswith('SELECT "scoring_match"."id"') and "LIMIT" in statement:
            tries.append(statement)
            begun.set()
        return execute(statement, *call)

    with connection.execute_wrapper(count):
        score_match(match_id)
    return len(tries)


def create_predicted_and_settle(enough: Any, season_id: int, done: Any) -> int:
    """Writes down a match that everybody predicted, finishes and settles it; returns how many scores it has."""
    match = a_match("Sudden", "Sudden guests", season=Season.objects.get(pk=season_id), round="Sudden")
    predictions(match, {"Model 1": (1, 0), "Model 2": (0, 0)})
    finish(match, 1, 0)
    score_match(match.pk)
    done.set()
    return match.scores.count()


def rebuild_slowly(enough: Any, season_id: int, begun: Any, go_on: Any) -> Sequence[str]:
    """Rebuilds a season, and stops when its matches are locked."""
    with pausing_before('FROM "scoring_season"', begun, go_on):
        return rebuild_season(season_id).differences
