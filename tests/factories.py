"""Short ways to put facts into the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from scoring.models import AIModel, Competition, Match, Prediction, Season, Team
from scoring.rules import Goals
from scoring.services import Result, record_result

KICKOFF = datetime(2026, 6, 11, 18, tzinfo=UTC)


def a_season(name: str = "World Cup 2026", **competition: Any) -> Season:
    title, _, label = name.rpartition(" ")
    owner, _ = Competition.objects.get_or_create(name=title, defaults=competition)
    return Season.objects.get_or_create(competition=owner, label=label, name=name)[0]


def a_team(name: str) -> Team:
    return Team.objects.get_or_create(name=name)[0]


def a_model(name: str) -> AIModel:
    return AIModel.objects.get_or_create(name=name)[0]


def a_match(
    home: str = "Mexico",
    away: str = "Wales",
    *,
    kickoff: datetime = KICKOFF,
    season: Season | None = None,
    **fields: Any,
) -> Match:
    return Match.objects.create(
        season=season or a_season(),
        home=a_team(home),
        away=a_team(away),
        kickoff=kickoff,
        date=kickoff.date(),
        **{"round": "Matchday 1", **fields},
    )


def predictions(
    match: Match, tips: dict[str, tuple[int, int]], *, before: timedelta | None = timedelta(days=1)
) -> None:
    """Writes one prediction a model, submitted `before` the kickoff (negative: after it; None: at an unknown time)."""
    for name, (home, away) in tips.items():
        Prediction.objects.create(
            match=match,
            model=a_model(name),
            home_goals=home,
            away_goals=away,
            submitted_at=None if before is None else match.kickoff - before,
        )


def finish(match: Match, home: int, away: int, **phases: Any) -> None:
    record_result(match.pk, Result(full_time=Goals(home, away), **phases), by="a test")
