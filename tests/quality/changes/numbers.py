"""Numbers in true prose, known by what stands beside them, put wrong."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from tests.quality.changes.change import Edit, change
from tests.quality.claims.claim import another
from tests.quality.claims.match import another_score
from tests.quality.prose import HIDDEN, NUMBER, ORDINAL, Prose, like, value
from tests.quality.truth import Truth
from tests.quality.wording import decimal

HEDGED = re.compile(
    r"\b(?:at least|at most|than|over|under|up to|about|around|nearly|almost|within|every|last|next)(?: \w+)?\W*$", re.I
)
"""A number after these words is no exact one: the number beside it may be as true."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def off_by_one(prose: Prose, chance: Random, pattern: str, *, least: int = 2) -> Edit | None:
    """Puts a number wrong that the group `n` of a pattern finds; it and what it becomes are at least `least`."""
    found = [
        m for m in prose.found(pattern) if not HEDGED.search(prose.masked[max(0, m.start("n") - 25) : m.start("n")])
    ]
    found = [m for m in found if least <= value(m["n"]) < 99]
    if not found:
        return None
    match = chance.choice(found)
    real = value(match["n"])
    wrong = another(real, chance, least=least, most=99)
    if wrong is None:
        return None
    return Edit(match.start("n"), match.end("n"), like(match["n"], wrong), f"the true article says {real}")


def number_before(*words: str, least: int = 2) -> Callable[[Prose, Truth, Random], Edit | None]:
    """Return a change of a number that stands before one of these words (patterns)."""
    pattern = rf"(?<![\w.–+/:×])(?P<n>{NUMBER}) (?:{'|'.join(words)})\b"

    def make(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
        return off_by_one(prose, chance, pattern, least=least)

    return make


change("number", "count of models")(
    number_before(
        r"(?:\w+ )?models", r"(?:\w+ )?tips", "predictions", "others", "of them", rf"of (?:the |all )?(?:{NUMBER})"
    )
)
change("number", "points in the text")(number_before(r"(?:\w+ )?points"))
change("number", "streak in the text")(
    number_before("outcomes right", "right outcomes", "in a row", "times running", "straight", "consecutive")
)
change("number", "number of matches")(number_before(r"(?:settled |counted |earlier )?matches"))
change("number", "number of goals")(number_before("goals"))
change("number", "season's exact scores")(number_before("exact scores", "exact", "each"))
change("number", "places moved")(number_before("places"))


def _scoreline(prose: Prose, truth: Truth, chance: Random, beside: str, *, is_beside: bool) -> Edit | None:
    found = []
    for match in prose.found(r"(?<![\d–.:])(\d{1,2})[–-](\d{1,2})(?![\d–.:])"):
        start, end = prose.sentence_at(match.start())
        if bool(re.search(beside, prose.masked[start:end], re.IGNORECASE)) is is_beside:
            found.append(match)
    if not found:
        return None
    match = chance.choice(found)
    wrong = another_score(truth, (int(match[1]), int(match[2])), chance)
    return Edit(match.start(), match.end(), f"{wrong[0]}–{wrong[1]}", "no such score in the facts")


@change("number", "scoreline")
def scoreline(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    return _scoreline(prose, truth, chance, "half-time|the break|interval", is_beside=False)


@change("number", "half-time score")
def half_time(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    return _scoreline(prose, truth, chance, "half-time|the break|interval", is_beside=True)


@change("number", "minute")
def minute(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    minutes = {goal.minute or 0 for goal in truth.goals}
    listed = prose.found(rf"(?<={HIDDEN} \()(?P<n>\d+)(?!\+)(?=[,) ])")
    found = [*listed, *prose.found(rf"\b(?P<n>{ORDINAL}) minute\b"), *prose.found(r"\bminute (?P<n>\d+)\b")]
    found = [match for match in found if value(match["n"]) in minutes]
    if not found:
        return None
    match = chance.choice(found)
    wrong = another(value(match["n"]), chance, least=1, most=119, but=minutes)
    if wrong is None:
        return None
    return Edit(match.start("n"), match.end("n"), like(match["n"], wrong), f"no goal in minute {wrong}")


@change("number", "average")
def average(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    found = prose.found(r"(?<![\d.])(\d+\.\d\d)(?![\d.])")
    if not found:
        return None
    match = chance.choice(found)
    lines = (*truth.facts.before, *truth.facts.after)
    known = {decimal(Fraction(line.points, line.predictions)) for line in lines}
    steps = [chance.randint(1, 9), chance.randint(10, 90), 100, 200]
    fits = [decimal(Fraction(match[1]) + Fraction(step, 100)) for step in steps]
    fits = [text for text in fits if text not in known]
    return Edit(match.start(), match.end(), fits[0], f"the true article says {match[1]}") if fits else None


@change("number", "rank")
def rank(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    noun = r"(?! (?:time|exact|goal|minute|half|score|tip|model|match|to score|of))"
    pattern = rf"\b(?:from|to|is|now|stands|in|up to|down to) (?P<n>{ORDINAL})\b{noun}"
    found = [m for m in prose.found(pattern) if _about_the_table(prose, m.start())]
    if not found:
        return None
    match = chance.choice(found)
    real = value(match["n"])
    wrong = another(real, chance, least=1, most=98)
    if wrong is None:
        return None
    return Edit(match.start("n"), match.end("n"), like(match["n"], wrong), f"the true article says {real}")


def _about_the_table(prose: Prose, place: int) -> bool:
    start, end = prose.sentence_at(place)
    return bool(re.search(r"table|rank|rose|fell|climb|drop|place|moved|slip", prose.masked[start:end]))


@change("number", "date")
def day(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    real = date.fromisoformat(truth.facts.date)
    found = prose.found(rf"\b(?P<day>{real.day})(?P<th>st|nd|rd|th)? (?:of )?(?:{MONTHS})\b")
    wrong = real + timedelta(days=chance.choice([1, -1, 2, 5]))
    if not found or wrong.isoformat() == truth.facts.kickoff[:10] or wrong.month != real.month:
        return None
    match = chance.choice(found)
    return Edit(match.start("day"), match.end("day"), str(wrong.day), f"it was on {real}")


@change("number", "kickoff")
def kickoff(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    real = truth.facts.kickoff[11:16]
    found = prose.found(rf"\b{real}\b")
    if not found:
        return None
    match = chance.choice(found)
    hour = (int(real[:2]) + chance.choice([1, 2, 3, 21])) % 24
    return Edit(match.start(), match.end(), f"{hour:02}{real[2:]}", f"it was at {real}")
