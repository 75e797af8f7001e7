"""The least things that are said of models, and who they are true of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from content.check.claims import MODELS
from content.check.terms import Ledger, Names

FIELD = frozenset(
    {"exact", "outcome only", "difference only", "late", "void", "unverified", "right before", "first exact"}
)
TABLE = frozenset(relation for rule in MODELS for relation in rule.relations) - FIELD
"""Relations of all the models in the table; the others are of those in the field."""


UNCOUNTED = frozenset({"late", "void"})
"""Relations of models that are not in the field."""


@dataclass(frozen=True)
class Atom:
    """Something said of models, at a place: one of the relations holds, or, negated, none does."""

    relations: tuple[str, ...]
    place: int
    negated: bool = False

    def having(self, ledger: Ledger, everybody: Names) -> Names:
        who = frozenset[str]().union(*(ledger.having(relation) for relation in self.relations))
        return everybody - who if self.negated else who

    @property
    def is_of_table(self) -> bool:
        return not TABLE.isdisjoint(self.relations)


def everybody(ledger: Ledger, atoms: Iterable[Atom]) -> Names:
    """Return who is counted: all of the table if it speaks of the table, with late and void tips, else the field."""
    told = {relation for atom in atoms for relation in atom.relations}
    if told & UNCOUNTED:
        return ledger.having("field") | ledger.having("late") | ledger.having("void")
    return ledger.having("field" if TABLE.isdisjoint(told) else "table")


def sharing(ledger: Ledger, atoms: Sequence[Atom]) -> Names:
    """Return of whom all the atoms are true."""
    base = everybody(ledger, atoms)
    who = base
    for atom in atoms:
        who &= atom.having(ledger, base)
    return who


def in_each_sense(ledger: Ledger, atoms: Sequence[Atom]) -> list[Names]:
    """Return of whom all is true, in each sense of the words: `the difference` with or without the score."""
    senses = max((len(atom.relations) for atom in atoms), default=1)
    return [sharing(ledger, [_in_sense(atom, sense) for atom in atoms]) for sense in range(senses)]


def _in_sense(atom: Atom, sense: int) -> Atom:
    return replace(atom, relations=(atom.relations[min(sense, len(atom.relations) - 1)],))


def some(names: Names) -> str:
    """Return a few of the names, in a row."""
    listed = sorted(names)
    return ", ".join(listed[:6]) + (" and others" if len(listed) > 6 else "") or "nobody"
