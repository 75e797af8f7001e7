"""What a sentence says of which models: the atoms of its clauses, each given to the group that it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from content.check.atoms import Atom
from content.check.groups import Group
from content.check.hits import hit_atoms, table_atoms
from content.check.sentence import Sentence, is_oblique
from content.check.tips import is_about_tips, tip_atoms
from content.check.wordlist import words

WHAT = words("outcome difference right points point goal score") | {"goal difference"}


@dataclass
class Said:
    """A group of models, with what the clauses of a sentence say of it, and what only they are said to have."""

    group: Group
    clauses: list[list[Atom]] = field(default_factory=list)
    only: list[Atom] = field(default_factory=list)

    @property
    def atoms(self) -> list[Atom]:
        return [atom for clause in self.clauses for atom in clause]


def said_in(sentence: Sentence) -> list[Said]:
    """Return what a sentence says of each group of models, and of the one that a pronoun in it stands for."""
    told: dict[int, Said] = {}
    for clause in sentence.clauses:
        mine: dict[int, list[Atom]] = {}
        for atom in _atoms(sentence, clause):
            group = _owner(sentence, clause, atom)
            if group is not None and (group.names or group in sentence.groups):
                told.setdefault(id(group), Said(group))
                mine.setdefault(id(group), []).append(atom)
        for key, atoms in mine.items():
            told[key].clauses.append(atoms)
            told[key].only += atoms if _is_only(sentence, clause) else []
    return [*told.values(), *_apposed(sentence, list(told.values()))]


def _atoms(sentence: Sentence, clause: range) -> Iterator[Atom]:
    if is_about_tips(sentence, clause):
        yield from tip_atoms(sentence, clause)
    yield from hit_atoms(sentence, clause)
    yield from table_atoms(sentence, clause)


def _apposed(sentence: Sentence, told: list[Said]) -> Iterator[Said]:
    """Yields what is said of `four of the nine, 44 per cent, …` for the number that has no clause of its own, too."""
    spoken = [said.group for said in told]
    models = [g for g in sentence.groups if g.kind == "model"]
    for place, group in enumerate(models):
        if group in spoken or not _is_apposition(sentence, group):
            continue
        beside = [g for g in models[max(0, place - 1) : place + 2] if g in spoken and g.quant and not g.bare]
        clause = sentence.clause_of[group.first]
        if beside and abs(sentence.clause_of[beside[-1].first] - clause) == 1:
            yield Said(group, told[spoken.index(beside[-1])].clauses)


def _is_apposition(sentence: Sentence, group: Group) -> bool:
    if group.kind != "model" or group.bare or group.quant is None or group.quant.vague:
        return False
    stands_alone = len(sentence.clause_at(group.first)) <= group.end - group.first + 2
    return stands_alone or group.quant.of is not None


def _owner(sentence: Sentence, clause: range, atom: Atom) -> Group | None:
    """Return the group that an atom belongs to: the last before it in its clause, else the first, else the subject."""
    mine = sentence.groups_in(clause, "model")
    if len(mine) > 1 and atom.relations[0] in ("biggest climb", "biggest fall") and _is_nobody(mine[0]):
        return mine[1]  # no model climbed further than this one
    if len(mine) > 1 and atom.is_of_table:
        mine = [g for g in mine if not is_oblique(g)] or mine
    is_away = all(g.before in ("from", "over", "ahead of", "stays ahead of") for g in mine)
    if mine and is_away and atom.is_of_table:
        return sentence.from_earlier(clause, "model") or mine[0]
    before = [g for g in mine if g.first <= atom.place]
    if before:
        return before[-1]
    return mine[0] if mine else sentence.subject_of(atom.place, "model")


def _is_nobody(group: Group) -> bool:
    return group.quant is not None and not group.quant.value


def _is_only(sentence: Sentence, clause: range) -> bool:
    """Whether a clause says that nobody else did: `only A`, `A alone`, `the one tip`; not `only the outcome`."""
    for n in clause:
        if sentence.text(n) == "one" and sentence.text(n - 1) == "the" and sentence.text(n + 1) != "of":
            return True
        if sentence.tokens[n].has("alone") and not _limits_what(sentence, clause, n):
            return True
    return False


def _limits_what(sentence: Sentence, clause: range, n: int) -> bool:
    """Whether `only` belongs to what somebody had, not to who."""
    if n and sentence.text(n) in ("only", "alone") and sentence.tokens[n - 1].has("outcome", "difference"):
        return True
    follows = {sentence.text(n + 1), sentence.text(n + 2)} & WHAT
    return bool(follows) and sentence.text(n) == "only" and not sentence.groups_in(range(n, clause[-1] + 1), "model")
