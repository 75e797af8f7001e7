"""What happens when a match finishes: the whole story, once in this process and once with the real ones."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

from django_q.models import Schedule

import psycopg
import pytest

from content.models import Roundup
from content.tasks import write_roundup
from scoring.models import MatchProgress, Score
from scoring.rules import Goals
from scoring.services import Result, record_result
from scoring.tasks import score_match
from stats.leaderboard import season_table
from stats.models import MatchStats
from stats.tasks import calculate_stats
from tests.factories import a_match, predictions
from tests.processes import Project, free_port, project
from tests.web import Visitor

TIPS = {"Always 2–1": (2, 1), "Home side": (1, 0), "Draws": (1, 1), "Away side": (0, 2)}
DELAY = timedelta(seconds=30)


def table(season_id: int) -> list[tuple[int, str, int]]:
    return [(row.rank, row.entry.model, row.entry.totals.points) for row in season_table(season_id).rows]


@pytest.mark.django_db
def test_a_finished_match_is_scored_counted_and_only_then_written_about() -> None:
    match = a_match()
    predictions(match, TIPS)

    record_result(match.pk, Result(full_time=Goals(2, 1)), by="an editor")
    assert MatchProgress.objects.get().step == "scoring.tasks.score_match"

    score_match(match.pk)
    assert dict(Score.objects.values_list("model__name", "points")) == {
        "Always 2–1": 7,
        "Home side": 4,
        "Draws": 0,
        "Away side": 0,
    }
    assert not MatchStats.objects.exists()

    calculate_stats(match.pk)
    assert table(match.season_id) == [(1, "Always 2–1", 7), (2, "Home side", 4), (3, "Away side", 0), (3, "Draws", 0)]
    due = Schedule.objects.get(func="content.tasks.write_roundup").next_run
    assert timedelta(0) <= due - MatchStats.objects.get().counted_at - DELAY < timedelta(seconds=1)
    assert not Roundup.objects.exists()

    write_roundup(match.pk)
    roundup = Roundup.objects.public().get()
    assert (roundup.match_id, roundup.revision, roundup.stats_version) == (match.pk, 2, 1)
    assert "2–1" in roundup.headline
    assert MatchProgress.objects.get().step == ""


@pytest.mark.django_db
def test_after_a_correction_nobody_sees_the_roundup_until_it_is_true_again() -> None:
    match = a_match()
    predictions(match, TIPS)
    for goals in (Goals(2, 1), Goals(1, 1)):
        record_result(match.pk, Result(full_time=goals), by="an editor")
        assert not Roundup.objects.public().exists()
        score_match(match.pk)
        calculate_stats(match.pk)
        assert not Roundup.objects.public().exists()
        write_roundup(match.pk)
        assert f"{goals.home}–{goals.away}" in Roundup.objects.public().get().headline
    assert Roundup.objects.get().revision == 3


STAGE = f"""
from django.contrib.auth.models import User
from tests.factories import a_match, predictions
match = a_match()
predictions(match, {TIPS!r})
User.objects.create_superuser("editor", password="kick-off-at-eight")
print(match.pk, match.season_id)
"""
ANSWER = """
import json, sys
from tests.test_match_finished import table
for season in sys.stdin:
    print(json.dumps(table(int(season))), flush=True)
"""
WORK = """
import sys
from scoring.rules import Goals
from scoring.services import Result, record_result, score_match
from stats.services import calculate_stats
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
"""


class Moments(NamedTuple):
    """When each thing that follows a result happened, or is due; None: not yet."""

    settled: datetime | None
    counted: datetime | None
    due: datetime | None
    written: datetime | None


MOMENTS = """
    SELECT settled_at, counted_at, next_run, written_at FROM scoring_match
    LEFT JOIN scoring_settlement ON scoring_settlement.match_id = scoring_match.id AND superseded_at IS NULL
    LEFT JOIN stats_matchstats ON stats_matchstats.match_id = scoring_match.id
    LEFT JOIN django_q_schedule ON func = 'content.tasks.write_roundup'
    LEFT JOIN content_roundup ON content_roundup.match_id = scoring_match.id
