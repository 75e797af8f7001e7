"""Words, names and signs that the facts know nothing of."""

from content.check.numbers import DAYS, MONTHS
from content.check.sentence import Sentence
from content.check.tokens import Token
from content.check.vocabulary import ABBREVIATIONS, KNOWN

OPENERS = frozenset((":", "–", "—", "(", ".", "!", "?", "•"))


def check_words(sentence: Sentence, *, title_case: bool = False) -> None:
    """Finds quotes, names that are not in the facts, and words that claim what no facts hold."""
    for n, token in enumerate(sentence.tokens):
        if token.kind == "quote":
            sentence.wrong("other", n, n + 1, "nobody is quoted: no quotation marks")
        elif token.kind == "formula":
            continue
        elif token.kind == "punct":
            if token.text not in ALLOWED_SIGNS:
                sentence.wrong("other", n, n + 1, "a sign that does not belong in prose")
        elif token.kind == "word":
            _check_word(sentence, n, token, title_case=title_case)
        elif (
            token.capital
            and token.kind in ("number", "ordinal", "fraction")
            and not _may_be_capital(sentence, n, title_case)
        ):
            sentence.wrong("name", n, n + 1, "no such name is in the facts")


ALLOWED_SIGNS = frozenset(".,;:!?()–—-/+×=≈−%&'’…•*>#")


def _check_word(sentence: Sentence, n: int, token: Token, *, title_case: bool) -> None:
    if token.has("unknown") and not any(g.end == n for g in sentence.groups):
        sentence.wrong("not checkable", n, n + 1, "the facts say nothing of this")
        return
    word = token.text.removesuffix("'s").removesuffix("'")
    known = bool(token.tags) or word in KNOWN or all(part in KNOWN for part in word.split("-"))
    if token.capital and not _may_be_capital(sentence, n, title_case):
        if word in DAYS or word in MONTHS or word in ABBREVIATIONS or word == "i":
            return
        sentence.wrong("name", n, n + 1, "no such name is in the facts")
    elif not known:
        sentence.wrong("name" if token.capital else "not checkable", n, n + 1, "the facts say nothing of this")


def _may_be_capital(sentence: Sentence, n: int, title_case: bool) -> bool:
    return n == 0 or title_case or sentence.text(n - 1) in OPENERS or sentence.tokens[n - 1].kind == "quote"
