"""Sums written out: each number must be one of the facts, and both sides must be equal."""

import re
from fractions import Fraction

from content.check.sentence import Sentence
from content.check.terms import Ledger

PART = re.compile(r"\d+(?:\.\d+)?|[()+\-−–*×/=≈]")
ROUNDING = Fraction(1, 200)


def check_formulas(sentence: Sentence) -> None:
    """Finds sums that do not come out, or are made of other numbers than those of the facts."""
    for n, token in enumerate(sentence.tokens):
        if token.kind != "formula":
            continue
        parts = PART.findall(token.text.rstrip(". "))
        if not _comes_out(parts):
            sentence.wrong("number", n, n + 1, "the sum does not come out")
        elif strangers := [
            part for part in parts if part[0].isdigit() and Fraction(part) not in _known(sentence.ledger)
        ]:
            sentence.wrong("number", n, n + 1, f"the facts hold no {strangers[0]} here")


def _known(ledger: Ledger) -> set[Fraction]:
    """Return the numbers of quotas: of the rule, how many chose, how large the field is, and what it comes to."""
    size = next((int(q.value) for q in ledger.find("model", ["field"]) if isinstance(q.value, int)), 0)
    chosen = {
        int(q.value)
        for q in ledger.find("model")
        if isinstance(q.value, int) and any(r.startswith("tip:") for r in q.roles)
    }
    known = {Fraction(n) for n in (2, 6, 10, size, *chosen)} | {Fraction(6, 10)}
    for k in chosen:
        if k and size:
            raw = Fraction(6 * size, 10 * k) - Fraction(6, 10) + 2
            known |= {raw, Fraction((raw.numerator * 200 + raw.denominator) // (2 * raw.denominator), 100)}
    return known | {
        Fraction(q.value)
        for q in ledger.find("point")
        if isinstance(q.value, int) and q.roles & {"match", "part", "quota", "sum"}
    }


def _comes_out(parts: list[str]) -> bool:
    sides: list[list[str]] = [[]]
    for part in parts:
        if part in "=≈":
            sides.append([])
        else:
            sides[-1].append(part)
    values = [_Sum(side).value() for side in sides]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and all(abs(value - known[0]) <= ROUNDING for value in known)


class _Sum:
    """Works out a sum with brackets; `value` is None for what is none."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts

    def value(self) -> Fraction | None:
        try:
            found = self._terms()
        except (IndexError, ZeroDivisionError, ValueError):
            return None
        return None if self.parts else found

    def _terms(self) -> Fraction:
        found = self._factors()
        while self.parts and self.parts[0] in "+-−–":
            sign = 1 if self.parts.pop(0) == "+" else -1
            found += sign * self._factors()
        return found

    def _factors(self) -> Fraction:
        found = self._one()
        while self.parts and self.parts[0] in "*×/":
            found = found / self._one() if self.parts.pop(0) == "/" else found * self._one()
        return found

    def _one(self) -> Fraction:
        part = self.parts.pop(0)
        if part != "(":
            return Fraction(part)
        found = self._terms()
        self.parts.pop(0)
        return found
