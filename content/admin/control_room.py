"""The front page of the admin: counts, the pipeline board, the workers, what comes next; `parts` renews itself."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from content import catching_up
from content.control_room.ahead import kickoffs, month
from content.control_room.board import board
from content.control_room.choice import Choice, State, read
from content.control_room.strip import strip
from content.control_room.workers import work
from content.models import Attention, Sweep
from scoring.admin.log import because, reason_in
from scoring.admin.unfolded import ReadOnlyAdmin
from scoring.models import Season

SEASONS_SHOWN = 200
"""In the list to choose from, those that came in last."""


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds what the front page shows; named in the settings of unfold."""
    choice = read(request.GET)
    return {**context, **room(request, choice), "seasons": seasons(choice), "states": list(State)}


def room(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    """Return everything that a person may see; what they may not is not asked for."""
    now, may = timezone.now(), request.user.has_perm
    sees_matches = may("scoring.view_match")
    return {
        "now": now,
        "choice": choice,
        "counts": strip(choice) if sees_matches else (),
        "board": board(choice, now, with_errors=may("scoring.view_matchprogress")) if sees_matches else None,
        "kickoffs": kickoffs(now) if sees_matches else (),
        "work": work(now),
        "sees_work": may("content.view_heartbeat"),
        "month": month(now) if may("content.view_spending") else None,
        "may_run": may("content.change_attention"),
    }


def seasons(choice: Choice) -> list[Season]:
    """Return the seasons to choose from, by name; the one that is chosen is among them however old it is."""
    newest = list(Season.objects.order_by("-pk")[:SEASONS_SHOWN])
    chosen = Season.objects.filter(pk=choice.season) if choice.season else Season.objects.none()
    return sorted({*newest, *chosen}, key=lambda season: season.name)


class ServesControlRoom(ReadOnlyAdmin[Attention]):
    """The addresses of the front page's parts and buttons."""

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("room/", guarded(parts), name="content_attention_room"),
            path("catch-up/", guarded(catch_up_view), name="content_attention_catch_up"),
            *super().get_urls(),
        ]


def parts(request: HttpRequest) -> HttpResponse:
    """Return what renews itself, for the address of the front page with the same choice."""
    return TemplateResponse(request, "admin/content/control_room_parts.html", room(request, read(request.GET)))


def catch_up_view(request: HttpRequest) -> HttpResponse:
    """Asks, and then looks for work that was lost, as the schedule does every five minutes."""
    if not request.user.has_perm("content.change_attention"):
        raise PermissionDenied
    if request.method != "POST":
        context = {**admin.site.each_context(request), "title": "Catch up"}
        return TemplateResponse(request, "admin/content/catch_up.html", context)
    try:
        found, level = str(catching_up.catch_up()), messages.SUCCESS
    except catching_up.CatchUpError as error:
        found, level = str(error), messages.ERROR
    _log(request, because(f"Caught up by hand: {found}", reason_in(request)))
    messages.add_message(request, level, f"Catch up: {found}.")
    return HttpResponseRedirect(reverse("admin:index"))


def _log(request: HttpRequest, message: str) -> None:
    rows = Sweep.objects.filter(pk=catching_up.NAME)
    LogEntry.objects.log_actions(cast(int, request.user.pk), rows, CHANGE, message)
