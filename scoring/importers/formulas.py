"""Cells that a spreadsheet would run as a formula, made harmless with an apostrophe, and read back without it. Pure."""

import re

RUNS = re.compile("'*[=+\\-@\t\r]")
HARMLESS = re.compile("'+[=+\\-@\t\r]")


def harmless(text: str) -> str:
    """Return a text as a cell may hold it; `as_meant` gives back what went in."""
    return f"'{text}" if RUNS.match(text) else text


def as_meant(text: str) -> str:
    """Return what a cell of ours says."""
    return text[1:] if HARMLESS.match(text) else text
