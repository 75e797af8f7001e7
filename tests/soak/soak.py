"""A web server and a cluster of four workers on SQLite, with imports, results, corrections and page views at once."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.processes import ROOT, Project, free_port
from tests.soak.done import PASSWORD, Done
from tests.web import Visitor

WORKERS = 4
WEB_PROCESSES = 3
FEEDERS = ("importing", "importing", "recording", "recording", "editing", "reading", "reading")
SETTLING = 600
"""Seconds in which everything has to be done once nothing new comes in."""

PEOPLE = (
    f'from django.contrib.auth.models import User; User.objects.create_superuser("operator", password="{PASSWORD}")'
)
LEFT = """
from django_q.models import OrmQ, Schedule
from scoring.models import MatchProgress
schedules = Schedule.objects.exclude(name="catch_up")
print(sum(rows.count() for rows in (MatchProgress.objects.unfinished(), OrmQ.objects.all(), schedules)))
"""
FAILED = "from django_q.models import Failure; print([str(row.result)[:300] for row in Failure.objects.all()])"


@dataclass(frozen=True)
class Report:
    """What was done, what pages took at most (milliseconds), and everything that should not have happened."""

    seconds: float
    done: Done
    locked: int
    failures: str
    verified: str

    @property
    def ok(self) -> bool:
        return not self.done.errors and not self.locked and self.failures == "[]"

    def __str__(self) -> str:
        slowest = sorted(self.done.slowest.items(), key=lambda item: -item[1])
        lines = [
            f"{self.seconds:.0f} seconds, {WORKERS} workers, {WEB_PROCESSES} web processes, {len(FEEDERS)} feeders",
            *(f"{what}: {count:,}" for what, count in sorted(self.done.counts.items())),
            "slowest: " + ", ".join(f"{page} {milliseconds:,} ms" for page, milliseconds in slowest[:5]),
            f"database is locked: {self.locked}; other errors: {len(self.done.errors)}; failed tasks: {self.failures}",
            *self.done.errors,
            self.verified.strip(),
        ]
        return "\n".join(lines)


def soak(folder: Path, seconds: float, seed: str = "1") -> Report:
    """Runs it all for so long on a new SQLite database in `folder`, waits until the work is done, and verifies."""
    url = f"sqlite:///{folder / 'soak.sqlite3'}"
    environment = {"DATABASE_URL": url, "Q_WORKERS": str(WORKERS), "ROUNDUP_DELAY": "2", "DEBUG": "on"}
    running = Project(folder, environment)
    try:
        running.run("migrate", "--verbosity=0")
        running.run("shell", "--no-imports", "-c", PEOPLE)
        site = _web(running)
        running.start("cluster", "qcluster")
        done = _feed(running, seconds, seed, site)
        running.wait_for("the end of the work", lambda: _idle(running), seconds=SETTLING, every=2)
        failures = running.run("shell", "--no-imports", "-c", FAILED).strip()
        verified = running.run("verify", "--finished", "--facts", seconds=600)
        locked = len(re.findall("database is locked", running.output() + failures + "".join(done.errors)))
    finally:
        running.stop()
    return Report(seconds, done, locked, failures, verified)


def _idle(running: Project) -> bool | None:
    return running.run("shell", "--no-imports", "-c", LEFT).strip() == "0" or None


def _web(running: Project) -> str:
    """Starts the web server and returns its address."""
    port = free_port()
    command = ["gunicorn", "config.wsgi", f"--workers={WEB_PROCESSES}", f"--bind=127.0.0.1:{port}", "--timeout=120"]
    with (running.folder / "web.log").open("wb") as log:
        running.started["web"] = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=running.full_environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = f"http://127.0.0.1:{port}"
    running.wait_for("an answer of the web server", lambda: _answer(site), seconds=60)
    return site


def _answer(site: str) -> str | None:
    try:
        return Visitor(site).get("/")
    except OSError:
        return None


def _feed(running: Project, seconds: float, seed: str, site: str) -> Done:
    """Lets every feeder do its work, and returns what all of them did."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.soak.feeding", kind, f"{seed} {number}", str(seconds), site],
            env={**running.full_environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, kind in enumerate(FEEDERS)
    ]
    try:
        return _added([feeder.communicate(timeout=seconds + 300) for feeder in started])
    finally:
        for feeder in started:
            feeder.kill()
            feeder.wait()


def _added(told: Sequence[tuple[str, str]]) -> Done:
    done = Done()
    for said, complained in told:
        if not said:
            done.errors.append(complained)
            continue
        one = json.loads(said)
        done.counts += Counter(one["counts"])
        done.errors += one["errors"]
        for page, milliseconds in one["slowest"].items():
            done.slowest[page] = max(done.slowest.get(page, 0), milliseconds)
    return done
