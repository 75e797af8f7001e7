"""The clusters that run, or ran, and what they have in hand: to be looked at."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from content.cluster.standing import State, state_of
from content.models import Heartbeat, Sweep, TakenTask
from scoring.admin.unfolded import ReadOnlyAdmin, labelled

COLOURS = {State.WORKS: "success", State.STILL: "warning", State.SILENT: "danger", State.STOPPED: "info"}


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin[Heartbeat]):
    list_display = [
        "cluster",
        "host",
        "pid",
        "state",
        "beat_at",
        "started_at",
        "restarts",
        "workers",
        "stopped_because",
    ]
    list_filter = ["cluster"]
    search_fields = ["host", "cluster", "stopped_because"]
    date_hierarchy = "beat_at"

    @labelled({state.value: colour for state, colour in COLOURS.items()}, "state")
    def state(self, heart: Heartbeat) -> tuple[str, str]:
        now = timezone.now()
        state = state_of(heart, now)
        since = "" if state in {State.WORKS, State.STOPPED} else f" for {_whole(now - heart.beat_at)}"
        return state.value, f"{state.value}{since}"


@admin.register(TakenTask)
class TakenTaskAdmin(ReadOnlyAdmin[TakenTask]):
    list_display = ["task", "heartbeat", "taken_at", "lost"]
    list_select_related = ["heartbeat"]
    search_fields = ["=task", "^heartbeat__host"]
    ordering = ["-task"]


@admin.register(Sweep)
class SweepAdmin(ReadOnlyAdmin[Sweep]):
    list_display = ["name", "position", "swept_at"]
    search_fields = ["name"]
    ordering = ["name"]


def _whole(time: timedelta) -> timedelta:
    return timedelta(seconds=int(time.total_seconds()))
