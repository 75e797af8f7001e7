"""A match of invented teams and models, with three goals, seven tips and a season of two matches before it."""

from datetime import UTC, datetime, timedelta

from content.course import Scorer
from content.facts import MatchFacts
from tests.quality.playing import Game, season_facts

KICKOFF = datetime(2031, 5, 3, 18, 30, tzinfo=UTC)
MODELS = ("Alder", "Birch", "Cedar 2", "Dogwood", "Elm", "Fern-7", "Gorse")

GAMES = [
    Game("Tarnby", "Castria", KICKOFF - timedelta(days=14), "Matchday 1", (1, 1), (0, 0)),
    Game("Norvale", "Oskar Hill", KICKOFF - timedelta(days=7), "Matchday 2", (0, 1), (0, 1)),
    Game(
        "Norvale",
        "Castria",
        KICKOFF,
        "Matchday 3",
        (2, 1),
        (0, 1),
        goals=(
            Scorer("away", "Aldo Reyn", 12, None, penalty=False, own_goal=False),
            Scorer("home", "Ivo Marsh", 55, None, penalty=False, own_goal=False),
            Scorer("home", "Ivo Marsh", 88, None, penalty=True, own_goal=False),
        ),
        venue="Harbour Park",
    ),
]
TIPS = [
    dict(zip(MODELS, [(1, 1), (0, 0), (2, 0), (1, 0), (0, 1), (2, 1), (1, 1)], strict=True)),
    dict(zip(MODELS, [(1, 0), (0, 1), (0, 1), (2, 0), (0, 2), (1, 1), (0, 1)], strict=True)),
    dict(zip(MODELS, [(2, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 1), (0, 1)], strict=True)),
]


def facts() -> MatchFacts:
    """Return the facts of Norvale 2–1 Castria; three of seven had the outcome, Alder the exact score."""
    return season_facts("Harbour League 2031", GAMES, TIPS)[-1]


def drawn() -> MatchFacts:
    """Return the facts of the first match, Tarnby 1–1 Castria, of whose goals nothing is known but the halves."""
    return season_facts("Harbour League 2031", GAMES, TIPS)[0]
