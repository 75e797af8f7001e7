"""What the queue runs for this app. Raise: try again. Return: done; the line is for the operator."""

from django.conf import settings

from scoring import pipeline, services

TIME_FOR_A_SEASON: float = settings.Q_CLUSTER["timeout"] / 2
"""Seconds after which a task for a season hands the rest to the next one; below the queue's timeout."""


def score_match(match_id: int) -> str:
    """Settles a match; see `services.score_match`."""
    with pipeline.attempt(match_id, "scoring.tasks.score_match"):
        return str(services.score_match(match_id))


def score_season(season_id: int) -> str:
    """Settles the matches of a season that wait; see `services.score_season`."""
    done, left = services.score_season(season_id, seconds=TIME_FOR_A_SEASON)
    return f"{done} matches settled, {left} still wait"
