"""What the commands take as values, with a message for what is none."""

from argparse import ArgumentTypeError
from datetime import date


def day(text: str) -> date:
    """Return the date of an ISO string; raises `ArgumentTypeError` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f'"{text}" is not a date; write it like 2026-06-11') from error
