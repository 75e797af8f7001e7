"""By how much one model is ahead of another."""

from collections.abc import Iterator
from fractions import Fraction

from content.check.figures.figure import Figure
from content.check.terms import Quantity
from content.check.wordlist import words

COMPARING = frozenset({"gap", "led", "above", "below", "trailed"})
EARLIER = words("before previously was were instead")


def gaps(figure: Figure, unit: str) -> list[Quantity]:
    """Return the differences between the two models that the clause, or else the sentence, compares."""
    names = _compared(figure)
    if len(names) != 2:
        return []
    return [q for when in _times(figure) for q in _gap(figure, unit, when, names)]


def _compared(figure: Figure) -> list[str]:
    names = [name for g in figure.sentence.groups_in(figure.clause, "model") for name in g.names]
    if len(names) == 1 and figure.tags & COMPARING:
        names += [name for name in figure.all_names if name not in names][:1]
    if not names and figure.sentence.tags & (COMPARING | {"leader"}):
        names = figure.all_names
    return names


def _times(figure: Figure) -> Iterator[str]:
    yield "after"
    if figure.word(-1) == "from" or EARLIER & figure.words:
        yield "before"


def _gap(figure: Figure, unit: str, when: str, names: list[str]) -> list[Quantity]:
    values = [number(q) for name in names for q in figure.find(unit, "season", when, subject=name)]
    if len(values) != 2:
        return []
    return [Quantity(abs(values[0] - values[1]), unit, frozenset(names), frozenset({"gap", when}))]


def number(quantity: Quantity) -> Fraction:
    """Return the value of a quantity that is a number. Raises `TypeError` for any other."""
    if not isinstance(quantity.value, Fraction | int):
        raise TypeError(f"{quantity.value!r} is no number")
    return Fraction(quantity.value)


def top_gap(figure: Figure) -> list[Quantity]:
    """Return by how much the first leads the second; before the match after `from`, `was`, `instead of`."""
    before, other = figure.word(-1), figure.word(-2)
    was = before in ("from", "was", "were") or (before, other) == ("of", "instead") or figure.word(4) == "before"
    return figure.find("average", "top gap", "before" if was else "after")


def gap_to_leader(figure: Figure, name: str) -> list[Quantity]:
    leaders = sorted(figure.ledger.having("leader"))[:1]
    values = [number(q) for who in (name, *leaders) for q in figure.find("average", "season", "after", subject=who)]
    if len(values) != 2:
        return []
    return [Quantity(values[1] - values[0], "average", frozenset([name]), frozenset({"gap", "after"}))]
