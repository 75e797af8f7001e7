"""Dates, times of day, days of the week and rounds."""

from datetime import date

from content.check.numbers import DAYS
from content.check.sentence import Sentence
from content.check.wordlist import words


def check_setting(sentence: Sentence) -> None:
    """Finds days and times that are not those of the match, or of a correction."""
    for n, token in enumerate(sentence.tokens):
        day = token.text.removesuffix("s")
        if token.kind == "date":
            _check_date(sentence, n, str(token.value))
        elif token.kind == "time":
            times = _known(sentence, "time")
            if token.value not in times:
                sentence.wrong("number", n, n + 1, f"kickoff was at {', '.join(times) or 'a time that is not known'}")
        elif token.kind == "word" and day in DAYS:
            days = {DAYS[date.fromisoformat(known).weekday()] for known in _known(sentence, "date")}
            if day not in days:
                sentence.wrong("number", n, n + 1, f"it was a {' or '.join(sorted(days))}")


def _check_date(sentence: Sentence, n: int, told: str) -> None:
    """A date may be told without its year."""
    dates = _known(sentence, "date")
    if told not in dates and told not in {known[5:] for known in dates}:
        sentence.wrong("number", n, n + 1, f"the match was on {', '.join(dates)}")


def _known(sentence: Sentence, unit: str) -> list[str]:
    return sorted({str(q.value) for q in sentence.ledger.find(unit)})


OF_MODELS = ("round", "best round", "worst round")
STAGES = {"final": "final", "finals": "final", "semi-final": "semi", "semi-finals": "semi", "quarter-final": "quarter"}
STAGES |= {"quarter-finals": "quarter"}
OTHER_FINAL = words("score whistle result minute minutes goal stages stage word tally third reckoning quarter")
"""After `final`: it is no match."""


def check_stages(sentence: Sentence) -> None:
    """Finds `the final` and the like where the match was none."""
    own = " ".join(sentence.ledger.having("own round")).lower()
    for n, token in enumerate(sentence.tokens):
        stage = STAGES.get(token.text) if token.kind == "word" else None
        if stage and sentence.text(n + 1) not in OTHER_FINAL and not (own.startswith(stage) or f" {stage}" in own):
            sentence.wrong("name", n, n + 1, f"the match belongs to {own or 'no round'}")


def check_rounds(sentence: Sentence) -> None:
    """Finds another round than that of the match, unless it is told of a model's best or worst."""
    rounds = [g for g in sentence.groups if g.kind == "round"]
    own = sentence.ledger.having("own round")
    models = [name for g in sentence.groups if g.kind == "model" for name in g.names]
    for group in rounds if own else ():
        told = any(sentence.ledger.related(role, name, group.names[0]) for role in OF_MODELS for name in models)
        if group.names[0] not in own and not told:
            sentence.wrong("name", group.first, group.end, f"the match belongs to {', '.join(own)}")
