"""Runs a command until whoever started it closes stdin or dies; then ends it, and every process it has started.

`python -m content.demo.keeper COMMAND …`, as the leader of a process group of its own.
"""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

PATIENCE = 5.0
"""Seconds that the command gets to end by itself before its whole group is killed."""


def keep(command: Sequence[str]) -> None:
    """Does not return: the group that it kills in the end is its own."""
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  the demo's own command
        while child.poll() is None and not _let_go():
            pass
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE)
    finally:
        os.killpg(os.getpgrp(), signal.SIGKILL)


def _let_go() -> bool:
    """Whether stdin was closed; nobody ever writes to it. Waits a moment for it."""
    return bool(select.select([sys.stdin], [], [], 0.2)[0])


if __name__ == "__main__":
    if os.getpgrp() != os.getpid():
        sys.exit("the keeper kills its process group in the end, so it must have one of its own")
    keep(sys.argv[1:])
