"""What is said of the two teams: who won and lost, led and trailed, and how it came about."""

from content.check.claims import TEAMS, Rule
from content.check.flags import is_basis
from content.check.groups import Group
from content.check.hits import rule_for
from content.check.level import check_level
from content.check.minutes import half_of
from content.check.sentence import Sentence
from content.check.tips import is_about_tips
from content.check.tokens import Token

COURSE = frozenset({"led", "trailed", "comeback", "came back", "scored first", "lost lead", "conceded first"})
"""Relations that can only be denied if the course of the match is known."""

NO_TABLE = ("rose", "fell", "takes lead", "stays", "shares", "debut", "streak", "in a row", "leader", "last")
"""What can't be said of teams: the facts hold no table of them."""

CLEAN = frozenset(
    ("clean sheet", "clean sheets", "shutout", "shut out", "conceded nothing", "conceded no goal", "without conceding")
)
RESULT = frozenset({"win", "win noun", "loss"})


def check_teams(sentence: Sentence) -> None:
    """Finds what is said of the teams and is not so; what a rule says in general is no claim about the match."""
    if "bonus" in sentence.tags or is_basis(sentence):
        return
    for clause in sentence.clauses:
        if not is_about_tips(sentence, clause):
            for n in clause:
                _check_word(sentence, clause, n, sentence.tokens[n])


def _check_word(sentence: Sentence, clause: range, n: int, token: Token) -> None:
    if (
        token.has("again")
        and _only_teams(sentence, clause)
        and sentence.tags_in(clause) & (RESULT | {"beat", "lose", "draw"})
    ):
        sentence.wrong("not checkable", n, n + 1, "the facts hold no other match of a team")
    elif token.has("beat", "beaten"):
        _check_beaten(sentence, clause, n)
    elif token.has("equalised", "level"):
        check_level(sentence, clause, n)
    elif _needs_table(sentence, clause, token):
        sentence.wrong("not checkable", n, n + 1, "the facts hold no table of teams")
    elif sentence.groups_in(clause, "team") or not any(g.kind == "model" for g in sentence.groups):
        _check_rule(sentence, clause, n)


def _needs_table(sentence: Sentence, clause: range, token: Token) -> bool:
    if not token.has(*NO_TABLE) or token.text == "the lead" or token.has("led", "trailed", "lose", "late"):
        return False
    return _only_teams(sentence, clause)


def _only_teams(sentence: Sentence, clause: range) -> bool:
    return bool(sentence.groups_in(clause, "team")) and not any(g.kind == "model" for g in sentence.groups)


def _check_beaten(sentence: Sentence, clause: range, n: int) -> None:
    """`A beat B`, `A were beaten by B`: the pair must be right, or the one that is named."""
    winner, loser = _winner_and_loser(sentence, clause, n)
    ledger = sentence.ledger
    if winner and loser:
        holds = ledger.related("beat", winner, loser)
    else:
        holds = (winner or loser) in ledger.having("won" if winner else "lost")
    if (winner or loser) and holds == sentence.is_negated(n):
        sentence.wrong("word", n, n + 1, ledger.facts.get("result", ""))


def _winner_and_loser(sentence: Sentence, clause: range, n: int) -> tuple[str, str]:
    """Return who is said to have beaten whom; empty for who is not named."""
    after = [g for g in sentence.groups_in(clause, "team") if g.first > n]
    participle = sentence.tokens[n].has("beaten")
    by_whom = sentence.text(n - 1) in ("were", "was", "been", "be") and any(g.before == "by" for g in after)
    subject = _passive_subject(sentence, n) if participle else sentence.subject_of(n, "team")
    if subject in after:
        subject = None  # only who was beaten is named
    objects = [g for g in after if g is not subject]
    first = subject.names[0] if subject else ""
    second = objects[0].names[0] if objects else ""
    return (second, first) if participle or by_whom else (first, second)


def _passive_subject(sentence: Sentence, n: int) -> Group | None:
    before = [g for g in sentence.groups if g.kind == "team" and g.first < n and g.before != "by"]
    return before[-1] if before else None


