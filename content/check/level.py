"""`Level` and `equalised`: only if it was so, in the end, at half-time, or on the way."""

from content.check.minutes import is_minute
from content.check.sentence import Sentence
from content.check.wordlist import words

ON_THE_WAY = words("brought bring brings until till stayed pulled drew put back")
WORDS = frozenset({"level", "all square", "on level terms", "parity", "tied", "tie"})


def check_level(sentence: Sentence, clause: range, n: int) -> None:
    """Checks a word of the tags `level` or `equalised`."""
    tags = sentence.tags_in(clause)
    if sentence.groups_in(clause, "model") or tags & {"leader", "shares"}:
        return
    if sentence.tokens[n].has("equalised"):
        _check_equaliser(sentence, n)
    elif sentence.text(n) in WORDS and not _is_told_apart(sentence, clause):
        _check_level(sentence, clause, n, tags)


def _is_told_apart(sentence: Sentence, clause: range) -> bool:
    """Whether the clause holds a score or a minute, which are checked themselves."""
    return any(sentence.score_at(m) is not None or is_minute(sentence, m) for m in clause)


def _tells_minute(sentence: Sentence) -> bool:
    return any(is_minute(sentence, n) for n in range(len(sentence.tokens)))


def _check_equaliser(sentence: Sentence, n: int) -> None:
    who = sentence.subject_of(n, "team", "player")
    goals = sentence.ledger.find("minute", ["goal", "equaliser"], who.names[0] if who else "")
    if not goals and not sentence.is_negated(n):
        sentence.wrong("word", n, n + 1, "no such equaliser is in the facts")


def _check_level(sentence: Sentence, clause: range, n: int, tags: frozenset[str]) -> None:
    ledger, negated = sentence.ledger, sentence.is_negated(n)
    if "half-time" in tags:
        if bool(ledger.having("level at half-time")) == negated:
            sentence.wrong("word", n, n + 1, ledger.facts.get("half-time", "the half-time score is not known"))
    elif set(sentence.words_in(clause)) & ON_THE_WAY or _tells_minute(sentence):
        running = [q.value for q in ledger.find("score", ["running"])]
        if not any(isinstance(score, tuple) and score[0] == score[1] for score in running):
            sentence.wrong("word", n, n + 1, ledger.facts.get("result", ""))
    elif not ledger.having("drew") and not negated and "before" not in tags:
        sentence.wrong("word", n, n + 1, ledger.facts.get("result", ""))
