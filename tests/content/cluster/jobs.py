"""Tasks for the queue that leave a trace in a file."""

import signal
import time
from pathlib import Path


def note(path: str, word: str) -> str:
    """Adds a line to the file."""
    with Path(path).open("a") as file:
        file.write(f"{word}\n")
    return word


def note_until(path: str, word: str, told: str) -> str:
    """Adds one line, waits until there is a file `told`, and adds another."""
    note(path, f"{word} begins")
    while not Path(told).exists():
        time.sleep(0.05)
    return note(path, f"{word} ends")


def hang(path: str) -> None:
    """Can't be reached by the alarm that ends tasks which take too long."""
    note(path, "hangs")
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(60)
