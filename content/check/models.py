"""Finds what is said of the models and is not so: what they tipped, whether they were right, and how many of them."""

from collections.abc import Sequence

from content.check.atoms import Atom, everybody, in_each_sense, sharing, some
from content.check.groups import Group
from content.check.problems import Kind
from content.check.quants import Quant
from content.check.said import Said, said_in
from content.check.sentence import Sentence
from content.check.terms import Ledger, Names
from content.check.wordlist import words

COPULA = words("was were by from is came :")


def check_models(sentence: Sentence) -> None:
    """Finds what is said of models and is not so."""
    for group in sentence.groups:
        if group.names:
            sentence.understood(group)
    told = said_in(sentence)
    _check_sizes(sentence, [said.group for said in told])
    _check_identified(sentence, told)
    _check_displaced(sentence)
    for said in told:
        if said.group.names:
            _check_named(sentence, said)
        elif said.group.quant is not None:
            _check_counted(sentence, said, said.group.quant)


def _check_identified(sentence: Sentence, told: Sequence[Said]) -> None:
    """`The one exact tip was by A`: those named after a number of models must be among them."""
    spoken = [said.group for said in told]
    for group in sentence.groups:
        if group.kind != "model" or not group.names or group in spoken or group.before not in ("by", "from", "of", ""):
            continue
        counted = [s for s in told if _is_number(s.group) and s.group.first < group.first]
        if not counted or not COPULA & set(sentence.words_in(sentence.clause_at(group.first))):
            continue
        having = sharing(sentence.ledger, counted[-1].atoms)
        if having and not set(group.names) <= having:
            sentence.wrong("name", group.first, group.end, f"it was {some(having)}")


def _check_displaced(sentence: Sentence) -> None:
    """`A takes first place from B`: B must have led before."""
    if "takes lead" not in sentence.tags:
        return
    led = sentence.ledger.having("leader before")
    for group in sentence.groups:
        if group.kind == "model" and group.before == "from" and led and not set(group.names) <= led:
            sentence.wrong("name", group.first, group.end, f"{some(led)} led before")


def _is_number(group: Group) -> bool:
    return group.quant is not None and not group.quant.is_share and group.quant.value > 0


def _check_sizes(sentence: Sentence, spoken: Sequence[Group]) -> None:
    """Finds numbers of models of which nothing is said that differ from the size of the field, or of the table."""
    speaks_of_table = sentence.is_seasonal or "table" in sentence.all_words or sentence.tags & {"leader", "last"}
    sizes = {len(sentence.ledger.having(relation)) for relation in ("field", *(["table"] if speaks_of_table else []))}
    for group in sentence.groups:
        quant = group.quant
        if quant is None or group in spoken or group.bare or group.noun not in ("models", "model", "field"):
            continue
        sentence.understood(group)
        said = _size_said(quant)
        if _is_record(sentence, quant):
            continue
        if _is_claim(quant):
            sentence.wrong("not checkable", group.first, group.end, "what is said of them is not in the facts")
        elif said is not None and said not in sizes and quant.value not in (0, 1):
            sentence.wrong("number", group.first, group.end, sentence.ledger.facts.get("field", ""))


def _is_record(sentence: Sentence, quant: Quant) -> bool:
    """Whether it is the smallest share of the season before: `it had been three of 27 models`."""
    told = sentence.ledger.find("model", ["record"]), sentence.ledger.find("model", ["record size"])
    k, n = ([q.value for q in found] for found in told)
    return "share" in sentence.all_words and quant.value in k and (quant.of is None or quant.of in n)


def _is_claim(quant: Quant) -> bool:
    """Whether it counts some of the models, of whom something must be said then: `most models`, `four of the nine`."""
    some_of_all = quant.of is not None and quant.value not in (0, 1, quant.of)
    return some_of_all or (quant.is_share and quant.value < 1)


def _size_said(quant: Quant) -> int | None:
    if quant.of is not None:
        return quant.of
    return None if quant.is_share or quant.vague else int(quant.value)


def _check_named(sentence: Sentence, said: Said) -> None:
    ledger, names = sentence.ledger, said.group.names
    for atom in said.atoms:
        having = atom.having(ledger, everybody(ledger, [atom]))
        stranger = next((name for name in names if name not in having), "")
        if stranger:
            facts = ledger.facts.get(stranger, f"nothing of {stranger}")
            sentence.wrong(_kind(sentence, said.group, atom.place), atom.place, atom.place + 1, facts)
    _check_whole(sentence, said, "word", said.only)
    _check_whole(sentence, said, "number", said.atoms if said.group.others else [])


def _kind(sentence: Sentence, group: Group, place: int) -> Kind:
    """Return what is wrong: a scoreline, one of several names, or a word."""
    if sentence.score_at(place) is not None:
        return "number"
    return "name" if len(group.names) > 1 else "word"


def _check_whole(sentence: Sentence, said: Said, kind: Kind, atoms: Sequence[Atom]) -> None:
    """Finds that others, or more or fewer, did what only these, or `these and two others`, are said to have done."""
    having = sharing(sentence.ledger, atoms) & _moved_as_said(sentence, atoms)
    if atoms and len(having) != len(said.group.names) + said.group.others:
        sentence.wrong(kind, said.group.first, said.group.end, f"{len(having)} did: {some(having)}")


