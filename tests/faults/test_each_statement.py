"""Every statement of every step fails in turn, or is the last before the process dies; a second run repairs it all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django_q.models import OrmQ, Schedule

import pytest

from content.catching_up import catch_up
from content.models import Roundup
from content.verify import verify
from scoring.models import Season
from stats.models import ModelStats
from stats.rebuild import rebuild_season
from tests.faults.scenes import SCENES, Act, Scene
from tests.faults.states import state
from tests.interruptions import CURSORS_LEFT_OPEN, DeadError, RefusedError, interrupted
from tests.queue import run_queue

pytestmark = [pytest.mark.django_db, CURSORS_LEFT_OPEN]

AT_MOST = 400
"""Statements; a step has some dozens."""


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Ends:
    """The states in which a scene ended with all work done; each is verified once."""

    verified: set[str] = field(default_factory=set)

    def come_to_one(self) -> tuple[object, ...]:
        """Does all the work there is; then everything is as it must be. Returns what readers and tables have of it."""
        run_queue()
        connection.check_constraints()
        if (end := state()) not in self.verified:
            report = verify(finished=True, facts=True)
            assert report.ok, str(report)
            for pk in Season.objects.values_list("pk", flat=True):
                assert rebuild_season(pk).differences == ()
            self.verified.add(end)
        written = Roundup.objects.order_by("headline").values_list("headline", "status", "revision")
        public = Roundup.objects.public().order_by("headline").values_list("headline", flat=True)
        stats = ModelStats.objects.order_by("season__name", "model__name")
        totals = stats.values_list("season__name", "model__name", "predictions", "points")
        return list(written), list(public), list(totals)


def stopped(act: Act, at: int, error: type[BaseException]) -> str:
    """Stops it at a statement, and returns which that was; "" if it has fewer."""
    with interrupted(at, error) as statements:
        try:
            act()
        except (DeadError, RefusedError):
            pass
        except Exception as raised:
            if "RefusedError" not in str(raised):  # what a season's task raises names what went wrong
                raise
    return statements.last if statements.struck else ""


def the_queue_is_lost() -> None:
    OrmQ.objects.all().delete()
    Schedule.objects.filter(func__startswith="content.tasks.write_").delete()
    catch_up(everything=True)


def repair(scene: Scene, act: Act, ends: Ends, right: object) -> None:
    """What was left behind breaks no rule; the queue's second delivery repairs it, or a sweep if the queue was lost."""
    report = verify()
    assert report.ok or (scene.lost and report.failed == ("nothing is lost",)), str(report)
    if scene.task:
        with taken_back():
            the_queue_is_lost()
            assert ends.come_to_one() == right
    act()
    assert ends.come_to_one() == right


def errors_at(at: int) -> tuple[type[BaseException], ...]:
    """Return how this statement fails: with ERRORS=both in both ways.

    Without, by turns in one of them: every second statement on SQLite, and those between on PostgreSQL.
    """
    if os.environ.get("ERRORS") == "both":
        return DeadError, RefusedError
    if (at % 2 == 0) != (connection.vendor == "postgresql"):
        return ()
    return (DeadError,) if at % 4 < 2 else (RefusedError,)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_each_statement(scene: Scene) -> None:
    act = scene.prepare()
    before, known, ends = state(), set[str](), Ends()
    with taken_back():
        act()
        after = state()
        right = ends.come_to_one()
    for at in range(1, AT_MOST):
        for error in errors_at(at):
            with taken_back():
                statement = stopped(act, at, error)
                if not statement:
                    assert (at > 3, state()) == (True, after)
                    return
                left = state()
                try:
                    assert scene.task or left in (before, after), "something is half done"
                    if left not in known:
                        repair(scene, act, ends, right)
                except Exception as problem:
                    problem.add_note(f"{scene}, {error.__name__} at statement {at}: {statement}")
                    raise
                known.add(left)
    raise AssertionError("it comes to no end")