"""


def moments(url: str) -> Moments:
    """Read all of them from the database in one statement, past Django and past every process of the site."""
    if url.startswith("postgres"):
        with psycopg.connect(url) as connection:
            row = connection.execute(MOMENTS).fetchone()
    else:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            row = connection.execute(MOMENTS).fetchone()
    assert row is not None
    return Moments(*(datetime.fromisoformat(str(at)).replace(tzinfo=UTC) if at else None for at in row))


def known(at: datetime | None) -> datetime:
    assert at is not None
    return at


def stage(site: Project) -> tuple[int, int]:
    match, season = site.run("shell", "--no-imports", "-c", STAGE).split()
    return int(match), int(season)


def answers(visitor: Visitor) -> str | None:
    try:
        return visitor.get("/admin/login/")
    except URLError:
        return None


def enter_result(visitor: Visitor, match: int) -> None:
    """Logs in as the editor and saves 2–1 in the match's form."""
    visitor.submit("/admin/login/", {"username": "editor", "password": "kick-off-at-eight"})
    result = {"status": "finished", "full_time_home": "2", "full_time_away": "1"}
    visitor.submit(f"/admin/scoring/match/{match}/change/", result, button="_save")


def leaderboard(site: Project) -> list[tuple[int, str, int]]:
    rows = json.loads(site.run("leaderboard", "--season", "World Cup 2026", "--format", "json"))
    return [(row["rank"], row["model"], row["points"]) for row in rows]


@pytest.mark.real_clock
def test_a_result_entered_in_the_admin_becomes_a_roundup_by_real_processes_and_the_real_clock(tmp_path: Path) -> None:
    with project(tmp_path, ROUNDUP_DELAY="") as site:
        match, _ = stage(site)
        address = f"127.0.0.1:{free_port()}"
        site.start("server", "runserver", "--noreload", address)
        site.start("queue", "qcluster")
        visitor = Visitor(f"http://{address}")
        site.wait_for("login page", lambda: answers(visitor), seconds=30)
        enter_result(visitor, match)

        def reached(what: str) -> Moments | None:
            now = moments(site.environment["DATABASE_URL"])
            return now if getattr(now, what) else None

        first = site.wait_for("stats", lambda: reached("counted"), seconds=30)
        assert leaderboard(site)[0] == (1, "Always 2–1", 7)
        last = site.wait_for("roundup", lambda: reached("written"), seconds=100)
        settled, counted, due, written = map(known, (*first[:3], last.written))
        assert settled <= counted
        assert abs(due - counted - DELAY) <= timedelta(seconds=1)
        assert due <= written
        assert "2–1" in visitor.get("/")


@contextmanager
def conversation(site: Project, program: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that lives as long as a web server's or a worker's, and answers each line with a line."""
    process = subprocess.Popen(
        site.command("shell", "--no-imports", "-c", program),
        env=site.full_environment,
        cwd=site.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def tell(process: "subprocess.Popen[str]", line: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline()


def ask(process: "subprocess.Popen[str]", season: int) -> list[tuple[int, str, int]]:
    return [(rank, model, points) for rank, model, points in json.loads(tell(process, str(season)))]


def test_a_table_read_by_another_process_right_after_the_stats_commit_is_the_new_one(tmp_path: Path) -> None:
    with project(tmp_path) as site, conversation(site, ANSWER) as reader, conversation(site, WORK) as worker:
        match, season = stage(site)
        assert ask(reader, season) == []
        for home, best in ((2, (1, "Always 2–1", 7)), (0, (1, "Away side", 4))):
            before = ask(reader, season)
            record = f"record_result({match}, Result(full_time=Goals({home}, 1)), by='a test'); score_match({match})"
            assert tell(worker, record) == "done\n"
            assert ask(reader, season) == before
            assert tell(worker, f"calculate_stats({match})") == "done\n"
            after = ask(reader, season)
            assert (after[0], leaderboard(site)) == (best, after)
