"""How the importing commands report: what went wrong on stderr, a progress bar on a terminal."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from rich.console import Console
from rich.progress import track

SHOWN = 50
"""Lines of one kind that are written before only the number of the others is."""


def write_lines(stream: OutputWrapper, lines: Sequence[str], *, indent: str = "") -> None:
    """Writes the first `SHOWN` lines, and how many more there are."""
    for line in lines[:SHOWN]:
        stream.write(f"{indent}{line}")
    if len(lines) > SHOWN:
        stream.write(f"{indent}and {len(lines) - SHOWN} more")


def progress(stream: OutputWrapper, description: str) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Return what shows a progress bar while a sequence is worked through: on a terminal only."""
    if not stream.isatty():
        return iter
    console = Console(stderr=True)
    return lambda items: track(items, description=description, console=console, transient=True)


def require_none_failed(failed: Sequence[str], files: Sequence[str]) -> None:
    """Raises `CommandError` (exit status 1) if a file failed; says which, and that the others are in."""
    if not failed:
        return
    others = [file for file in files if file not in failed]
    done = f" Done: {', '.join(others)}." if others else ""
    raise CommandError(f"Nothing was written of {', '.join(dict.fromkeys(failed))}.{done}")
