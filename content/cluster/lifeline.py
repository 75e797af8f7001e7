"""What the operating system has to do for the cluster: children that die with their parent, names, and no orphans."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG, PR_SET_NAME, PR_SET_CHILD_SUBREAPER = 1, 15, 36
ORPHANED = 71
"""The status of a process whose parent is gone."""


class _Coming:
    """What a process that is about to be forked has to know."""

    parent = 0
    role = ""


def install() -> None:
    """Ties every process forked from this one, by it or by its children, to the life of its parent.

    On Linux the tie is to the parent's thread that forked: fork from the main thread only. Orphans, if there are any,
    become children of this process.
    """
    if LINUX:
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
    os.register_at_fork(before=_remember_parent, after_in_child=_tie)


def name_this(role: str) -> None:
    """Lets `ps`, `top` and `/proc/PID/comm` show the process as ft-ROLE (Linux; at most 15 characters)."""
    if LINUX:
        _prctl(PR_SET_NAME, f"ft-{role}".encode())


@contextmanager
def role(name: str) -> Iterator[None]:
    """Gives the processes that are forked inside the block this name."""
    _Coming.role = name
    try:
        yield
    finally:
        _Coming.role = ""


def children() -> list[int]:
    """Return the ids of this process's children, orphans among them; empty where the system doesn't tell."""
    lists = Path("/proc/self/task").glob("*/children")
    return [int(pid) for found in lists for pid in found.read_text().split()]


def _remember_parent() -> None:
    _Coming.parent = os.getpid()


def _tie() -> None:
    # A terminal's Ctrl-C, or its end, and a supervisor's SIGTERM to the whole group are the supervisor's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if LINUX:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(_Coming.parent,), daemon=True).start()
    if os.getppid() != _Coming.parent:
        os._exit(ORPHANED)
    if _Coming.role:
        name_this(_Coming.role)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(ORPHANED)


def _prctl(option: int, value: int | bytes) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl({option}) was refused")
