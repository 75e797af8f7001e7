"""How far ahead a time may lie that a right clock has written."""

from datetime import timedelta

from pytest_django import Settings

from scoring import clocks
from scoring.retries import PAUSES


def test_the_longest_pause_is_that_of_the_retries() -> None:
    assert PAUSES[-1] == clocks.LONGEST_PAUSE


def test_a_step_can_wait_for_its_delay(settings: Settings) -> None:
    settings.SEASON_PIPELINE = [("a.b", 86_400)]
    assert clocks.furthest_try() == timedelta(days=1, minutes=5)


def test_a_row_can_be_locked_for_the_longest_retry(settings: Settings) -> None:
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "retry": 100, "ALT_CLUSTERS": {"slow": {"retry": 600}}}
    assert clocks.furthest_lock() == timedelta(seconds=900)
    assert clocks.furthest_lock(100) == timedelta(seconds=400)
