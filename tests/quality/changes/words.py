"""Words in true prose turned into their opposite."""

import re
from collections.abc import Callable, Mapping
from random import Random

from tests.quality.changes.change import Edit, change
from tests.quality.prose import Named, Prose
from tests.quality.truth import SIDES, Truth, other

RESULT = {
    "beat": "lost to",
    "defeated": "lost to",
    "won": "lost",
    "lost": "won",
    "overcame": "lost to",
    "edged": "lost to",
}
MOVES = {"rose": "fell", "climbed": "dropped", "fell": "rose", "dropped": "climbed", "climb": "drop", "drop": "climb"}
MOVES |= {"moved up": "moved down", "moved down": "moved up", "slipped": "rose", "gained": "lost"}
LEAD = {"led": "trailed", "trailed": "led", "were ahead": "were behind", "were behind": "were ahead"}
LEAD |= {"ahead at": "behind at", "behind at": "ahead at"}

Holds = Callable[[Prose, Truth, str, tuple[int, int]], bool]


def turned(
    prose: Prose, chance: Random, opposites: Mapping[str, str], fits: Callable[[re.Match[str]], bool]
) -> Edit | None:
    """Turns one of the words into its opposite, where that `fits`."""
    found = [m for m in prose.found(rf"\b(?:{'|'.join(opposites)})\b") if m[0] in opposites and fits(m)]
    if not found:
        return None
    match = chance.choice(found)
    return Edit(match.start(), match.end(), opposites[match[0]], f"the true article says {match[0]}")


def _teams(prose: Prose, place: int) -> list[Named]:
    return [named for named in prose.names_in(prose.sentence_at(place)) if named.role in SIDES]


@change("word", "winner and loser")
def winner_and_loser(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    if not truth.winner or truth.facts.shootout is not None:
        return None
    return turned(prose, chance, RESULT, lambda m: {n.role for n in _teams(prose, m.start())} == set(SIDES))


@change("word", "rose and fell")
def rose_and_fell(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    def fits(match: re.Match[str]) -> bool:
        _, end = prose.sentence_at(match.start())
        told = prose.masked[match.end() : end]
        return bool(re.match(r" from \w+ to | was [\w-]+ places", told))

    return turned(prose, chance, MOVES, fits)


@change("word", "led and trailed")
def led_and_trailed(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Only where one side is named, and it was never both ahead and behind."""

    def fits(match: re.Match[str]) -> bool:
        teams = _teams(prose, match.start())
        if len({named.role for named in teams}) != 1 or not truth.running:
            return False
        side = teams[0].role
        return not (truth.deficit(side) and truth.deficit(other(side)))

    return turned(prose, chance, LEAD, fits)


@change("word", "exact and outcome")
def exact_and_outcome(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Where nobody had the exact score, what is told of those with the outcome is told of the exact score."""
    if truth.exact or not truth.right:
        return None

    def fits(match: re.Match[str]) -> bool:
        start, end = prose.sentence_at(match.start())
        said = prose.masked[start:end]
        return bool(re.search(r"\bhad\b", said)) and not re.search(r"\b(?:no|nobody|none|not|wrong|run)\b", said, re.I)

    return turned(prose, chance, {"the outcome": "the exact score", "the right outcome": "the exact score"}, fits)


@change("word", "nobody")
def nobody(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    if truth.n < 2:
        return None
    pairs = {"Nobody had": "Everybody had", "nobody had": "everybody had", "nobody tipped": "everybody tipped"}
    pairs |= {"No model had": "Every model had", "no model had": "every model had"}
    return turned(prose, chance, pairs, lambda match: True)


@change("word", "tie and lead")
def tie_and_lead(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    if len(truth.leaders) != 1 or len(truth.after) < 2:
        return None
    shares = "shares the lead"
    pairs = {"still leads": shares, "stays in front": shares, "remains in front": shares, "stays top": shares}
    return turned(prose, chance, pairs, lambda match: True)


@change("word", "before and after the break")
def before_and_after(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Where there was no goal before the break but after it, or the other way round."""
    early = sum((goal.minute or 0) <= 45 for goal in truth.goals)
    if not truth.known or bool(early) == bool(len(truth.goals) - early):
        return None
    pairs = {
        f"{one} {rest}": f"{two} {rest}"
        for one, two in (("before", "after"), ("after", "before"))
        for rest in ("half-time", "the break", "the interval")
    }
    return turned(prose, chance, pairs, lambda match: True)
