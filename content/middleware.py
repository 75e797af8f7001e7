"""A page that can't be made because the database is away or busy says so; what a browser may run on each page."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from csp.middleware import CSPMiddleware, PolicyParts

from content.cluster.outage import first_line
from content.unavailable import Trouble, trouble_in

logger = logging.getLogger(__name__)

FOUND = "_database_trouble"
"""The attribute of a request in whose handling the trouble came up."""


class PolicyMiddleware(CSPMiddleware):
    """Sends the Content-Security-Policy of the public pages, or of the admin's."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(reverse("admin:index")):
            parts.replace = settings.CONTENT_SECURITY_POLICY_OF_ADMIN
        return parts


class UnavailableMiddleware:
    """Answers 503 and Retry-After for an error that is the database's, with DEBUG on as well.

    Must stand outside everything that asks the database. The error of a view comes to `process_exception`; Django turns
    one of another middleware into a response before it can be caught, but tells of it by a signal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        trouble: Trouble | None = getattr(request, FOUND, None)
        if trouble is None or response.status_code == 503:
            return response
        return unavailable(request, trouble)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        trouble = trouble_in(error)
        if trouble is None:
            return None
        _mark(request, error, trouble)
        return unavailable(request, trouble)


def unavailable(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Return the plain page: it asks the database for nothing."""
    page = render_to_string("503.html", {"away": trouble is Trouble.AWAY, "writes": request.method == "POST"})
    headers = {"Retry-After": str(trouble.value), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def note_trouble(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Marks the request whose error Django is about to answer with 500."""
    error = sys.exc_info()[1]
    trouble = trouble_in(error) if error else None
    if error and trouble and request is not None:
        _mark(request, error, trouble)


got_request_exception.connect(note_trouble, dispatch_uid="content.middleware.note_trouble")


class NoTrouble(logging.Filter):
    """Keeps Django's own lines, and tracebacks, of such requests out of the log: they have their line from here."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(getattr(record, "request", None), FOUND, None) is None


def _mark(request: HttpRequest, error: BaseException, trouble: Trouble) -> None:
    reason = first_line(error)
    logger.error("%s %s: 503, the database is %s: %s", request.method, request.path, trouble.name.lower(), reason)
    setattr(request, FOUND, trouble)
