"""Pieces of texts that are made to take a reader long: each opens something again and again."""

HOSTILE = [
    "a ",
    "1-",
    "1 + ",
    "1",
    "*",
    "_a",
    "[",
    "<a",
    "{",
    "|",
    "\\",
    '"',
    "\n\n",
    "Alder and ",
    "1, 2, ",
    "A. ",
    "(",
    "half ",
]
