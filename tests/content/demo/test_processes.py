"""The demo's processes: one demo a database, a free port, and no child that outlives it."""

import os
import pty
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import psutil
import pytest

from content.demo.keys import single_keys
from content.demo.processes import HOST, Children, DemoError, free_port, only_demo_on


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[int]:
    with only_demo_on(tmp_path / "demo.sqlite3") as descriptor:
        yield descriptor


def test_a_second_demo_on_the_same_database_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "demo.sqlite3"
    with (
        only_demo_on(database),
        pytest.raises(DemoError, match=rf"^Another demo runs on .*demo\.sqlite3 \(process {os.getpid()}\): end it"),
        only_demo_on(database),
    ):
        pass
    with only_demo_on(database), only_demo_on(tmp_path / "other.sqlite3"):
        pass


def test_what_a_killed_demo_leaves_behind_is_waited_for(tmp_path: Path) -> None:
    database = tmp_path / "demo.sqlite3"
    with only_demo_on(database) as descriptor:
        keeper_of_the_dead = subprocess.Popen(["sleep", "0.6"], pass_fds=[descriptor])
    dead = subprocess.Popen(["true"])
    dead.wait()
    database.with_name("demo.sqlite3-lock").write_text(str(dead.pid))
    began = time.monotonic()
    with only_demo_on(database):
        assert time.monotonic() - began > 0.3
    keeper_of_the_dead.wait()


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        taken = listener.getsockname()[1]
        assert free_port(taken) > taken


def wait_in_vain(lock: int, name: str) -> None:
    with Children(lock) as children:
        children.start(name)
        while True:
            children.require_alive()
            time.sleep(0.05)


def test_a_child_that_ends_is_reported_and_its_last_words_are_kept(lock: int) -> None:
    with pytest.raises(DemoError, match=r"(?s)^nosuchcommand has ended; .*Unknown command.* is in ") as raised:
        wait_in_vain(lock, "nosuchcommand")
    folder = Path(str(raised.value).rpartition(" is in ")[2].rstrip("."))
    assert [path.name for path in folder.iterdir()] == ["nosuchcommand.log"]
    shutil.rmtree(folder)


@pytest.mark.parametrize("end", ["let go", "killed"])
def test_a_keeper_that_is_let_go_ends_the_command_and_its_children(end: str) -> None:
    starter = (
        "import subprocess, sys, time; "
        "keeper = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, start_new_session=True); "
        "print(keeper.pid, flush=True); "
        "sys.stdin.read()"
    )
    command = ["sh", "-c", "sleep 300 & sleep 300"]
    demo = subprocess.Popen(
        [sys.executable, "-c", starter, sys.executable, "-m", "content.demo.keeper", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
    )
    with demo:
        assert demo.stdin is not None
        assert demo.stdout is not None
        keeper = psutil.Process(int(demo.stdout.readline()))
        while len(family := keeper.children(recursive=True)) < 3:
            time.sleep(0.02)
        if end == "killed":
            demo.kill()
        else:
            demo.stdin.close()
        _, left = psutil.wait_procs([keeper, *family], timeout=10)
    assert [process for process in left if process.status() != psutil.STATUS_ZOMBIE] == []


def test_a_keeper_refuses_to_share_its_process_group() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "content.demo.keeper", "true"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "the keeper kills its process group in the end, so it must have one of its own\n",
    )


def test_single_keys_are_read_without_return_and_other_keys_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, side = pty.openpty()

    def type_two_keys() -> None:
        os.write(terminal, b"xC")

    with os.fdopen(side) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        os.write(terminal, b"q")  # typed before it was asked for
        with single_keys() as wait_for:
            assert wait_for("cq", type_two_keys) == "c"
    os.close(terminal)
