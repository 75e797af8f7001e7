"""Numbers with a unit: points, averages, ranks, runs, goals, matches. Each must be a quantity of whom it is said of."""

from dataclasses import replace
from fractions import Fraction

from content.check.figures import averages, bare, counts, goals, ordinals, points, runs
from content.check.figures.figure import CHECKERS, Figure, simple
from content.check.figures.ordinals import check_ordinal
from content.check.figures.units import unit_of
from content.check.sentence import Sentence

__all__ = ["averages", "bare", "check_figures", "counts", "goals", "ordinals", "points", "runs"]

SINGULAR = frozenset({"", "match", "model", "round", "season"})
"""`one` before these is a pronoun or an article."""


def check_figures(sentence: Sentence) -> None:
    """Finds numbers that are not those of the facts; every number that no reader understood is a problem."""
    for n, token in enumerate(sentence.tokens):
        is_number = token.kind in ("number", "ordinal", "percent", "fraction") and isinstance(token.value, Fraction)
        if is_number and n not in sentence.read:
            sentence.read.add(n)
            _check(Figure(sentence, n, token))
        elif (
            token.text == "no" and sentence.text(n + 1) == "exact" and sentence.text(n + 2) in ("scores", "scorelines")
        ):
            simple(Figure(sentence, n, replace(token, value=Fraction(0))), "exact")


def _check(figure: Figure) -> None:
    if figure.said.kind == "ordinal":
        check_ordinal(figure)
        return
    if figure.said.text == "one" and figure.word(-1) == "not":
        figure = replace(figure, said=replace(figure.said, value=Fraction(0)))
    unit = unit_of(figure) or ("share" if figure.said.kind == "percent" else "")
    if unit and unit != "times":
        figure.sentence.units.append(unit)
    if figure.said.text == "one" and (unit in SINGULAR or figure.word(-1) == "the"):
        return
    CHECKERS.get(unit or ("average" if figure.said.places else "bare"), CHECKERS["bare"])(figure)
