"""Words that claim something of the whole match: goalless, derby, extra time; and on which score predictions count."""

from collections.abc import Iterator
from itertools import pairwise

from content.check.sentence import Sentence
from content.check.wordlist import words

FLAGS = {
    "goalless": "the match was not goalless",
    "derby": "this fixture is no derby in the facts",
    "awarded": "the match was played, not awarded",
    "extra time": "there was no extra time",
    "shootout": "there was no shoot-out",
    "upset": "the field had not ruled it out",
    "unanimous": "the field was not unanimous",
}
"""Claims that are flags of a ledger of the same name, and what is said where they do not hold."""

CONDITION = words("it they needed played necessary")
PARTS = frozenset({"half-time", "first half", "second half", "tip"})


def check_flags(sentence: Sentence) -> None:
    """Finds what is said of the match as a whole and is not so; a rule of the game is no claim about the match."""
    if is_basis(sentence):
        _check_basis(sentence)
    elif "bonus" not in sentence.tags:
        for clause in sentence.clauses:
            _check_over(sentence, clause)
            _check_split(sentence, clause)
            for n, flag in _flags(sentence, clause):
                negated = sentence.is_negated(n) or sentence.text(n - 1) == "no"
                if (flag in sentence.ledger.flags) == negated:
                    sentence.wrong("word", n, n + 1, f"it was so: {flag}" if negated else FLAGS[flag])


def is_basis(sentence: Sentence) -> bool:
    """Whether it tells what predictions count on: `after extra time, where it is played`."""
    words = [token.text for token in sentence.tokens]
    return any(one in ("where", "if") and two in CONDITION for one, two in pairwise(words))


def _check_basis(sentence: Sentence) -> None:
    if "shootout" in sentence.tags:
        basis = "after_shootout"
    else:
        basis = "after_extra_time" if "extra time" in sentence.tags else "regular_time"
    if f"basis {basis}" not in sentence.ledger.flags:
        sentence.wrong("context", 0, len(sentence.tokens), "predictions count on another score")


def _check_over(sentence: Sentence, clause: range) -> None:
    """`It was over after 90 minutes`: there was no extra time."""
    over = {"ended", "full time"} <= sentence.tags_in(clause) and "over after" in " ".join(sentence.words_in(clause))
    if over and "extra time" in sentence.ledger.flags:
        sentence.wrong("word", clause[0], clause[-1] + 1, "there was extra time")


def _check_split(sentence: Sentence, clause: range) -> None:
    """A field that was of one opinion was not divided."""
    for n in clause:
        if sentence.tokens[n].has("split") and "unanimous" in sentence.ledger.flags:
            sentence.wrong("word", n, n + 1, sentence.ledger.facts.get("field", "the field was unanimous"))


def _flags(sentence: Sentence, clause: range) -> Iterator[tuple[int, str]]:
    tags = sentence.tags_in(clause)
    for n in clause:
        for flag in sentence.tokens[n].tags & FLAGS.keys():
            is_other = (
                (flag == "unanimous" and not sentence.text(n).startswith("unanim"))
                or (flag == "upset" and sentence.groups_in(clause, "model"))
                or (flag == "goalless" and tags & PARTS)
            )
            if not is_other:
                yield n, flag
