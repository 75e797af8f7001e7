"""Reads what a language model answered. Pure."""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from content.writers.llm_prompt import MOST_WORDS

LEAST_WORDS = 25
"""Fewer are no article, however true."""
LONGEST_PROSE = 6000
LONGEST_HEADLINE = 250
FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL | re.IGNORECASE)
DECODER = json.JSONDecoder()


class UnusableError(ValueError):
    """An answer that is no article; the message says why, in words that can be told to the language model."""


@dataclass(frozen=True)
class Answer:
    """A headline of one line, and prose as Markdown, as they came."""

    headline: str
    prose: str

    @property
    def words(self) -> int:
        return len(self.prose.split())


def answer_from(text: str) -> Answer:
    """Return the article in an answer: a JSON object with a headline and prose, fenced or with words around it.

    Raises `UnusableError`.
    """
    found = _object(text)
    headline, prose = found.get("headline"), found.get("prose")
    if not isinstance(headline, str) or not isinstance(prose, str):
        raise UnusableError("it has no headline and prose that are texts")
    headline = " ".join(headline.split())
    prose = "\n".join(line.rstrip() for line in prose.splitlines()).strip()
    if why := _why_not(headline, prose):
        raise UnusableError(why)
    return Answer(headline, prose)


def _why_not(headline: str, prose: str) -> str:
    """Return what is wrong with the form of an article; empty if nothing is."""
    words = len(prose.split())
    if not headline or not prose:
        return f"the {'prose' if headline else 'headline'} is empty"
    if len(headline) > LONGEST_HEADLINE:
        return f"the headline has {len(headline)} characters, and {LONGEST_HEADLINE} fit"
    if any(_is_control(letter) for letter in headline + prose.replace("\n", "")):
        return "it holds control characters"
    if not LEAST_WORDS <= words <= MOST_WORDS or len(prose) > LONGEST_PROSE:
        return f"the prose has {words} words, and {LEAST_WORDS} to {MOST_WORDS} are wanted"
    return ""


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}


def _object(text: str) -> dict[str, Any]:
    fenced = FENCE.match(text)
    inside = fenced[1] if fenced else text
    start = inside.find("{")
    if not text.strip():
        raise UnusableError("it is empty")
    try:
        found, _ = DECODER.raw_decode(inside[start:]) if start >= 0 else (None, 0)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UnusableError("it is no JSON object")
    return found


def storable(text: str) -> str:
    """Return a text that any database can hold: what is no character of Unicode, and NUL, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")
