"""A short run of the torture, and the proof that it would notice; the long runs are `make torture`."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_q.models import Schedule

import pytest

from content.models import Roundup, RoundupRevision
from scoring.models import Match, MatchProgress, Prediction, ResultChange
from stats.models import ModelStats
from tests.processes import ROOT
from tests.queue import run_queue
from tests.torture import feeder, stage, verdict, watcher
from tests.torture.report import Report
from tests.torture.script import script
from tests.torture.strikes import ESSENTIAL, strikes

SEED, KILLS = 3, 8
PLAYED = 6, 24
"""Matches and recordings of the scripts that are played in this process."""


@contextmanager
def torture(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """The harness as `make torture` starts it; if it is still there at the end it is told to clean up and go."""
    command = [sys.executable, "-m", "tests.torture", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.mark.real_clock
def test_nothing_is_lost_doubled_drifted_or_hung_when_everything_is_killed() -> None:
    with tempfile.TemporaryDirectory(prefix="fulltime-torture-") as name:
        folder = Path(name)
        arguments = ["--kills", str(KILLS), "--seed", str(SEED), "--database", connection.vendor, "--folder", name]
        with torture(*arguments) as process:
            printed, _ = process.communicate(timeout=240)
        assert process.returncode == 0, printed
        report = json.loads((folder / "report.json").read_text())
        assert [path.name for path in folder.iterdir()] == ["report.json"]
    assert sum(report["kills"].values()) == KILLS
    assert set(ESSENTIAL) <= set(report["kills"])
    assert sum(report["database_strikes"].values()) == (1 if connection.vendor == "postgresql" else 0)
    assert (report["matches"], sum(report["recordings"].values())) == (8, 40)
    assert report["looks"] > 0
    assert report["wrong"] == {kind: [] for kind in ("lost", "doubled", "drifted", "hung", "wrong")}


def test_the_same_seed_plans_the_same_run_and_another_one_another() -> None:
    planned = [strikes(seed, 50, machines=2, database=True) for seed in (1, 1, 2)]
    assert planned[0] == planned[1] != planned[2]
    scripts = [script(seed, 20, 80) for seed in (1, 1, 2)]
    assert scripts[0] == scripts[1] != scripts[2]


def test_a_long_run_strikes_at_everything() -> None:
    planned = strikes(SEED, 1000, machines=2, database=True)
    assert {strike.target for strike in planned} == {
        *ESSENTIAL,
        "pusher",
        "cluster",
        "supervisor",
        "feeder",
        "fast stop",
        "immediate stop",
        "postmaster",
        "backend",
    }
    assert sum(not strike.is_database for strike in planned) == 1000
    kinds = {action.kind for action in script(SEED, 320, 4000).actions}
    assert kinds == {
        "result",
        "correction",
        "void",
        "reinstatement",
        "move",
        "prediction",
        "exclusion",
        "return",
        "repetition",
        "rule",
    }


def played(folder: Path) -> None:
    """Plays the whole script in this process, and works off what follows from it."""
    stage.main(str(folder), SEED, PLAYED[0])
    (folder / "allowed").write_text(str(PLAYED[1]))
    feeder.main(str(folder), SEED, *PLAYED)
    run_queue(most=5000)


def judged(folder: Path) -> dict[str, list[str]]:
    verdict.main(str(folder), SEED, *PLAYED)
    wrong: dict[str, list[str]] = json.loads((folder / "verdict.json").read_text())["wrong"]
    return wrong


@pytest.mark.django_db
def test_a_season_that_nobody_disturbs_comes_to_what_the_script_says(tmp_path: Path) -> None:
    played(tmp_path)
    assert judged(tmp_path) == {"lost": [], "doubled": [], "drifted": []}
    public, lines = watcher.untrue(Random(SEED))
    assert (public, lines) == (Match.objects.to_settle().count(), [])
    feeder.main(str(tmp_path), SEED, *PLAYED)
    assert ResultChange.objects.filter(by=feeder.BY).count() == len(
        [action for action in script(SEED, *PLAYED).actions if action.kind != "repetition"]
    )


def twice() -> None:
    article = RoundupRevision.objects.first()
    assert article is not None
    article.pk, article.number = None, 99
    article.save()


DAMAGE: dict[str, tuple[str, Callable[[], Any]]] = {
    "a recording that left no trace": ("lost", lambda: ResultChange.objects.filter(reason="recording 0").delete()),
    "a result that is another": ("lost", lambda: Match.objects.to_settle().update(full_time_home=9)),
    "a prediction that is gone": ("lost", lambda: Prediction.objects.filter(score__points=None).delete()),
    "a match left behind": ("lost", lambda: MatchProgress.objects.update(step="stats.tasks.calculate_stats")),
    "a roundup that nobody sees": ("lost", lambda: Roundup.objects.update(status="held")),
    "a change made twice": ("doubled", lambda: ResultChange.objects.update(reason="recording 0")),
    "an article written twice": ("doubled", twice),
    "points that are too many": ("drifted", lambda: ModelStats.objects.update(points=99)),
}


@pytest.mark.django_db
def test_damage_is_found(tmp_path: Path) -> None:
    played(tmp_path)
    found = {}
    for name, (kind, do) in DAMAGE.items():
        with transaction.atomic():
            do()
            found[name] = judged(tmp_path)[kind] != []
            transaction.set_rollback(True)
    assert found == dict.fromkeys(DAMAGE, True)


@pytest.mark.django_db
def test_the_watcher_sees_what_is_not_true(tmp_path: Path) -> None:
    played(tmp_path)
    for roundup in Roundup.objects.all():
        roundup.facts["counted"] = [9, 9]
        roundup.facts_hash = "0" * 64
        roundup.save()
    public, lines = watcher.untrue(Random(SEED))
    assert len(lines) == 2 * public + watcher.THOROUGH
    for _ in range(2):
        Schedule.objects.create(name="write_roundup:1", func="content.tasks.write_roundup", next_run=timezone.now())
    assert watcher.doubled() == ["schedule write_roundup:1 exists 2 times"]


def test_tasks_that_are_delivered_again_are_counted_from_the_logs(tmp_path: Path) -> None:
    line = "2026-06-11 20:00:00,000 INFO django-q Process-1 processing red-fox 'stats.tasks.calculate_stats' [{}]\n"
    (tmp_path / "one.log").write_text(line.format("calculate_stats:1") + line.format("calculate_stats:2"))
    (tmp_path / "two.log").write_text("Something else\n" + line.format("calculate_stats:1"))
    report = Report(SEED, "sqlite")
    report.take_logs([tmp_path / "one.log", tmp_path / "two.log", tmp_path / "none.log"])
    assert (report.tasks, report.redeliveries) == ({"calculate_stats": 3}, 1)
