"""A verification is of one moment, keeps no writer waiting, and can write nothing: on a database of its own."""

from pathlib import Path

from tests.processes import project

SCRIPT = """
from threading import Thread

from django.db import DatabaseError, connection

from content.verify import verify
from content.verify.reading import snapshot
from scoring.models import Match, Team
from tests.factories import a_match, finish

match = a_match()
finish(match, 2, 1)

def write():
    Match.objects.update(revision=9)
    connection.close()

def disturb(found):
    if found.name == "in flight":  # the first check
        writer = Thread(target=write)
        writer.start()
        writer.join()

before = verify(tell=disturb)
print("written meanwhile:", Match.objects.get().revision)
print("seen:", before.failed)
print("seen afterwards:", verify().failed)
with snapshot():
    try:
        Team.objects.create(name="Nobody")
    except DatabaseError:
        print("refused")
Team.objects.create(name="Somebody")
print(Team.objects.filter(name__endswith="body").count())
"""


def test_a_verification_is_of_one_moment_and_disturbs_nobody(tmp_path: Path) -> None:
    with project(tmp_path) as running:
        told = running.run("shell", "--no-imports", "-c", SCRIPT)
    changed = ("every revision of a match says what changed", "progress stands at a step of the pipeline")
    assert told.splitlines() == [
        "written meanwhile: 9",
        "seen: ()",
        f"seen afterwards: ('{changed[0]}', '{changed[1]}, at the revision of its match')",
        "refused",
        "1",
    ]