def _moved_as_said(sentence: Sentence, atoms: Sequence[Atom]) -> Names:
    """Return who moved by as many places as the clause says; everybody if it does not."""
    ledger = sentence.ledger
    clauses = {sentence.clause_at(atom.place) for atom in atoms}
    places = [
        sentence.tokens[m].value
        for clause in clauses
        for m in clause
        if sentence.text(m + 1) in ("place", "places") and sentence.tokens[m].kind == "number"
    ]
    if places:
        return frozenset(name for q in ledger.find("place", ["moved"]) if q.value in places for name in q.subjects)
    runs = [
        token.value for n, token in enumerate(sentence.tokens) if token.kind == "number" and _counts_run(sentence, n)
    ]
    if runs and {"streak", "ended"} <= sentence.tags:
        return frozenset(name for q in ledger.find("streak", ["ended"]) if q.value in runs for name in q.subjects)
    return everybody(ledger, atoms)


def _counts_run(sentence: Sentence, n: int) -> bool:
    return sentence.kind(n) == "number" and "outcomes" in (sentence.text(n + 1), sentence.text(n + 2))


def _check_counted(sentence: Sentence, said: Said, quant: Quant) -> None:
    ledger, group = sentence.ledger, said.group
    size = ledger.find("model", ["field"])
    if _is_about_empty_field(quant, [q.value for q in size]) or _counts_season(sentence, said, quant):
        sentence.understood(group)
        return
    sentence.understood(group)
    if not everybody(ledger, said.atoms):
        _check_declared(sentence, said, quant)
        return
    n = len(everybody(ledger, said.atoms))
    sentence.sets += [(group, who) for who in in_each_sense(ledger, said.atoms) if quant.fits(len(who), n)][:1]
    if not any(quant.fits(k, of) for k, of in _counts(sentence, said, quant)):
        sentence.wrong("number", group.first, group.end, f"{len(sharing(ledger, said.atoms))} of {n} did")
    elif quant.of is not None and quant.of not in (n, len(ledger.having("field"))):
        sentence.wrong("number", group.first, group.end, ledger.facts.get("field", ""))


def _is_about_empty_field(quant: Quant, sizes: list[object]) -> bool:
    return quant.value == 0 and not quant.is_share and sizes[:1] == [0]


def _counts(sentence: Sentence, said: Said, quant: Quant) -> list[tuple[int, int]]:
    """Return how many of how many did what is said, in each way it can be meant."""
    ledger, group = sentence.ledger, said.group
    n = len(everybody(ledger, said.atoms))
    counts = [(len(who), n) for who in [sharing(ledger, said.atoms), *in_each_sense(ledger, said.atoms)]]
    own = sentence.clause_of[group.first]
    if len(said.clauses) > 1 and all(sentence.clause_of[atom.place] == own for atom in said.clauses[0]):
        counts.append((len(sharing(ledger, said.clauses[0])), n))
    if group.noun in ("others", "rest") or "other" in sentence.words_in(range(group.first, group.end)):
        before = [g for g in sentence.groups if g.kind == "model" and g.first < group.first]
        named = frozenset(name for g in before for name in g.names)
        counts.append((len(sharing(ledger, said.atoms) - named), n - len(named)))
    return counts


def _counts_season(sentence: Sentence, said: Said, quant: Quant) -> bool:
    """Whether `450 of 1470 predictions` counts all predictions of the season, and rightly."""
    ledger = sentence.ledger
    if (
        said.group.noun in ("models", "model")
        or quant.of is None
        or all(q.value != quant.of for q in ledger.find("prediction", ["all"]))
    ):
        return False
    told = {relation for atom in said.atoms for relation in atom.relations}
    unit = next((unit for unit in ("exact", "difference", "outcome") if unit in told), "")
    return any(q.value == quant.value for q in ledger.find(unit, ["all", "after"]))


def _check_declared(sentence: Sentence, said: Said, quant: Quant) -> None:
    """Checks a number against those a ledger declares where it does not say who they are."""
    declared = _declared(sentence.ledger, said.atoms)
    fits_size = quant.of is None or any(size == quant.of for _, size in declared)
    if not fits_size or not any(quant.fits(k, size) for k, size in declared):
        facts = "; ".join(f"{k} of {size}" for k, size in declared[:3]) or "the facts hold no such number"
        sentence.wrong("number", said.group.first, said.group.end, facts)


def _declared(ledger: Ledger, atoms: Sequence[Atom]) -> list[tuple[int, int]]:
    """Return how many of how many share what the atoms say, scope by scope."""
    told = {relation for atom in atoms for relation in atom.relations}
    sizes = [(q.scope, q.value) for q in ledger.find("model", ["field"]) if isinstance(q.value, int)]
    counted = [q for q in ledger.by_unit.get("model", ()) if q.roles and q.roles <= told]
    return [(q.value, size) for q in counted for scope, size in sizes if isinstance(q.value, int) and scope == q.scope]
