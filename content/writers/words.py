"""Numbers, lists, dates and names in English and in Markdown, as pure functions."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import floor

from content.facts import Score

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NAMED = 4
"""How many names a sentence lists before it counts the rest."""


def number(n: int) -> str:
    """Return a count in words up to nine, in figures above; zero is `no`."""
    return SMALL[n] if 0 <= n < len(SMALL) else str(n)


def count(n: int, noun: str, nouns: str = "") -> str:
    """Return `one model`, `seven models`, `no models`."""
    return f"{number(n)} {noun if n == 1 else nouns or noun + 's'}"


def times(n: int) -> str:
    """Return `once`, `twice`, `three times`."""
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")


def ordinal(n: int) -> str:
    """Return `first` to `ninth`, then `10th`, `11th`, `21st`."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
    if 1 <= n <= len(words):
        return words[n - 1]
    return ordinal_figure(n)


def ordinal_figure(n: int) -> str:
    """Return `1st`, `2nd`, `11th`, `23rd`."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def listed(items: Sequence[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def names(models: Sequence[str]) -> str:
    """Return a list of names in Markdown; from more than `NAMED` + 1 on the rest is counted."""
    shown = [literal(model) for model in models]
    if len(shown) > NAMED + 1:
        shown = [*shown[:NAMED], f"{number(len(shown) - NAMED)} others"]
    return listed(shown)


def two_decimals(value: Fraction) -> str:
    """Return the value to two decimals, a half rounded up, in exact arithmetic: as every other table shows it."""
    return decimals(value, 2)


def decimals(value: Fraction, places: int) -> str:
    """Return the value, not negative, to so many decimals, a half rounded up."""
    scale = 10**places
    scaled = floor(value * scale + Fraction(1, 2))
    return f"{scaled // scale}.{scaled % scale:0{places}d}"


def score(goals: Score) -> str:
    return f"{goals[0]}–{goals[1]}"


def a_score(goals: Score) -> str:
    """Return `a 2–1`, and `an 8–8` where it is spoken so."""
    an = goals[0] in (8, 11, 18) or 80 <= goals[0] <= 89
    return f"{'an' if an else 'a'} {score(goals)}"


def day(iso: str) -> str:
    """Return `11 June 2026` for an ISO 8601 date."""
    d = date.fromisoformat(iso[:10])
    return f"{d.day} {d:%B %Y}"


def sentence(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def literal(text: str) -> str:
    """Return a name as Markdown that shows it as it is: on one line, nothing in it marks up or runs."""
    plain = re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split()))
    plain = plain.replace("<", "&lt;").replace(">", "&gt;")
    marked = re.sub(r"([\\`*_\[\]|{}#~!])", r"\\\1", plain)
    marked = marked.replace("\\~", "&#126;")
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([+\-:=])", r"\\\1", marked))


def pick(seed: str, options: Sequence[str]) -> str:
    """Return one of the options, always the same for the same seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    return options[int.from_bytes(digest[:8], "big") % len(options)]
