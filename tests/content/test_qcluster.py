"""The real cluster, some of whose processes are killed, or stopped, while it has work to do."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.cluster.running import complete, enqueue, kill, lines, roles, survivors, tell, waiting
from tests.processes import Project, project, scratch_database

SOON = 30
"""Seconds for what takes one on a quiet machine; far below the 180 after which the queue delivers again by itself."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Project]:
    with project(tmp_path, LOG_LEVEL="INFO") as running:
        yield running


def wait_until_complete(site: Project, supervisor: int) -> dict[str, list[int]]:
    return site.wait_for("all processes", lambda: complete(supervisor), seconds=SOON, every=0.1)


def wait_for_lines(site: Project, path: Path, expected: list[str]) -> None:
    site.wait_for(f"{expected}", lambda: lines(path) == expected or None, seconds=SOON, every=0.05)


def wait_for_each(site: Project, path: Path, expected: list[str]) -> None:
    """Waits for these lines, each at least once: what is killed between work and acknowledgement is done again."""
    site.wait_for(f"{expected}", lambda: [*dict.fromkeys(lines(path))] == expected or None, seconds=SOON, every=0.05)


def pids(found: dict[str, list[int]]) -> list[int]:
    return [pid for group in found.values() for pid in group]


def test_whichever_process_is_killed_all_of_them_are_replaced_and_the_work_goes_on(
    site: Project, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    supervisor = site.start("queue", "qcluster").pid
    expected: list[str] = []
    for role in ("monitor", "pusher", "worker", "sentinel", "cluster"):
        before = wait_until_complete(site, supervisor)
        kill(before[role][0])
        assert survivors(pids(before), 5) == []
        enqueue(site, ("note", str(notes), role))
        expected.append(role)
        wait_for_each(site, notes, expected)
    site.stop()
    assert site.started["queue"].returncode == 0
    assert "Traceback" not in site.output()


def test_a_task_that_went_down_with_its_worker_is_done_again_at_once(site: Project, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    supervisor = site.start("queue", "qcluster").pid
    before = wait_until_complete(site, supervisor)
    enqueue(site, waiting(tmp_path, "first"), waiting(tmp_path, "second"))
    site.wait_for("two busy workers", lambda: len(lines(notes)) == 2 or None, seconds=SOON, every=0.05)
    kill(before["worker"][0])
    site.wait_for("both again", lambda: len(lines(notes)) == 4 or None, seconds=SOON, every=0.05)
    tell(tmp_path)
    site.wait_for("the end of both", lambda: len(lines(notes)) == 6 or None, seconds=SOON)
    assert sorted(lines(notes)) == ["first begins"] * 2 + ["first ends"] + ["second begins"] * 2 + ["second ends"]


def test_with_the_supervisor_everything_ends_and_the_next_one_does_what_it_left(site: Project, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    first = site.start("first", "qcluster")
    before = wait_until_complete(site, first.pid)
    enqueue(site, waiting(tmp_path, "job"))
    wait_for_lines(site, notes, ["job begins"])
    kill(first.pid)
    first.wait(timeout=5)
    assert survivors(pids(before), 5) == []
    del site.started["first"]
    site.start("second", "qcluster")
    wait_for_lines(site, notes, ["job begins", "job begins"])
    tell(tmp_path)
    wait_for_lines(site, notes, ["job begins", "job begins", "job ends"])


@pytest.mark.real_clock
@pytest.mark.parametrize("role", ["monitor", "pusher", "sentinel", "cluster"])
def test_a_cluster_that_stands_still_ends_itself_with_the_reason(tmp_path: Path, role: str) -> None:
    notes = tmp_path / "notes"
    with project(tmp_path, Q_TIMEOUT="1", Q_RETRY="3") as site:
        queue = site.start("queue", "qcluster")
        before = wait_until_complete(site, queue.pid)
        os.kill(before[role][0], signal.SIGSTOP)
        enqueue(site, ("note", str(notes), "anything"))
        assert queue.wait(timeout=60) == 1
        assert survivors(pids(before), 5) == []
        assert site.output().count("has done no work for 6 seconds though some waits, or does not answer") == 1


@pytest.mark.real_clock
def test_a_task_that_hangs_costs_its_worker_and_nothing_else(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with project(tmp_path, Q_TIMEOUT="1", Q_RETRY="60") as site:
        supervisor = site.start("queue", "qcluster").pid
        before = wait_until_complete(site, supervisor)
        enqueue(site, ("hang", str(notes)))
        wait_for_lines(site, notes, ["hangs"])
        site.wait_for("one new worker", lambda: new_worker(supervisor, before), seconds=SOON)
        enqueue(site, ("note", str(notes), "goes on"))
        wait_for_lines(site, notes, ["hangs", "goes on"])


def new_worker(supervisor: int, before: dict[str, list[int]]) -> bool | None:
    now = complete(supervisor)
    if now is None:
        return None
    same = {role: now[role] == before[role] for role in before}
    assert {role: same[role] for role in same if role != "worker"} == dict.fromkeys(set(same) - {"worker"}, True)
    return len(set(now["worker"]) & set(before["worker"])) == 1 or None


@pytest.fixture
def _heard() -> Iterator[None]:
    """Whoever runs the tests may have told them not to hear of the end of his terminal (nohup)."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_whole_group_ends_it_in_order(site: Project, tmp_path: Path, number: int) -> None:
    notes = tmp_path / "notes"
    queue = site.start("queue", "qcluster")
    before = wait_until_complete(site, queue.pid)
    enqueue(site, waiting(tmp_path, "job"))
    wait_for_lines(site, notes, ["job begins"])
    os.killpg(queue.pid, number)
    time.sleep(1)
    assert queue.poll() is None
    tell(tmp_path)
    assert queue.wait(timeout=SOON) == 0
    assert lines(notes) == ["job begins", "job ends"]
    assert survivors(pids(before), 1) == []
    assert "Traceback" not in site.output()


def test_a_second_signal_ends_it_at_once(site: Project, tmp_path: Path) -> None:
    queue = site.start("queue", "qcluster")
    before = wait_until_complete(site, queue.pid)
    enqueue(site, waiting(tmp_path, "job"))
    wait_for_lines(site, tmp_path / "notes", ["job begins"])
    for _ in range(2):
        queue.send_signal(signal.SIGTERM)
        time.sleep(0.5)
    assert queue.wait(timeout=5) == 1
    assert survivors(pids(before), 1) == []


def test_a_slow_writer_in_a_queue_of_its_own_delays_nothing_else(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with project(tmp_path, ROUNDUP_CLUSTER="on", Q_WORKERS="1") as site:
        both, one = site.start("both", "qcluster"), site.start("one", "qcluster", "--name", "roundups")
        site.wait_for("two sentinels", lambda: len(roles(both.pid).get("sentinel", ())) == 2 or None, seconds=SOON)
        site.wait_for("one cluster", lambda: complete(one.pid, workers=1), seconds=SOON)
        enqueue(site, *[waiting(tmp_path, "writer")] * 4, queue="roundups")
        site.wait_for("a busy writer", lambda: lines(notes) or None, seconds=SOON)
        enqueue(site, ("note", str(notes), "scored"))
        site.wait_for("the scores", lambda: "scored" in lines(notes) or None, seconds=SOON)
        assert set(lines(notes)) == {"writer begins", "scored"}
        tell(tmp_path)


def test_a_database_without_tables_is_waited_for(tmp_path: Path) -> None:
    with scratch_database(tmp_path) as url:
        site = Project(tmp_path, {"DATABASE_URL": url})
        try:
            queue = site.start("queue", "qcluster").pid
            says = "the database can't be used yet, trying again"
            site.wait_for("a message", lambda: site.output().count(says) == 1 or None, seconds=SOON)
            site.run("migrate", "--verbosity=0")
            wait_until_complete(site, queue)
        finally:
            site.stop()


def test_a_queue_that_nobody_has_heard_of_is_refused(tmp_path: Path) -> None:
    queue = Project(tmp_path, {}).start("queue", "qcluster", "--name", "nobody")
    assert queue.wait(timeout=SOON) == 1
    assert (tmp_path / "queue.log").read_text() == "CommandError: There is no queue 'nobody': choose from fulltime.\n"
