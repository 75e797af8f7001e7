"""How the commands that change what was settled go about it: who did it, and what it would do before it is done."""

import getpass
from collections.abc import Callable
from typing import TypeVar

from stats.effects import effect_of

T = TypeVar("T")


def user(command: str) -> str:
    """Return who ran a command, for the record of changes."""
    try:
        return f"{command} by {getpass.getuser()}"[:150]
    except (KeyError, OSError):
        return command


def made_or_shown(change: Callable[[], T], describe: Callable[[T], str], *, dry_run: bool) -> list[str]:
    """Makes a change and returns a line about it; in a dry run the lines of its effect as well, and nothing is kept."""
    if not dry_run:
        return [describe(change())]
    result, effect = effect_of(change)
    return [describe(result), *effect.lines(), "Dry run: nothing was written."]
