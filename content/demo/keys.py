"""Reads single keys from a terminal."""

import os
import select
import sys
import termios
import tty
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager


@contextmanager
def single_keys() -> Iterator[Callable[[Collection[str], Callable[[], None]], str]]:
    """Gives a function that waits for one of some keys and returns it; stdin must be a terminal.

    The function calls its second argument about once a second; at the end of the input it returns an empty string.
    """
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)

    def wait_for(keys: Collection[str], meanwhile: Callable[[], None]) -> str:
        termios.tcflush(terminal, termios.TCIFLUSH)
        while True:
            meanwhile()
            if select.select([terminal], [], [], 1.0)[0]:
                key = os.read(terminal, 1).decode(errors="replace").lower()
                if not key or key in keys:
                    return key

    try:
        yield wait_for
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
