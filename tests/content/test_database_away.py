"""PostgreSQL is stopped for half a minute under a running cluster and a running web server."""

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError

import psycopg
import pytest

from tests.content.cluster.running import complete, enqueue, lines, roles, tell, waiting
from tests.processes import Project, free_port
from tests.torture.server import Server
from tests.web import Visitor

SECONDS_AWAY = 30
SOON = 20
STAGE = """
from datetime import timedelta
from django.contrib.auth.models import User
from scoring.rules import Goals
from scoring.services import Result, record_result
from tests.factories import KICKOFF, a_match, predictions
User.objects.create_superuser("editor", password="kick-off-at-eight")
for number in range(12):
    match = a_match(round=f"Round {number}", kickoff=KICKOFF + timedelta(days=number))
    predictions(match, {"Always 2–1": (2, 1), "Draws": (1, 1)})
"""
FINISH = """
from scoring.models import Match
from scoring.rules import Goals
from scoring.services import Result, record_result
for match in Match.objects.all():
    record_result(match.pk, Result(full_time=Goals(2, 1)), by="a test")
"""
UNWRITTEN = "SELECT count(*) FROM scoring_match m LEFT JOIN content_roundup r ON r.match_id = m.id WHERE r.id IS NULL"
QUEUED = "SELECT count(*) FROM django_q_ormq"
OF_THE_DATABASE = ("/", "/roundups/1/", "/admin/", "/admin/scoring/match/")
ALWAYS = {"/static/content/site.css": 200, "/no-such-page": 404}


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="fulltime-away-") as folder:
        running = Server(Path(folder))
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture
def site(server: Server, tmp_path: Path) -> Iterator[Project]:
    running = Project(tmp_path, {"DATABASE_URL": server.url, "ROUNDUP_DELAY": "1", "DEBUG": "on"})
    try:
        running.run("migrate", "--verbosity=0")
        running.run("shell", "--no-imports", "-c", STAGE)
        yield running
    finally:
        running.stop()


def answer(visitor: Visitor, path: str) -> tuple[int, str, str] | None:
    """Return the status, Retry-After and text of a page; None if nobody listens yet."""
    try:
        return 200, "", visitor.get(path)
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Retry-After", ""), error.read().decode()
    except URLError:
        return None


def statuses(visitor: Visitor) -> dict[str, int]:
    answers = {path: answer(visitor, path) for path in (*OF_THE_DATABASE, *ALWAYS)}
    return {path: found[0] for path, found in answers.items() if found}


def none_left(server: Server, query: str) -> bool | None:
    with psycopg.connect(server.url) as connection:
        return connection.execute(query).fetchone() == (0,) or None


@pytest.mark.real_clock
def test_while_the_database_is_away_pages_say_so_and_afterwards_everything_goes_on(
    server: Server, site: Project, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    address = f"127.0.0.1:{free_port()}"
    visitor = Visitor(f"http://{address}")
    site.start("web", "runserver", "--noreload", address)
    queue = site.start("queue", "qcluster").pid
    before = site.wait_for("the cluster", lambda: complete(queue), seconds=SOON)
    site.wait_for("the login page", lambda: answer(visitor, "/admin/login/"), seconds=SOON)
    visitor.submit("/admin/login/", {"username": "editor", "password": "kick-off-at-eight"})
    enqueue(site, waiting(tmp_path, "job"))
    site.run("shell", "--no-imports", "-c", FINISH)

    outage = threading.Thread(target=server.strike, args=("fast",), kwargs={"pick": 0, "down": SECONDS_AWAY})
    outage.start()
    time.sleep(SECONDS_AWAY / 2)
    page = answer(visitor, "/")
    meanwhile = statuses(visitor)
    tell(tmp_path)
    late = site.start("late", "qcluster").pid
    outage.join()
    assert page is not None
    assert (page[0], page[1], page[2].count("<h1>Back in a moment</h1>")) == (503, "30", 1)
    assert meanwhile == dict.fromkeys(OF_THE_DATABASE, 503) | ALWAYS

    site.wait_for("the cluster that was started meanwhile", lambda: complete(late), seconds=SOON)
    site.wait_for("every roundup", lambda: none_left(server, UNWRITTEN), seconds=2 * SOON)
    site.wait_for("an empty queue", lambda: none_left(server, QUEUED), seconds=SOON)
    assert statuses(visitor) == dict.fromkeys(OF_THE_DATABASE, 200) | ALWAYS
    assert lines(notes) == ["job begins", "job ends"]
    assert roles(queue) == before
    logs = {name: (tmp_path / f"{name}.log").read_text() for name in ("web", "queue", "late")}
    for log in logs.values():
        assert "Traceback" not in log, log
