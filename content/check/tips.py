"""What a clause says that models chose: outcomes and scorelines."""

from collections.abc import Sequence

from content.check.atoms import Atom
from content.check.sentence import Sentence
from content.check.terms import Ledger, Score
from content.check.wordlist import words

WIN = frozenset({"win", "win noun"})
FINITE = words("was were is ended finished")
LONGEST_PHRASE = 8
"""Tokens."""

BACKED_BEFORE = words("for on backed chose favoured picked tipped with behind to")
"""Before the name of a team: it was chosen."""


def is_about_tips(sentence: Sentence, clause: range) -> bool:
    """Whether a clause tells what models chose, so that a draw or a win in it is what they tipped."""
    tags = sentence.tags_in(clause)
    if tags & {"tip", "worth", "modal"} or _is_worth_points(sentence, clause, tags):
        return True
    if tags & (WIN | {"draw"}) and sentence.tags & {"tip", "worth", "unanimous"} and _is_noun_phrase(sentence, clause):
        return True
    if sentence.groups_in(clause, "model"):
        has_result = bool(sentence.groups_in(clause, "team")) and bool(tags & {"beat", "beaten", "lose"})
        return not has_result or bool(tags & {"outcome", "exact"})
    return _goes_on(sentence, clause)


def _is_worth_points(sentence: Sentence, clause: range, tags: frozenset[str]) -> bool:
    return bool(tags & {"win", "draw"}) and bool({"point", "points"} & set(sentence.words_in(clause)))


def _is_noun_phrase(sentence: Sentence, clause: range) -> bool:
    """Whether a clause is little more than `a win for Wales` or `a draw`."""
    articles = [n for n in clause if sentence.text(n) in ("a", "an", "the", "no")]
    named = any(sentence.tokens[n + 1].has(*WIN, "draw") for n in articles if n + 1 < len(sentence.tokens))
    return named and len(clause) <= LONGEST_PHRASE and not FINITE & set(sentence.words_in(clause))


def _goes_on(sentence: Sentence, clause: range) -> bool:
    """Whether a clause goes on with what the one before it told of tips: `… and for a draw`, `… and 1–1`."""
    if clause[0] == 0:
        return False
    following = clause[0] + 1
    is_listed = following < len(sentence.tokens) and sentence.tokens[following].kind == "score"
    if not is_listed and sentence.text(following) not in ("for", "a", "an", "not"):
        return False
    place = sentence.clauses.index(clause)
    return place > 0 and is_about_tips(sentence, sentence.clauses[place - 1])


def tip_atoms(sentence: Sentence, clause: range) -> list[Atom]:
    """Return the outcomes and scorelines that a clause says were chosen."""
    atoms = []
    for n in clause:
        token = sentence.tokens[n]
        side = "" if token.has("draw") else _side_backed(sentence, clause, n)
        if token.has("goalless"):
            atoms.append(Atom(("tip:0-0",), n, sentence.is_negated(n)))
        elif (token.has("draw") and not token.has("level")) or side:
            atoms.append(Atom((f"tip:{side or 'draw'}",), n, sentence.is_negated(n)))
    for n in clause:
        score = sentence.score_at(n)
        if score is not None and not stands_between_teams(sentence, n) and not is_counted(sentence, clause):
            atoms.append(Atom((_tip(score, atoms),), n, sentence.is_negated(n)))
    return atoms


def is_counted(sentence: Sentence, clause: range) -> bool:
    """Whether a clause tells the score that counts, and nobody's tip: `(1–1 counted)`."""
    tells = {"counted", "counts", "count"} & set(sentence.words_in(clause))
    return bool(tells) and not sentence.groups_in(clause, "model")


def stands_between_teams(sentence: Sentence, n: int) -> bool:
    """Whether a score names the match: `Mexico 2–1 Wales`."""
    teams = [g for g in sentence.groups if g.kind == "team"]
    return any(g.end == n for g in teams) and any(g.first == n + 1 for g in teams)


def _tip(score: Score, atoms: Sequence[Atom]) -> str:
    """Return the tip that a score stands for: home side first; the winner first if the away side is named."""
    home, away = score
    told = {relation for atom in atoms for relation in atom.relations}
    return f"tip:{away}-{home}" if "tip:away" in told and home > away else f"tip:{home}-{away}"


def _side_backed(sentence: Sentence, clause: range, n: int) -> str:
    """Return the side that a word says was backed: `win for Wales`, `Wales to win`, `home win`; else empty."""
    token = sentence.tokens[n]
    if not token.tags.isdisjoint(WIN):
        return _side_of_win(sentence, clause, n)
    is_team = token.kind == "name" and sentence.ledger.kinds[token.names[0]] == "team"
    if not is_team or any(sentence.tokens[m].has(*WIN, "draw", "beat", "lose") for m in clause):
        return ""
    before = sentence.text(n - 1)
    backed = (n > 0 and sentence.tokens[n - 1].has("tip")) or before in BACKED_BEFORE
    is_winner = before == "had" and sentence.text(n + 1).startswith("as")
    return side_of(sentence.ledger, token.names[0]) if backed or is_winner else ""


def _side_of_win(sentence: Sentence, clause: range, n: int) -> str:
    for word, side in (("home", "home"), ("away", "away"), ("host", "home")):
        if word in (sentence.text(n - 1), sentence.text(n - 2)):
            return side
    near = [g for g in sentence.groups_in(clause, "team") if abs(g.first - n) <= 4 and len(g.names) == 1]
    nearest = min(near, key=lambda g: (g.first < n, abs(g.first - n)), default=None)
    return side_of(sentence.ledger, nearest.names[0]) if nearest else ""


def side_of(ledger: Ledger, team: str) -> str:
    """Return `home` or `away`; an empty string for a team that does not play."""
    return next((side for scope in ledger.scopes for side in ("home", "away") if getattr(scope, side) == team), "")
