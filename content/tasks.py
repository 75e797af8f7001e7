"""What the queue runs for this app. Raise: try again. Return: done; the line is for the operator."""

from datetime import datetime

from content import services
from content.models import RoundupRevision
from scoring import pipeline

TIME_FOR_A_SEASON = 60.0
"""Seconds after which a task for a season hands the rest to the next one; below the queue's timeout."""


def write_roundup(match_id: int) -> str:
    """Writes the roundup of a match, if it is missing or no longer current; see `services.write_roundup`."""
    with pipeline.attempt(match_id, services.STEP):
        return str(services.write_roundup(match_id))


def write_again(match_id: int, ordered_at: str) -> str:
    """Writes a new version though the facts may be the same, unless one was since the order; see `pipeline.again`."""
    if RoundupRevision.objects.filter(
        roundup__match=match_id, written_at__gte=datetime.fromisoformat(ordered_at)
    ).exists():
        return f"match {match_id}: written again already"
    with pipeline.attempt(match_id, services.STEP):
        return str(services.write_roundup(match_id, fresh=True, reason="written again"))


def write_season_roundups(season_id: int) -> str:
    """Writes what is missing or no longer current in a season; see `services.write_season_roundups`."""
    done, left = services.write_season_roundups(season_id, seconds=TIME_FOR_A_SEASON)
    return f"{done} roundups looked at, {left} left"
