"""What the queue runs for this app. Raise: try again. Return: done; the line is for the operator."""

from scoring import pipeline
from stats import services


def calculate_stats(match_id: int) -> str:
    """Counts a match; see `services.calculate_stats`."""
    with pipeline.attempt(match_id, services.STEP):
        return str(services.calculate_stats(match_id))


def calculate_season_stats(season_id: int) -> str:
    """Counts the matches of a season that wait; see `services.calculate_season_stats`."""
    with pipeline.attempt_season(season_id, services.SEASON_STEP):
        return str(services.calculate_season_stats(season_id, hand_on=True))
