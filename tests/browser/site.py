"""The project as a site with real processes: what is played on it, who may log in, and where it answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.processes import Project, free_port, project
from tests.web import Visitor

LOGIN, PASSWORD = "operator", "kick-off-at-three"
SOON = 60
SATURDAY = f'''
from datetime import timedelta
from random import Random
from django.contrib.auth.models import User
from django.utils import timezone
from tests.factories import a_match, a_season, predictions
User.objects.create_superuser({LOGIN!r}, password={PASSWORD!r})
chance = Random(1)
now = timezone.now().replace(minute=0, second=0, microsecond=0)
names = """Ashford Brookfield Castleton Denholm Eastgate Fairmead Glenside Harbury Ironbridge Juniper Kingsmoor Larkhill
Millbrook Northwick Oakhampton Penrose Quayside Redcliffe""".split()
models = ["Always 2–1", "Coin", "Draws", "Home side", "Underdog"]
for matchday, ago in ((1, timedelta(days=7)), (2, timedelta(hours=3))):
    for home, away in zip(names[::2], names[1::2] if matchday == 1 else names[3::2] + names[1:2]):
        season = a_season("First League 2026")
        match = a_match(home, away, kickoff=now - ago, season=season, round=f"Matchday {{matchday}}")
        predictions(match, {{model: (chance.randrange(4), chance.randrange(3)) for model in models}})
'''


@dataclass(frozen=True)
class Site:
    """A running web server at `address`; further processes are started by its `project`."""

    project: Project
    address: str


@contextmanager
def served(folder: Path, stage: str) -> Iterator[Site]:
    """The project on a new database on which `stage`, a text in Python, has run."""
    with project(folder, DEBUG="on", ROUNDUP_DELAY="2") as running:
        running.run("shell", "--no-imports", "-c", stage, seconds=300)
        port = free_port()
        running.start("web", "runserver", "--noreload", f"127.0.0.1:{port}")
        address = f"http://127.0.0.1:{port}"
        running.wait_for("the web server", lambda: _answers(address), seconds=SOON)
        yield Site(running, address)


def _answers(address: str) -> bool | None:
    try:
        Visitor(address).get("/")
    except URLError:
        return None
    return True
