"""Takes a text apart into names, numbers, scores, dates, claims and words, each with its place."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from content.check.lexicon import CLAIMS
from content.check.names import written_forms
from content.check.numbers import NUMERIC, STARTERS, value_of
from content.check.terms import Ledger

PHRASES: dict[str, set[str]] = {}
for _tag, _phrases in CLAIMS.items():
    for _phrase in _phrases.split("|"):
        PHRASES.setdefault(_phrase, set()).add(_tag)
TAGS = {phrase: frozenset(tags) for phrase, tags in PHRASES.items()}
STARTS: dict[str, list[tuple[str, ...]]] = {}
"""The first word of a phrase of several words → such phrases, the longest first."""
for _phrase in sorted(TAGS, key=lambda phrase: -phrase.count(" ")):
    if " " in _phrase:
        STARTS.setdefault(_phrase.split(" ")[0], []).append(tuple(_phrase.split(" ")))

_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W_]+)*"
PLAIN = (
    rf"(?P<word>{_WORD})|(?P<space>[ ]+)|(?P<digit>\d)|(?P<break>\n+)|(?P<odd>\w+)"
    r"|(?P<quote>[\"“”„‟«»‹›＂〝〞]|['‘‚‛](?=\w)|(?<=[,.!?…])['’])|(?P<punct>[^\w\s])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text. `tags` are the claims of a phrase, `names` the entities, `value` what a number stands for."""

    kind: str
    start: int
    end: int
    text: str
    tags: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    value: Fraction | tuple[int, int] | str | None = None
    places: int = 0
    capital: bool = False

    def has(self, *tags: str) -> bool:
        return not self.tags.isdisjoint(tags)


NO_TAGS: frozenset[str] = frozenset()


class Tokeniser:
    """Knows the names of a ledger. `kinds` is name → kind; one written form can stand for several entities."""

    def __init__(self, ledger: Ledger) -> None:
        self.forms = written_forms(ledger)
        names = "|".join(re.escape(form) for form in sorted(self.forms, key=len, reverse=True))
        name = rf"(?<![\w])(?<!\w-)(?:{names})(?!\w)(?!-\w|[.,]\d|/\w)" if names else r"(?!)"
        self.pattern = re.compile(rf"(?P<name>{name})|{PLAIN}")

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text, phrases joined."""
        told: list[Token] = []
        place = 0
        while place < len(text):
            match = self.pattern.match(text, place)
            if match is not None and (match.lastgroup == "digit" or _may_be_number(match)):
                match = NUMERIC.match(text, place) or match
            if match is None:  # a character that is neither a letter, a sign nor a space
                place += 1
                continue
            if match.lastgroup != "space":
                told.append(self._token(match))
            place = told[-1].end if told and match.lastgroup == "name" else match.end()
        return phrased(told)

    def _token(self, match: re.Match[str]) -> Token:
        kind, said = match.lastgroup or "punct", match[0]
        if kind == "name":
            end = match.end() + _possessive(match.string, match.end())
            return Token("name", match.start(), end, said, names=self.forms[said], capital=True)
        text = said.lower().replace("’", "'")
        capital = said[0].isupper()
        if kind in ("word", "odd", "digit"):
            return Token("word", match.start(), match.end(), text, TAGS.get(text, NO_TAGS), capital=capital)
        value, places = value_of(kind, text)
        kind = {"times": "number", "clock": "minute"}.get(kind, kind)
        return Token(kind, match.start(), match.end(), text, TAGS.get(text, NO_TAGS), (), value, places, capital)


def _possessive(text: str, end: int) -> int:
    """Return the length of the `'s` or `'` after a name."""
    if text[end : end + 1] not in ("'", "’"):
        return 0
    if text[end + 1 : end + 2] == "s" and not text[end + 2 : end + 3].isalnum():
        return 2
    return int(text[end - 1] in "sxz" and not text[end + 1 : end + 2].isalnum())


def _may_be_number(match: re.Match[str]) -> bool:
    return match.lastgroup == "word" and match[0].lower().partition("-")[0] in STARTERS


def phrased(tokens: list[Token]) -> list[Token]:
    """Return the tokens with the words of each phrase joined."""
    told: list[Token] = []
    place = 0
    while place < len(tokens):
        phrase = next((p for p in STARTS.get(tokens[place].text, ()) if _stands_at(p, tokens, place)), None)
        if phrase is None:
            told.append(tokens[place])
            place += 1
        else:
            first, last = tokens[place], tokens[place + len(phrase) - 1]
            text = " ".join(phrase)
            told.append(Token("word", first.start, last.end, text, TAGS[text], capital=first.capital))
            place += len(phrase)
    return told


def _stands_at(phrase: tuple[str, ...], tokens: list[Token], place: int) -> bool:
    if place + len(phrase) > len(tokens):
        return False
    return all(tokens[place + n].text == word and tokens[place + n].kind != "name" for n, word in enumerate(phrase))


@dataclass(frozen=True)
class Text:
    """The tokens of a text, in sentences."""

    tokens: tuple[Token, ...]

    @cached_property
    def sentences(self) -> list[list[Token]]:
        told: list[list[Token]] = [[]]
        for n, token in enumerate(self.tokens):
            if token.kind == "break":
                told.append([])
                continue
            told[-1].append(token)
            following = self.tokens[n + 1] if n + 1 < len(self.tokens) else None
            is_end = token.text in (".", "!", "?", "…") or (token.kind == "name" and token.text.endswith("."))
            if is_end and (
                following is None or (following.start > token.end and (token.kind != "name" or following.capital))
            ):
                told.append([])
        return [sentence for sentence in told if sentence]
