"""Comparisons: of two models in the table, and of two outcomes by how many chose them."""

from fractions import Fraction

from content.check.sentence import Sentence
from content.check.tips import is_about_tips, tip_atoms
from content.check.tokens import Token

TENDENCIES = ("tip:home", "tip:draw", "tip:away")
COMPARING = ("above", "below", "level with", "led", "trailed", "leader", "overtook")
NO_RIVAL_AFTER = ("with", "of", "from", "is", "are", "stands", ":")
"""Between `leads` or `the leader` and a name: the name is not that of a rival."""

REACH = 3
"""Tokens between a comparing word and the name of who is compared."""


def check_choices(sentence: Sentence) -> None:
    """Finds `more models tipped A than B` where it was not so."""
    for n, token in enumerate(sentence.tokens):
        if not _compares_numbers(sentence, n, token):
            continue
        clause = sentence.clause_at(n)
        atoms = tip_atoms(sentence, clause) if is_about_tips(sentence, clause) else []
        chosen = [relation for atom in atoms for relation in atom.relations if relation in TENDENCIES]
        if len(chosen) == 2:
            one, two = (len(sentence.ledger.having(relation)) for relation in chosen)
            if not (one > two if token.text.startswith("more") else one < two):
                sentence.wrong("word", n, n + 1, sentence.ledger.facts.get("field", ""))


def _compares_numbers(sentence: Sentence, n: int, token: Token) -> bool:
    if token.text in ("more than", "fewer than", "less than"):
        return True
    return token.text in ("more", "fewer") and "than" in sentence.words_in(range(n, len(sentence.tokens)))


def check_comparisons(sentence: Sentence) -> None:
    """Finds one model put above, below or level with another that it is not."""
    for clause in sentence.clauses:
        for n in clause:
            pair = _compared(sentence, clause, n) if sentence.tokens[n].has(*COMPARING) else None
            if pair is not None:
                _check_pair(sentence, n, *pair)


def _compared(sentence: Sentence, clause: range, n: int) -> tuple[str, str] | None:
    """Return the models on both sides of a word that compares; None if it compares none."""
    after = [g for g in sentence.groups_in(clause, "model") if g.first > n and g.names]
    earlier = [g for g in sentence.groups if g.kind == "model" and g.names and g.first < n]
    if not earlier or not after or after[0].first > n + REACH:
        return None
    if sentence.tokens[n].has("led", "leader") and sentence.text(after[0].first - 1) in NO_RIVAL_AFTER:
        return None
    one, two = earlier[-1].names[-1], after[0].names[0]
    return None if one == two else (one, two)


def _check_pair(sentence: Sentence, n: int, one: str, two: str) -> None:
    token, facts = sentence.tokens[n], sentence.ledger.facts
    rank = _order(sentence, "rank", two, one)
    average = _order(sentence, "average", one, two)
    if rank is None or average is None:
        return
    sign = 0 if token.has("level with") else -1 if token.has("below", "trailed") else 1
    holds = 0 in (rank, average) if sign == 0 else sign == rank
    if holds == sentence.is_negated(n):
        sentence.wrong("word", n, n + 1, f"{facts.get(one, one)}; {facts.get(two, two)}")


def _order(sentence: Sentence, unit: str, one: str, two: str) -> int | None:
    """Return 1 if the first has more of it after the match, 0 if both have as much, else -1; None: not known."""
    first, second = (_value(sentence, unit, name) for name in (one, two))
    return None if first is None or second is None else (first > second) - (first < second)


def _value(sentence: Sentence, unit: str, name: str) -> Fraction | None:
    found = sentence.ledger.find(unit, ["after"], name)
    value = found[0].value if found else None
    return Fraction(value) if isinstance(value, Fraction | int) else None
