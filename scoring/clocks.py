"""How far ahead of now a time of ours may lie: what lies further ahead was written by a machine whose clock was wrong.

Nothing waits for such a time, so that one wrong clock delays work by minutes, and not by as much as it was wrong.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings

APART = timedelta(minutes=5)
"""By so much the clocks of the machines may differ."""
LONGEST_PAUSE = timedelta(hours=6)
"""After which a step that failed is tried again at the latest; see `scoring.retries.PAUSES`."""


def furthest_lock(retry: float | None = None) -> timedelta:
    """Return for how long a queue row can be locked in a queue with this `retry`, in seconds; without one: in any."""
    options: dict[str, Any] = settings.Q_CLUSTER
    others = (own["retry"] for own in options.get("ALT_CLUSTERS", {}).values())
    longest = max([options["retry"], *others]) if retry is None else retry
    return timedelta(seconds=longest) + APART


def furthest_try() -> timedelta:
    """Return how far ahead a step can be scheduled: for a pause after a failure, or for the delay of a step."""
    steps = [*settings.MATCH_PIPELINE, *settings.SEASON_PIPELINE]
    delay = timedelta(seconds=max(delay or 0 for _, delay in steps))
    return max(LONGEST_PAUSE, delay) + APART
