"""Where a sentence tells a minute of the match, or which part of it."""

from content.check.sentence import Sentence

GOAL_KINDS = {
    "penalty": "penalty", "pen": "penalty", "penalties": "penalty", "og": "own", "own goal": "own", "own goals": "own",
}  # fmt: skip
"""What may stand behind the minute of a goal, by role."""


def is_minute(sentence: Sentence, n: int) -> bool:
    """Whether it tells the minute of a goal: `37'`, `90+3`, `the 37th minute`, `after 37 minutes`, `(37)`."""
    token = sentence.tokens[n]
    if token.kind in ("minute", "ordinal"):
        return token.kind == "minute" or _is_ordinal_minute(sentence, n)
    if token.kind != "number" or token.places:
        return False
    before, after = sentence.text(n - 1), sentence.text(n + 1)
    in_brackets = before == "(" and (after in (")", ",") or after in GOAL_KINDS)
    counted = after in ("minutes", "minute", "mins") and before in ("after", "on", "at")
    return in_brackets or counted or before in ("minute", "minutes")


def _is_ordinal_minute(sentence: Sentence, n: int) -> bool:
    """`the 12th and 38th minutes`; and `in the 19th`, where the sentence has told a minute before."""
    last = n
    while (step := _next_ordinal(sentence, last)) is not None:
        last = step
    if sentence.text(last + 1) in ("minute", "minutes", "min"):
        return True
    told_before = "minute" in sentence.words_in(range(n)) and sentence.text(n - 1) == "the"
    has_player = any(g.kind == "player" for g in sentence.groups)
    return told_before and sentence.text(n - 2) == "in" and has_player


def _next_ordinal(sentence: Sentence, n: int) -> int | None:
    """Return the place of the next ordinal of a list that goes on after n."""
    following = n + 2 + (sentence.text(n + 2) == "the")
    is_list = sentence.text(n + 1) in ("and", ",", "or") and sentence.kind(following) == "ordinal"
    return following if is_list else None


def half_of(sentence: Sentence, clause: range) -> str:
    """Return the part of the match that a clause speaks of: `first half`, `second half`, `extra-time`; else empty."""
    tags = sentence.tags_in(clause)
    words = sentence.words_in(clause)
    if "first half" in tags or ("half-time" in tags and "before" in words):
        return "first half"
    if "second half" in tags or ("half-time" in tags and ("after" in words or "following" in words)):
        return "second half"
    return "extra-time" if "extra time" in tags and "in" in words else ""
