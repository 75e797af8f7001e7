"""What a number counts: by the noun after it, or by what stands before it."""

from content.check.figures.figure import Figure
from content.check.quants import SKIPPED, UNITS
from content.check.wordlist import words

REACH = 5
TOP = words("highest-placed best-placed top-placed lowest-placed leading top highest lowest")


def unit_of(figure: Figure) -> str:
    """Return what a number counts; an empty string if nothing says it."""
    return _by_noun(figure) or _by_place(figure)


def _by_noun(figure: Figure) -> str:
    if figure.said.text in ("once", "twice", "thrice"):
        return "times"
    at = 1
    while at < REACH and _is_skipped(figure, at):
        at += 1
    place = next((m for m in (at, 1) if figure.word(m) in UNITS), 0)
    if not place:
        return ""
    unit = UNITS[figure.word(place)]
    if figure.word(place) in ("right", "correct", "exact") and figure.word(place + 1) in UNITS:
        unit = UNITS[figure.word(place + 1)]
    if "exact" in (figure.word(place), figure.word(1)) and unit == "scoreline":
        return "exact"
    if unit != "goal" and any(figure.kind(m) == "number" for m in range(1, place)):
        return ""  # `450 of 1470 predictions` are not predictions, but hits
    return "average" if figure.said.places and unit in ("point", "prediction") else unit


def _is_skipped(figure: Figure, at: int) -> bool:
    """Whether a word stands between a number and its noun: an adjective, or `of the three`."""
    if figure.kind(at) == "number":
        return figure.word(at - 1) == "of" or (figure.word(at - 2), figure.word(at - 1)) == ("of", "the")
    return figure.word(at) in SKIPPED and figure.word(at) not in UNITS


def _by_place(figure: Figure) -> str:
    before, after = figure.word(-1), figure.word(1)
    found = {
        "short": after == "short of",
        "choice": before in ("home", "away", "draw", "draws") and after in (",", ".", "and", ""),
        "top": before in ("first", "top", "last", "bottom", "best", "worst") or after in TOP,
        "goals of a side": _follows_team(figure),
        "other": before == "other" and figure.word(-2) == "the",
        "minute": before in ("after", "in") and figure.said.value in (45, 90, 120),
    }
    return next((unit for unit, holds in found.items() if holds), "")


def _follows_team(figure: Figure) -> bool:
    """Whether it is one of two numbers that stand behind the names of the teams: `Mexico 2, Wales 1`."""
    tokens, n = figure.sentence.tokens, figure.n
    teams = [g for g in figure.sentence.groups if g.kind == "team"]
    sides = [g for g in teams if g.end < len(tokens) and tokens[g.end].kind == "number"]
    return len(sides) > 1 and any(g.end == n for g in sides)
