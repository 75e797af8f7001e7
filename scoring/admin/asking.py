"""The page on which an action asks before it does anything: what it would do, to what, and why."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import helpers
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

CONFIRMED = "_confirmed"
NAMES_SHOWN = 20
REPEATED = ("action", "select_across", helpers.ACTION_CHECKBOX_NAME)


def is_confirmed(request: HttpRequest) -> bool:
    return request.method == "POST" and CONFIRMED in request.POST


def ask(
    shown_by: Any, request: HttpRequest, *, button: str, says: str, rows: Iterable[object], back: str = ""
) -> HttpResponse:
    """Return the page that asks; its form repeats what was posted, with an answer that `is_confirmed` finds.

    `says` tells what would happen to the `rows`, whose names stand below it. `back`: where "no" leads to.
    """
    names = [str(row) for row in rows]
    context = {
        **shown_by.admin_site.each_context(request),
        "title": button,
        "opts": shown_by.opts,
        "button": button,
        "says": says,
        "number": len(names),
        "names": names[:NAMES_SHOWN],
        "hidden": [(name, value) for name in REPEATED for value in request.POST.getlist(name)],
        "back": back or request.get_full_path(),
    }
    return TemplateResponse(request, "admin/ask.html", context)
