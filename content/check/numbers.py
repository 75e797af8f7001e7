"""Numbers, scores, dates and times as people write them, and what they stand for."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINAL_ONES = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
CARDINALS = {word: n for n, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
ORDINALS = {word: n for n, word in enumerate(ORDINAL_ONES, 1)}
ORDINALS |= {f"{word[:-1]}ieth": 10 * n for n, word in enumerate(TENS, 2)}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
SHORT_MONTHS = {month[:3]: n for n, month in enumerate(MONTHS, 1)}
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_CARDINAL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{_ONE})"
_ORDINAL = (
    rf"(?:(?:{'|'.join(TENS)})-(?:{'|'.join(ORDINAL_ONES[:9])})|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
)
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})\.?)"
_GOALS = rf"(?:{_ONE}|nil|love|\d{{1,2}})"
_PARTS = rf"half|halves|(?:{'|'.join(['third', 'quarter', *ORDINAL_ONES[4:10]])})s?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

PATTERNS = {
    "date": (
        r"\d{4}-\d\d-\d\d",
        rf"(?:the )?{_DAY}(?: of)? {_MONTH},?(?: \d{{4}})?(?!\w)",
        rf"{_MONTH} {_DAY}(?!\d)(?:,? \d{{4}})?(?!\w)",
        r"\d{1,2}[./]\d{1,2}[./]\d{2,4}",
    ),
    "time": (r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?", r"\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b\.?"),
    "formula": (
        r"(?=[\d.\s()/–−-]{0,60}[×*+=≈])\d{1,6}(?:\.\d{1,6})?"
        r"(?:\s?[/×*+−=≈\-–]\s?\(?\d{1,6}(?:\.\d{1,6})?\)?){2,20}",
    ),
    "percent": (r"\d{1,6}(?:\.\d{1,6})?\s?(?:%|per cent\b|percent\b)", rf"{_CARDINAL} (?:per cent|percent)\b"),
    "clock": (r"\d{1,3}\s?\+\s?\d{1,2}(?:st|nd|rd|th)?['’]?",),
    "score": (
        r"\d{1,2}\s?[–\-:—]\s?\d{1,2}(?![\d%]|[–\-:]\d|st\b|nd\b|rd\b|th\b)",
        rf"{_GOALS}[- ](?:nil|all)\b(?! of\b| \w+ (?:models|tips))",
        rf"(?:{_ONE})(?:–|-| to )(?:{_ONE}|nil)\b(?! (?:one|win))",
        r"(?:one|two|three|four) apiece",
    ),
    "fraction": (
        rf"(?:a|one|two|three|four|five|six|seven|\d)[- ](?:{_PARTS})\b"
        r"(?! (?:of )?(?:place|position|rank|match|goal|minute|time|in\b|to\b))",
        r"half(?=[ ,.])",
        r"\d{1,3}/\d{1,3}",
    ),
    "ordinal": (r"\d{1,4}(?:st|nd|rd|th)\b", rf"{_ORDINAL}\b(?!-half)"),
    "minute": (r"\d{1,3}['’](?![\w])",),
    "number": (
        r"\d{1,3}(?:,\d{3}){1,3}(?!\d)",
        r"\d{1,9}(?:\.\d{1,6})?",
        rf"(?:a hundred|one hundred)(?: and {_CARDINAL})?\b",
        rf"{_CARDINAL}\b",
    ),
    "times": (r"(?:once|twice|thrice)\b",),
}
"""What is read as what, the first that fits."""

NUMERIC = re.compile("|".join(rf"(?P<{name}>{'|'.join(forms)})" for name, forms in PATTERNS.items()), re.IGNORECASE)
STARTERS = {*CARDINALS, *ORDINALS, *MONTHS, *SHORT_MONTHS, "a", "the", "half", "nil", "love", "once", "twice", "thrice"}
"""Words that a number, a score or a date can begin with."""


Said = Fraction | tuple[int, int] | str | None
TIMES = {"once": 1, "twice": 2, "thrice": 3}


def value_of(kind: str, text: str) -> tuple[Said, int]:
    """Return what a number in words or figures stands for, and to how many decimals it is given."""
    if kind in ("number", "percent"):
        return _number(re.sub(r"\s?(?:%|per ?cent)$", "", text))
    return (READERS[kind](text) if kind in READERS else None), 0


def _clock(text: str) -> str:
    minute, stoppage = re.findall(r"\d+", text)
    return f"{int(minute)}+{int(stoppage)}"


def _minute(text: str) -> Fraction:
    return Fraction(int(re.findall(r"\d+", text)[0]))


def _times(text: str) -> Fraction:
    return Fraction(TIMES[text])


def _number(text: str) -> tuple[Fraction, int]:
    if text[0].isdigit():
        plain = text.replace(",", "")
        return Fraction(plain), len(plain.partition(".")[2])
    if "hundred" in text:
        rest = text.partition(" and ")[2]
        return Fraction(100 + (_cardinal(rest) if rest else 0)), 0
    return Fraction(_cardinal(text)), 0


def _cardinal(text: str) -> int:
    return sum(CARDINALS[word] for word in re.split(r"[- ]", text))


def _ordinal(text: str) -> Fraction:
    digits = re.match(r"\d+", text)
    if digits:
        return Fraction(int(digits[0]))
    tens, _, one = text.rpartition("-")
    return Fraction((CARDINALS[tens] if tens else 0) + ORDINALS[one])


def _score(text: str) -> tuple[int, int]:
    parts = re.findall(r"[a-z]+|\d+", text)
    if parts[-1] in ("all", "apiece"):
        return (_goals(parts[0]), _goals(parts[0]))
    first, second = (_goals(part) for part in parts if part != "to")
    return (first, second)


def _goals(text: str) -> int:
    return int(text) if text.isdigit() else CARDINALS.get(text, 0)


DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "third": 3,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}


def _fraction(text: str) -> Fraction | None:
    if "/" in text:
        over, under = (int(part) for part in text.split("/"))
        return Fraction(over, under) if under else None
    *many, part = re.split(r"[- ]", text)
    over = CARDINALS.get(many[0], 1) if many and not many[0].isdigit() else int(many[0]) if many else 1
    return Fraction(over, DENOMINATORS.get(part) or DENOMINATORS[part.rstrip("s")])


def _date(text: str) -> str:
    """Return `2026-06-11`, or `06-11` where no year is given; an empty string for what is no date."""
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    month = next((n for short, n in SHORT_MONTHS.items() if re.search(rf"\b{short}", text)), 0)
    if re.match(r"\d{4}-", text):
        return text
    if not month:
        return f"{numbers[2]:04}-{numbers[1]:02}-{numbers[0]:02}"
    day, *year = numbers
    return f"{year[0]:04}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"


def _time(text: str) -> str:
    hour, *rest = (int(n) for n in re.findall(r"\d+", text))
    if "p" in text and hour < 12:
        hour += 12
    return f"{hour:02}:{rest[0] if rest else 0:02}"


READERS: Mapping[str, Callable[[str], Said]] = {
    "ordinal": _ordinal,
    "times": _times,
    "score": _score,
    "clock": _clock,
    "minute": _minute,
    "fraction": _fraction,
    "date": _date,
    "time": _time,
}
