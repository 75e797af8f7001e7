"""What the queue runs for this app. Raise: try again. Return: done; the line is for the operator."""

from datetime import datetime

from django.conf import settings

from content import catching_up, services
from content.ordering import keep_order
from content.reports import services as reports
from content.reports.attempts import attempt
from content.reports.ordering import Subject
from scoring import pipeline

TIME_FOR_A_SEASON: float = settings.ROUNDUP_SECONDS / 2
"""Seconds after which a task for a season hands the rest to the next one; below the queue's timeout."""


def write_roundup(match_id: int) -> str:
    """Writes the roundup of a match, if it is missing or no longer current; see `services.write_roundup`."""
    with pipeline.attempt(match_id, services.STEP):
        return str(services.write_roundup(match_id))


def write_again(match_id: int, ordered_at: str) -> str:
    """What earlier versions of this program have put into the queue for `ordering.order_again`."""
    with pipeline.attempt(match_id, services.STEP):
        keep_order(match_id, datetime.fromisoformat(ordered_at))
        return str(services.write_roundup(match_id))


def write_season_roundups(season_id: int) -> str:
    """Writes what is missing or no longer current in a season; see `services.write_season_roundups`."""
    done, left = services.write_season_roundups(season_id, seconds=TIME_FOR_A_SEASON)
    return f"{done} roundups looked at, {left} left"


def write_round_report(season_id: int, name: str) -> str:
    """Writes the report on a round, if it is ready and has none that holds; see `reports.services`."""
    with attempt(Subject(season_id, name)):
        return str(reports.write_round_report(season_id, name))


def write_season_report(season_id: int, model_id: int) -> str:
    """Writes the report on a model's season; see `reports.services`."""
    with attempt(Subject(season_id, model_id=model_id)):
        return str(reports.write_season_report(season_id, model_id))


def catch_up() -> str:
    """Restarts what is lost; see `catching_up.catch_up`. Its schedule comes with `migrate`."""
    return str(catching_up.catch_up())
