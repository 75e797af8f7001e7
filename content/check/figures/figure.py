"""A number in its sentence: whom it is said of, what stands around it, and whether the facts support it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from content.check.quants import COMPARE, TESTS
from content.check.sentence import Sentence
from content.check.terms import Ledger, Quantity
from content.check.tokens import Token
from content.check.wordlist import words

NOT_KNOWN = "the facts do not say what this counts"
ROUNDS = frozenset({"round", "best round", "worst round"})
PAST = frozenset({"rose", "fell", "ended"})
PAST_WORDS = words("before previously earlier was had would")


@dataclass(frozen=True)
class Figure:
    """The number at place `n` of a sentence; `said` is its token (with value 0 for `not one`)."""

    sentence: Sentence
    n: int
    said: Token

    @property
    def ledger(self) -> Ledger:
        return self.sentence.ledger

    @cached_property
    def clause(self) -> range:
        return self.sentence.clause_at(self.n)

    @cached_property
    def tags(self) -> frozenset[str]:
        return self.sentence.tags_in(self.clause)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the clause, those of phrases one by one."""
        return frozenset(word for text in self.sentence.words_in(self.clause) for word in text.split())

    @cached_property
    def earlier_words(self) -> frozenset[str]:
        """The words of the sentence that stand before the number."""
        return frozenset(self.sentence.words_in(range(self.n)))

    def word(self, offset: int) -> str:
        """Return the word so many places after the number; before it, if negative."""
        return self.sentence.text(self.n + offset)

    def kind(self, offset: int) -> str:
        place = self.n + offset
        return self.sentence.tokens[place].kind if 0 <= place < len(self.sentence.tokens) else ""

    @cached_property
    def names(self) -> list[str]:
        """The models that it is said of; none if it is said of the field."""
        sentence, group = self.sentence, self.sentence.subject_of(self.n, "model")
        if group is None or (sentence.is_seasonal and group not in sentence.groups):
            return []
        mine = sentence.groups_in(self.clause, "model")
        named = [g for g in mine if g.names]
        if not group.names and named:
            return list(named[0].names)
        if not group.names and group not in mine:
            before = [g for g in sentence.groups if g.kind == "model" and g.names and g.first < self.n]
            return list(before[-1].names) if before else []
        return list(group.names)

    @cached_property
    def all_names(self) -> list[str]:
        """The models that the sentence names."""
        return list(dict.fromkeys(name for g in self.sentence.groups if g.kind == "model" for name in g.names))

    @cached_property
    def rounds(self) -> frozenset[str]:
        """The roles of a round that the sentence can speak of; none if it speaks of no round."""
        told = self.sentence.all_words & {"round", "matchday", "matchdays"} or self.tags & {"best round", "worst round"}
        return ROUNDS if told or any(g.kind == "round" for g in self.sentence.groups) else frozenset()

    def wrong(self, facts_say: str, *, checkable: bool = True) -> None:
        self.sentence.wrong("number" if checkable else "not checkable", self.n, self.n + 1, facts_say)

    def find(self, unit: str, *roles: str, subject: str = "") -> list[Quantity]:
        return self.ledger.find(unit, roles, subject)

    def fits(self, quantities: Iterable[Quantity]) -> bool:
        """Whether one of the quantities is what the number says, `more than` and the like considered."""
        compare = COMPARE.get(f"{self.word(-2)} {self.word(-1)}") or COMPARE.get(self.word(-1), "=")
        if compare == "=":
            return any(agrees(self.said, q.value) for q in quantities)
        said = self.said.value
        real = [Fraction(q.value) for q in quantities if isinstance(q.value, Fraction | int)]
        return isinstance(said, Fraction) and any(TESTS[compare](value, said) for value in real)

    def require(self, options: Sequence[Quantity], what: str) -> None:
        if not self.fits(options):
            self.wrong(told(options) or f"the facts hold no such {what}", checkable=bool(options))

    def require_each(self, options: Sequence[Sequence[Quantity]], what: str) -> None:
        """Requires the number of everybody that it is said of."""
        missing = next((mine for mine in options if not self.fits(mine)), None)
        if missing is not None:
            self.require(missing, what)

    def now(self, quantities: Iterable[Quantity]) -> list[Quantity]:
        """Leave out what held before the match, unless the clause speaks of before."""
        if self.tags & PAST or self.words & PAST_WORDS or self.word(-1) == "from":
            return list(quantities)
        return [q for q in quantities if "before" not in q.roles or "record" in q.roles]


Checker = Callable[[Figure], None]
CHECKERS: dict[str, Checker] = {}
"""By unit, or by what else a number turns out to be."""


def checks(*units: str) -> Callable[[Checker], Checker]:
    """Enters a checker for these units."""

    def enter(checker: Checker) -> Checker:
        CHECKERS.update(dict.fromkeys(units, checker))
        return checker

    return enter


def agrees(said: Token, real: object) -> bool:
    """Whether a number, to the decimals it is given with (a half rounded up), is the real one."""
    if not isinstance(real, Fraction | int) or not isinstance(said.value, Fraction):
        return False
    if not said.places:
        return said.value == real
    scale = 10**said.places
    scaled = Fraction(real) * scale
    return bool((scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator) == said.value * scale)


def told(quantities: Sequence[Quantity]) -> str:
    """Return quantities as people read them: `Alpha: 12 (after, season)`."""
    parts = []
    for q in quantities[:4]:
        who = ", ".join(sorted(q.subjects)[:2])
        value = q.value if not isinstance(q.value, Fraction) or q.value.denominator == 1 else f"{float(q.value):.2f}"
        parts.append(f"{who + ': ' if who else ''}{value} ({', '.join(sorted(q.roles))})")
    return "; ".join(parts)


def simple(figure: Figure, *units: str) -> None:
    """Checks a number whose units belong to a model, or to all of them together."""
    if figure.names and "together" not in figure.tags:
        options = [figure.now(q for u in units for q in figure.find(u, subject=name)) for name in figure.names]
        figure.require_each(options, units[0])
    else:
        figure.require(figure.now(q for u in units for q in figure.find(u) if not q.subjects), units[0])
