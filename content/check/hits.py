"""What a clause says of right and wrong tips, and of the table."""

from collections.abc import Iterable

from content.check.atoms import Atom
from content.check.claims import MODELS, Rule
from content.check.sentence import Sentence
from content.check.wordlist import words

HAD = words("had has have hit got named landed found with knew")
SEEN = words("saw see sees seen")
ANAPHORA = frozenset({"had it", "got it", "called it", "saw it", "true"})
NO_HIT_BEFORE = words("score scoreline goal difference margin place")
"""`Right` before one of these is no right outcome."""

Said = tuple[tuple[str, ...], bool]
"""Relations, and whether the word itself denies them."""

NOTHING: Said = ((), False)


def hit_atoms(sentence: Sentence, clause: range) -> list[Atom]:
    """Return what a clause says of exact scores, right outcomes, misses and points."""
    atoms = []
    for n in clause:
        relations, negated = _hit(sentence, clause, n)
        if relations:
            atoms.append(Atom(relations, n, negated != sentence.is_negated(n)))
    return atoms


def _hit(sentence: Sentence, clause: range, n: int) -> Said:
    token, tags = sentence.tokens[n], sentence.tags_in(clause)
    before, after = sentence.text(n - 1), sentence.text(n + 1)
    if token.has("exact") and after in SCORES and _is_counted(sentence, n):
        return NOTHING  # `no exact scores`, `two exact scores` are numbers: see `figures`
    if token.text == "coming" and SEEN & set(sentence.words_in(clause)):
        return ("outcome",), False
    if token.has("exact", "outcome") and after in ("scores", "outcomes", "scorelines") and _tells_most(tags):
        return ("most exact" if token.has("exact") else "most outcome",), False
    if token.text in ("score", "scoreline") and before in ("another", "different", "other"):
        return ("exact",), True
    if _is_season(sentence, clause) or _is_run(sentence, clause, tags):
        return NOTHING
    if token.text in ("score", "scoreline", "result") and before in ("the", "right", "correct"):
        return _score(sentence, clause, n)
    if token.text in ("surprise", "surprised", "surprises") and sentence.groups_in(clause, "model"):
        return ("outcome",), before != "no" and not sentence.is_negated(n)
    return _by_tag(sentence, clause, n)


SCORES = ("score", "scores", "scoreline", "scorelines")


def _is_counted(sentence: Sentence, n: int) -> bool:
    """Whether a number stands before a word, and not `the one`."""
    no_scores = sentence.text(n - 1) == "no" and sentence.text(n + 1) in ("scores", "scorelines")
    return no_scores or (sentence.kind(n - 1) == "number" and sentence.text(n - 2) != "the")


def _tells_most(tags: frozenset[str]) -> bool:
    return "most" in tags and "modal" not in tags


def _is_run(sentence: Sentence, clause: range, tags: frozenset[str]) -> bool:
    return bool(tags & {"streak", "in a row"}) or (
        "streak" in sentence.tags and "outcomes" in sentence.words_in(clause)
    )


def _is_season(sentence: Sentence, clause: range) -> bool:
    """Whether a clause counts what a season has brought, and not this match."""
    if not sentence.is_seasonal:
        return False
    size = len(sentence.ledger.having("field"))
    if any(g.quant and g.quant.of == size for g in sentence.groups_in(clause, "model")):
        return False
    names_nobody = not any(g.names for g in sentence.groups if g.kind == "model")
    return names_nobody or any(sentence.tokens[n].kind in ("number", "percent", "fraction") for n in clause)


def _score(sentence: Sentence, clause: range, n: int) -> Said:
    """`had the score` is the exact score; `the score that counts`, `the score was` are not."""
    tags = sentence.tags_in(clause)
    had = any(sentence.text(m) in HAD for m in clause) and sentence.text(n + 1) != "that"
    if not had or tags & {"exact", "modal"}:
        return NOTHING
    return ("outcome", "exact") if sentence.text(n) == "result" else ("exact",), "wrong" in tags


def _by_tag(sentence: Sentence, clause: range, n: int) -> Said:
    token, tags = sentence.tokens[n], sentence.tags_in(clause)
    missed = "wrong" in tags
    if token.text in ("outcome", "result") and sentence.text(n - 2) in ("about", "on", "with"):
        return NOTHING
    if _is_relative(sentence, clause, n):
        return ("outcome", "exact"), False
    if token.has("exact"):
        return ("exact",), missed
    if token.has("outcome"):
        return _outcome(sentence, n, missed, tags)
    if token.has("difference"):
        return ("difference", "difference only"), missed
    return _nothing(sentence, n, tags)


def _is_relative(sentence: Sentence, clause: range, n: int) -> bool:
    """`…, which nobody had`."""
    last = n + 1 >= len(sentence.tokens) or sentence.tokens[n + 1].kind == "punct"
    had = sentence.text(n) in ("had", "saw", "expected", "foresaw")
    return last and had and sentence.text(clause[0]) in ("which", "that")


