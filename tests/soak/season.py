"""The files of a season that is invented as it goes: fixtures, scores and predictions follow from numbers."""

import json
from datetime import UTC, datetime, timedelta
from random import Random

MATCHES = 30
"""Matches of one season; those of a round kick off together."""

MODELS = [f"Model {letter}" for letter in "ABCDEFGH"]
HEADER = "model,date,home_team,away_team,home_goals,away_goals,submitted_at,competition,season"
FIRST = datetime(2026, 2, 1, 15, tzinfo=UTC)
A_ROUND = 5


def kickoff(number: int) -> datetime:
    return FIRST + timedelta(days=3 * (number // A_ROUND))


def sides(season: int, number: int) -> tuple[str, str]:
    return f"Home {number} of {season}", f"Away {number} of {season}"


def matches_file(season: int, numbers: range, chance: Random, *, played: float) -> bytes:
    """An openfootball document with these matches; so large a share of them has a score."""
    rows = []
    for number in numbers:
        home, away = sides(season, number)
        begins = kickoff(number)
        row = {"date": f"{begins:%Y-%m-%d}", "time": f"{begins:%H:%M} UTC+0", "round": f"Round {number // A_ROUND}"}
        score = {"score": {"ft": [chance.randrange(4), chance.randrange(4)]}} if chance.random() < played else {}
        rows.append({**row, "team1": home, "team2": away, **score})
    return json.dumps({"name": f"League {season} 2026", "matches": rows}).encode()


def predictions_file(season: int, numbers: range, chance: Random) -> list[bytes]:
    """The lines of a CSV file with the prediction of every model for these matches, now and then a late one."""
    lines = [HEADER]
    for number in numbers:
        home, away = sides(season, number)
        for model in MODELS:
            at = kickoff(number) + timedelta(hours=1 if chance.random() < 0.05 else -20)
            tip = f"{chance.randrange(4)},{chance.randrange(4)}"
            lines.append(
                f"{model},{kickoff(number):%Y-%m-%d},{home},{away},{tip},{at.isoformat()},League {season},2026"
            )
    return [f"{line}\n".encode() for line in lines]
