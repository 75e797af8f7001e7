"""A page that can't be made because of the database: 503 wherever the error comes up, and nothing else is."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.sessions.backends.signed_cookies import SessionStore as CookieStore
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path
from django.utils.functional import SimpleLazyObject

import psycopg
import pytest
from pytest_django import Settings

from content.unavailable import Trouble, trouble_in

AWAY, BUSY = Trouble.AWAY, Trouble.BUSY


def of(kind: type[Exception], cause: BaseException | None = None, text: str = "why\nmore") -> Exception:
    error = kind(text)
    error.__cause__ = cause
    return error


def sqlite(text: str) -> Exception:
    cause = type("OperationalError", (Exception,), {"__module__": "sqlite3"})()
    return of(OperationalError, cause, text)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (of(OperationalError, psycopg.OperationalError()), AWAY),
        (of(OperationalError, psycopg.errors.AdminShutdown()), AWAY),
        (of(OperationalError, psycopg.errors.CannotConnectNow()), AWAY),
        (of(OperationalError, psycopg.errors.TooManyConnections()), AWAY),
        (of(OperationalError, psycopg.errors.ConnectionFailure()), AWAY),
        (of(DatabaseError, psycopg.errors.IdleInTransactionSessionTimeout()), AWAY),
        (of(InterfaceError, text="the connection is closed"), AWAY),
        (of(InterfaceError, text="connection already closed"), AWAY),
        (of(InterfaceError, text="Error binding parameter 1"), None),
        (of(InterfaceError, text="the cursor is closed"), None),
        (of(OperationalError, psycopg.errors.LockNotAvailable()), BUSY),
        (of(OperationalError, psycopg.errors.DeadlockDetected()), BUSY),
        (of(OperationalError, psycopg.errors.DiskFull()), AWAY),
        (of(DatabaseError, psycopg.errors.ReadOnlySqlTransaction()), AWAY),
        (of(ProgrammingError, psycopg.errors.UndefinedTable()), None),
        (of(IntegrityError, psycopg.errors.UniqueViolation()), None),
        (sqlite("database is locked"), BUSY),
        (sqlite("unable to open database file"), AWAY),
        (sqlite("database or disk is full"), AWAY),
        (sqlite("attempt to write a readonly database"), AWAY),
        (sqlite("no such table: x"), None),
        (ValueError("database is locked"), None),
    ],
)
def test_which_errors_are_the_databases(error: Exception, expected: Trouble | None) -> None:
    assert trouble_in(error) == expected


LOST = of(OperationalError, psycopg.OperationalError())
LOCKED = of(OperationalError, psycopg.errors.LockNotAvailable())
MISTAKE = of(ValueError)


def fails(error: Exception) -> Callable[..., Any]:
    def fail(*args: object) -> Any:
        raise error

    return fail


def renders(request: HttpRequest) -> HttpResponse:
    """A page whose error comes up only while its template is filled in."""
    return TemplateResponse(request, "notice.html", {"notice": SimpleLazyObject(fails(LOST))})


def remembers(request: HttpRequest) -> HttpResponse:
    """A page that is made; its session can't be saved."""
    request.session["seen"] = True
    return HttpResponse("made")


class SessionStore(CookieStore):
    """Sessions kept in a database that goes away between the reading and the writing."""

    save = fails(LOST)


urlpatterns = [
    path("lost/", fails(LOST)),
    path("locked/", fails(LOCKED)),
    path("mistake/", fails(MISTAKE)),
    path("renders/", renders),
    path("remembers/", remembers),
    path("admin/", admin.site.urls),
]


@pytest.fixture(params=[True, False], ids=["debug", "production"])
def visitor(request: pytest.FixtureRequest, settings: Settings) -> Client:
    settings.DEBUG = request.param
    settings.ROOT_URLCONF = __name__
    settings.SESSION_ENGINE = __name__
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("page", "retry_after"), [("/lost/", "30"), ("/renders/", "30"), ("/remembers/", "30"), ("/locked/", "5")]
)
def test_a_page_without_its_database_says_so(
    visitor: Client, page: str, retry_after: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visitor.get(page)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, retry_after, "no-store")
    assert answer.content.decode().count("<h1>Back in a moment</h1>") == 1
    assert answer.content.decode().count("was not saved") == 0
    what = "away" if retry_after == "30" else "busy"
    shown = [record.getMessage() for record in caplog.records if record.levelname in {"ERROR", "WARNING"}]
    assert shown == [f"GET {page}: 503, the database is {what}: why"]
    assert [record.exc_info for record in caplog.records if record.exc_info] == []


def test_whoever_sent_something_is_told_that_it_was_not_saved(visitor: Client) -> None:
    assert visitor.post("/lost/").content.decode().count("was not saved") == 1


def test_a_mistake_of_ours_stays_one(visitor: Client) -> None:
    assert visitor.get("/mistake/").status_code == 500


def test_what_needs_no_database_is_not_touched(visitor: Client) -> None:
    assert visitor.get("/no-such-page/").status_code == 404