def _outcome(sentence: Sentence, n: int, missed: bool, tags: frozenset[str]) -> Said:
    before, text = sentence.text(n - 1), sentence.text(n)
    if sentence.text(n + 1) in NO_HIT_BEFORE or (missed and "exact" in tags):
        return NOTHING
    if text == "outcome" and before in ("right", "correct", "an", "wrong", "this", "which", "that"):
        return NOTHING  # the word before it has said so already, or nothing is said of it
    return ("outcome", "exact") if text in ANAPHORA else ("outcome",), missed or before == "wrong"


def _nothing(sentence: Sentence, n: int, tags: frozenset[str]) -> Said:
    token = sentence.tokens[n]
    about = sentence.text(n + 1) in ("about", "on")
    if token.has("wrong") and (about or not tags & {"exact", "outcome", "difference"}):
        return ("wrong",), False
    return (("nothing",), False) if token.has("nothing") else NOTHING


LAST_OF = words("match time minutes five goal ten score season round")
THE_LEAD = words("was is of over by has grew shrank had")
AWAY = words("behind to from of with on than below trails")


def table_atoms(sentence: Sentence, clause: range) -> list[Atom]:
    """Return what a clause says of the table: who leads, rose, fell, is last or new; and of what did not count."""
    tags = sentence.tags_in(clause)
    atoms = []
    for n in clause:
        found = rule_for(MODELS, sentence.tokens[n].tags, tags)
        if _led_before(sentence, clause, n):
            atoms.append(Atom(("leader before",), n, sentence.is_negated(n)))
        elif _leads(sentence, clause, n):
            atoms.append(Atom(("leader",), n, sentence.is_negated(n)))
        if found is not None and not _is_elsewhere(sentence, clause, n, found):
            atoms.append(Atom(_as_meant(sentence, clause, n, found.relations), n, sentence.is_negated(n)))
    return atoms


def _leads(sentence: Sentence, clause: range, n: int) -> bool:
    """Whether `leads` stands without a rival after it: then somebody is first."""
    models = sentence.groups_in(clause, "model")
    is_verb = sentence.text(n) in ("leads", "heads") and not any(g.first in (n + 1, n + 2) for g in models)
    return is_verb and not sentence.groups_in(clause, "team")


def _led_before(sentence: Sentence, clause: range, n: int) -> bool:
    """`A led before this match`, `until this match A led`."""
    told = sentence.text(n) == "led" and {"before", "until"} & set(sentence.words_in(clause))
    return bool(told) and bool(sentence.groups_in(clause, "model")) and not sentence.groups_in(clause, "team")


def _as_meant(sentence: Sentence, clause: range, n: int, relations: tuple[str, ...]) -> tuple[str, ...]:
    """Return the relations of a word as its clause means it: `had led`, `first exact score in nine predictions`."""
    past = {"had", "was", "were"} & {sentence.text(m) for m in range(n - 3, n)}
    if past and relations[0] in ("leader", "joint leader"):
        return (*relations, f"{relations[0]} before")
    if relations == ("first exact",) and {"predictions", "prediction"} & set(sentence.words_in(clause)):
        return ("exact",)
    return relations


def _is_elsewhere(sentence: Sentence, clause: range, n: int, rule: Rule) -> bool:
    """Whether a word is used in another sense: an end that is no rank, a rise that is a number."""
    text, after = sentence.text(n), sentence.text(n + 1)
    if rule.relations == ("last",) and after in LAST_OF:
        return True
    if rule.tags & {"best round", "worst round"}:
        own = sentence.ledger.having("own round")
        return any(g.kind == "round" and g.names[0] not in own for g in sentence.groups)
    if rule.tags & {"rose", "fell"}:
        return _moves_average(sentence, clause)
    if text == "the lead" and after in THE_LEAD:
        return True
    if rule.tags & {"last", "leader"} and _is_of_teams(sentence, clause):
        return True
    return (text == "top" and after in ("score", "scorer", "mark")) or _is_another(sentence, n, rule)


def _is_of_teams(sentence: Sentence, clause: range) -> bool:
    return bool(sentence.groups_in(clause, "team")) and not sentence.groups_in(clause, "model")


def _is_another(sentence: Sentence, n: int, rule: Rule) -> bool:
    """Whether a leader is somebody else than who the clause speaks of: `behind the leader`."""
    if not rule.tags & {"leader"}:
        return False
    near = {sentence.text(m) for m in range(n - 3, n)}
    return sentence.text(n - 1) == "from" or (sentence.text(n).startswith("leader") and bool(near & AWAY))


def _moves_average(sentence: Sentence, clause: range) -> bool:
    """Whether it is an average that rises or falls: `from 4.50 to 3.00`."""
    has_average = any(sentence.tokens[m].places for m in clause)
    return has_average and not any(sentence.tokens[m].kind == "ordinal" for m in clause)


def rule_for(rules: Iterable[Rule], mine: frozenset[str], clause: frozenset[str]) -> Rule | None:
    """Return the first rule that fits a word in its clause."""
    return next((r for r in rules if r.tags & mine and r.beside <= clause and not r.unless & clause), None)
