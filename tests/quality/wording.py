"""Numbers and names as people write them: in words, in figures, as ordinals."""

import re
from datetime import date
from fractions import Fraction
from random import Random

from content.facts import Score

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
ORDINALS |= {"twelve": "twelfth"}


def words(n: int) -> str:
    """Return a number from 0 to 99 in words: `twenty-one`."""
    if n < len(ONES):
        return ONES[n]
    tens, one = divmod(n, 10)
    return TENS[tens] + (f"-{ONES[one]}" if one else "")


def ordinal_words(n: int) -> str:
    """Return `first` to `ninety-ninth`."""
    head, dash, tail = words(n).rpartition("-")
    ending = ORDINALS.get(tail) or (f"{tail[:-1]}ieth" if tail.endswith("y") else f"{tail}th")
    return head + dash + ending


def ordinal_figure(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def number(n: int, chance: Random) -> str:
    """Return a count in words or in figures; large ones mostly in figures."""
    in_words = n < 100 and chance.random() < (0.8 if n < 13 else 0.25)
    return words(n) if in_words else f"{n:,}" if n > 9999 else str(n)


def ordinal(n: int, chance: Random) -> str:
    return ordinal_words(n) if n < 100 and chance.random() < (0.6 if n < 13 else 0.15) else ordinal_figure(n)


def counted(n: int, noun: str, chance: Random) -> str:
    """Return `one point`, `11 points`."""
    return f"{number(n, chance)} {noun}{'' if n == 1 else 's'}"


def times(n: int, chance: Random) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{number(n, chance)} times")


def score(goals: Score, chance: Random | None = None) -> str:
    """Return `2–1`; seldom with a hyphen, as people type it."""
    dash = "-" if chance is not None and chance.random() < 0.1 else "–"
    return f"{goals[0]}{dash}{goals[1]}"


def decimal(value: Fraction) -> str:
    """Return two decimals, a half rounded up."""
    hundredths = (value.numerator * 200 + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def day(when: date, chance: Random) -> str:
    """Return `4 August 2024`, `4th of August 2024` or `August 4, 2024`."""
    forms = [f"{when.day} {when:%B %Y}", f"{when.day} {when:%B %Y}", f"{when:%B} {when.day}, {when.year}"]
    return chance.choice([*forms, f"the {ordinal_figure(when.day)} of {when:%B %Y}"])


def name(text: str) -> str:
    """Return a name as Markdown that shows it as it is."""
    marked = re.sub(r"([\\`*_\[\]|{}#~!])", r"\\\1", text)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", marked)  # else "1. FC" would begin a list


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
