"""Reads single values of a file: texts, whole numbers, dates. Pure."""

import re
import unicodedata
from datetime import date
from typing import Any

UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters: no database and no terminal takes them."""

FIRST_YEAR, LAST_YEAR = 1800, 2199
SHOWN = 60
"""Characters of a wrong value that a message repeats."""


class WrongValueError(ValueError):
    """A value that can't be taken. The message says what is wrong; what to do."""


def shown(value: Any) -> str:
    """Return a value as a message may repeat it: on one line, short, printable."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list) and (len(value) > 3 or any(isinstance(item, dict | list) for item in value)):
        return "a list"
    plain = UNSTORABLE.sub("?", value if isinstance(value, str) else repr(value))
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


def tidy(text: str) -> str:
    """Return the text composed (NFC), each run of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_text(value: Any, name: str, most: int) -> str:
    """Return a tidy text of at most `most` characters; "" for None.

    A whole number is read as its digits, an object with a `name` as that name. Raises `WrongValueError`.
    """
    if isinstance(value, dict):
        value = value.get("name")
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**most else "9" * (most + 1)
    if not isinstance(value, str):
        raise WrongValueError(f"{name} is {shown(value)}, not a text; put it in quotes or remove it")
    text = tidy(value)
    if UNSTORABLE.search(text):
        raise WrongValueError(f"{name} holds characters that can't be stored; remove them")
    if len(text) > most:
        raise WrongValueError(f"{name} is longer than {most} characters; shorten it")
    return text


def read_renaming(text: str) -> tuple[str, str]:
    """Return the old and the new name in `OLD=NEW`. Raises `WrongValueError`."""
    old, equals, new = (tidy(part) for part in text.partition("="))
    if not (old and equals and new) or "=" in new or old == new:
        raise WrongValueError(f'"{shown(text)}" is not OLD=NEW, two names of one team')
    return old, new


def read_whole(value: Any, name: str, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`; digits in quotes are one, too. Raises `WrongValueError`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise WrongValueError(f"{name} is {shown(value)}, not a whole number from {least} to {most}; correct it")
    return value


def read_date(value: Any, name: str = "date") -> date:
    """Return a date written like 2026-06-11. Raises `WrongValueError`."""
    if value is None or value == "":
        raise WrongValueError(f"{name} is missing; write it like 2026-06-11")
    try:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise ValueError
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise WrongValueError(f'{name} "{shown(value)}" is not a date; write it like 2026-06-11') from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongValueError(f"{name} {day} can't be the day of a match; correct the year")
    return day