def _check_rule(sentence: Sentence, clause: range, n: int) -> None:
    token, tags = sentence.tokens[n], sentence.tags_in(clause)
    rule = rule_for(TEAMS, token.tags, tags | (sentence.tags & {"draw"}))
    if rule is None or _is_elsewhere(sentence, clause, n):
        return
    team, negated = _team_of(sentence, clause, n), _is_denied(sentence, n)
    half = half_of(sentence, clause)
    if half and team is not None and token.has("no goal", "clean", "conceded"):
        _check_half(sentence, n, team.names[0], half)
        return
    if team is None or _is_noun_alone(sentence, clause, n):
        _check_of_nobody(sentence, n, rule, negated=negated)
        return
    if sentence.text(team.first - 1) == "not":
        negated = not negated
    for name in team.names if len(team.names) == 1 or "drew" in rule.relations else ():
        _check_relation(sentence, n, rule, name, negated=negated)


def _check_half(sentence: Sentence, n: int, team: str, half: str) -> None:
    """`did not score after the break`, `conceded nothing in the first half`."""
    token, ledger = sentence.tokens[n], sentence.ledger
    found = ledger.find("goal", [half], team)
    wanted = [q for q in found if ("conceded" in q.roles) != token.has("no goal")]
    none = token.has("no goal") or (token.has("clean") and not _is_denied(sentence, n))
    if not any((q.value == 0) == none for q in wanted):
        sentence.wrong("word", n, n + 1, ledger.facts.get("half-time", "the half-time score is not known"))


def _check_relation(sentence: Sentence, n: int, rule: Rule, name: str, *, negated: bool) -> None:
    ledger = sentence.ledger
    holds = any(name in ledger.having(relation) for relation in rule.relations)
    unknown = negated and COURSE & set(rule.relations) and "course known" not in ledger.flags
    if holds == negated or unknown:
        half = "half-time" in sentence.tags_in(sentence.clause_at(n))
        facts = ledger.facts.get("half-time" if half else "result") or ledger.facts.get("result", "")
        sentence.wrong("word", n, n + 1, facts)


def _check_of_nobody(sentence: Sentence, n: int, rule: Rule, *, negated: bool) -> None:
    """Checks a word that speaks of no team in particular: it must be true of one, or, denied, of none."""
    ledger, token = sentence.ledger, sentence.tokens[n]
    if token.has("no goal") and "half-time" in sentence.tags_in(sentence.clause_at(n)):
        if "goalless at half-time" not in ledger.flags:
            sentence.wrong("word", n, n + 1, ledger.facts.get("half-time", "the half-time score is not known"))
        return
    holds = any(ledger.having(relation) for relation in rule.relations)
    wrong = holds == negated if "draw" in rule.tags else not holds and not negated
    if wrong:
        sentence.wrong("word", n, n + 1, ledger.facts.get("result", ""))


def _team_of(sentence: Sentence, clause: range, n: int) -> Group | None:
    """Return the team that a word speaks of: the one in `win for A`, `A's win`, else the subject."""
    if sentence.tokens[n].has("win", "win noun", "loss", "draw") and sentence.text(n + 1) in ("for", "by"):
        after = [g for g in sentence.groups_in(clause, "team") if g.first > n]
        if after:
            return after[0]
    return sentence.subject_of(n, "team")


def _is_noun_alone(sentence: Sentence, clause: range, n: int) -> bool:
    """Whether it is `a win` in a clause that names no team."""
    is_noun = not RESULT.isdisjoint(sentence.tokens[n].tags) and sentence.text(n - 1) in ("a", "the")
    return is_noun and not sentence.groups_in(clause, "team")


def _is_denied(sentence: Sentence, n: int) -> bool:
    """Whether a word is denied: `did not concede` says the same as `kept a clean sheet`."""
    token, negated = sentence.tokens[n], sentence.is_negated(n)
    if token.has("clean"):
        return negated if token.text in CLEAN else not negated
    if token.has("no goal"):
        return negated
    return negated or token.text.startswith(("did not", "without", "failed"))


def _is_elsewhere(sentence: Sentence, clause: range, n: int) -> bool:
    """Whether the word is used in another sense, or is checked with the player, the number or the verb beside it."""
    token = sentence.tokens[n]
    if token.has("no goal") and sentence.text(n + 1) == "again":
        return True
    if token.has("scored", "took lead", "scored first") and sentence.groups_in(clause, "player"):
        return True
    is_passive = token.text == "scored" and sentence.text(n - 1) == "were"
    if is_passive or (token.has("leader") and token.text != "the lead"):
        return True
    if token.text in ("lead", "advantage"):
        return any(sentence.tokens[m].has("lose", "not") for m in range(max(0, n - 3), n))
    precedes_number = n + 1 < len(sentence.tokens) and sentence.tokens[n + 1].kind == "number"
    return precedes_number or (token.text == "winner" and sentence.text(n - 1) == "no")
