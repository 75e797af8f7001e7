"""Reads Markdown as a reader sees it, keeps where each character stood, and finds what no article may hold."""

import html
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from content.check.problems import Problem, Where

LONGEST = 30_000
"""Characters; longer texts are not read at all."""

BREAK = "\n"
"""Ends a sentence whatever stands before it: the end of a paragraph, heading or item of a list."""

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)"
    r"|(?P<break>[ \t\r]*\n[ \t\r]*(?:\n[ \t\r\n]*|(?=[#>*+-] |\d{1,3}[.)] )))"
    r"|(?P<line>(?:(?<=\n)|^)[ \t]*(?:#{1,6}|>|[*+-]|\d{1,3}[.)])[ \t]+)"
    r"|(?P<emphasis>\*+|(?<!\w)_+(?=\w)|(?<=[\w.!?])_+(?!\w))"
)
NOT_FILLED = "a place was not filled in"
NEVER = (
    (re.compile(r"(?i)</?[A-Za-z!?][^<>\n]{0,300}>?|<!--|-->|javascript:"), "there is no HTML in an article"),
    (re.compile(r"https?://\S+|www\.\S+|!?\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)"), "there are no links in an article"),
    (re.compile(r"\{\{[^}\n]{0,100}\}?\}?|\{%[^%\n]{0,100}%?\}?|\$\{[^}\n]{0,60}\}?|%\(\w+\)s|\{\w*\}"), NOT_FILLED),
    (re.compile(r"(?<![\\\]])\[[^\]\n]{0,80}\]?|<[a-z_ ]{1,30}>"), NOT_FILLED),
    (re.compile(r"\b(?:TODO|FIXME|XXX+|TBD|TBC|N/A|lorem|ipsum|placeholder|undefined|NaN|null)\b"), NOT_FILLED),
    (re.compile(r"(?m)^[ \t]*\|.*\|[ \t]*$|^[ \t]*:?-{3,}:?[ \t]*\|"), "tables are made from the facts"),
    (re.compile(r"`+[^`\n]{0,200}`*|~~~"), "there is no code in an article"),
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """`plain` is the text as it is read; `places[n]` is where its character n stood in the original."""

    original: str
    plain: str
    places: tuple[int, ...]
    where: Where = "text"
    found: tuple[Problem, ...] = field(default=())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of a place in the plain text."""
        if not self.places:
            return 0, len(self.original)
        last = len(self.places) - 1
        return self.places[min(start, last)], self.places[min(max(end - 1, 0), last)] + 1

    def says(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.original[first:last]


def read(text: str, where: Where = "text") -> Reading:
    """Return the text as a reader sees it, with what no article may hold. A headline is plain text, no Markdown."""
    if len(text) > LONGEST:
        says = f"{text[:40]}…"
        problem = Problem(0, len(text), "other", says, "this is too long for an article", where)
        return Reading(text, "", (), where, (problem,))
    plain = _Plain()
    place = 0
    for mark in MARKUP.finditer(text) if where == "text" else ():
        plain.add(text[place : mark.start()], place)
        plain.add_mark(mark)
        place = mark.end()
    plain.add(text[place:], place)
    return Reading(text, "".join(plain.letters), tuple(plain.places), where, tuple(_never(text, where)))


def plain_name(name: str) -> str:
    """Return a name as `read` would leave it, had it been written as Markdown that shows it as it is."""
    plain = _Plain()
    plain.add(name, 0)
    return "".join(plain.letters).strip()


class _Plain:
    """Collects letters with their places; spaces in a row become one."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.places: list[int] = []

    def add(self, text: str, place: int) -> None:
        for offset, letter in enumerate(text):
            if letter.isascii():
                self._put(letter if letter > " " else " ", place + offset)
            else:
                for shown in _shown(letter):
                    self._put(shown, place + offset)

    def add_mark(self, mark: re.Match[str]) -> None:
        if mark["break"] is not None:
            self.letters.append(BREAK)
            self.places.append(mark.start())
            return
        for shown in mark["escaped"] or html.unescape(mark["entity"] or ""):
            self._put(shown, mark.start())

    def _put(self, letter: str, at: int) -> None:
        if letter == " " and self.letters and self.letters[-1] in (" ", BREAK):
            return
        if not letter.isascii() and unicodedata.combining(letter) and self.letters:
            composed = unicodedata.normalize("NFC", self.letters[-1] + letter)
            if len(composed) == 1:
                self.letters[-1] = composed
                return
        self.letters.append(letter)
        self.places.append(at)


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    """Return what a letter beyond ASCII looks like: invisible ones vanish, odd digits and dashes become plain."""
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    if category in ("Zs", "Zl", "Zp"):
        return " "
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if letter in "‐‑‒−﹣－":
        return "-"
    if letter == "′":
        return "'"
    return unicodedata.normalize("NFKC", letter) if letter != "…" else letter


def _never(text: str, where: Where) -> list[Problem]:
    """Return what no article may hold; a part of it that another pattern finds, too, is left out."""
    found: list[Problem] = []
    for pattern, says in NEVER:
        for match in pattern.finditer(text):
            if not any(p.start <= match.start() and match.end() <= p.end for p in found[-MANY:]):
                found.append(Problem(match.start(), match.end(), "other", match[0][:80], says, where))
    places = [place for place, letter in enumerate(text) if letter in BIDI]
    turned = "a control character for the direction of writing"
    return found + [Problem(place, place + 1, "other", repr(text[place]), turned, where) for place in places]


MANY = 50
"""Earlier findings that a new one is compared with."""
