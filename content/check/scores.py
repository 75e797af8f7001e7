"""Scorelines: which score it is, which way round it is told, and whose."""

from collections.abc import Iterable, Sequence
from itertools import chain

from content.check.groups import Group
from content.check.minutes import is_minute
from content.check.sentence import Sentence
from content.check.terms import Quantity, Scope, Score
from content.check.tips import is_about_tips, is_counted, stands_between_teams

OPENERS = frozenset({"lead", "ahead", "up", "down", "made", "became"})
"""Words beside a score on the way."""

RESULT = frozenset({"win", "beat", "lose", "beaten", "draw"})
WINNER_FIRST = frozenset({"win", "beat", "lose", "beaten", "shootout", "win noun", "loss"})
LOSER_FIRST = frozenset({"lose", "beaten", "trailed", "loss"})
ON_THE_WAY = frozenset({"equalised", "led", "trailed", "level", "comeback"})

FINAL = ("final", "counted", "full-time", "extra-time")
RUNNING = ("running", "made", "final", "half-time")


def check_scores(sentence: Sentence) -> None:
    """Finds scorelines that are not those of the facts."""
    for clause in sentence.clauses:
        for n in clause:
            score = sentence.score_at(n)
            if score is None:
                continue
            sentence.read.add(n)
            if stands_between_teams(sentence, n) or not _is_tip(sentence, clause):
                _check_played(sentence, clause, n, score)
            else:
                _check_tip(sentence, clause, n, score)


def _is_tip(sentence: Sentence, clause: range) -> bool:
    tells_result = sentence.groups_in(clause, "team", "player") and sentence.tags_in(clause) & {
        "beat",
        "beaten",
        "lose",
    }
    return is_about_tips(sentence, clause) and not tells_result and not is_counted(sentence, clause)


def _check_tip(sentence: Sentence, clause: range, n: int, score: Score) -> None:
    """A tip belongs to the models of its clause (see `models`); without any, somebody must have had it."""
    ledger, tags = sentence.ledger, sentence.tags_in(clause)
    counted = [q.value for q in ledger.find("score", ["counted"])]
    if _is_exact(sentence, clause, n) and "not" not in tags:
        if score not in counted:
            sentence.wrong("number", n, n + 1, _listed(counted))
        return
    group = sentence.subject_of(n, "model")
    if group is not None and (group.names or group in sentence.groups_in(clause, "model")):
        return
    role = "modal" if "modal" in sentence.tags else "tip"
    tipped = [q.value for q in ledger.find("score", [role])]
    if score not in (tipped if role == "modal" else [*tipped, *counted]):
        sentence.wrong("number", n, n + 1, _listed(tipped) or "no model tipped it")


def _is_exact(sentence: Sentence, clause: range, n: int) -> bool:
    """Whether `exactly` or `the exact score` stands close by."""
    return any(sentence.tokens[m].has("exact") for m in clause if n - 4 <= m < n + 3)


def _listed(scores: Iterable[object]) -> str:
    return ", ".join(sorted({f"{s[0]}–{s[1]}" for s in scores if isinstance(s, tuple)}))


def _check_played(sentence: Sentence, clause: range, n: int, score: Score) -> None:
    roles = roles_of(sentence, clause, n)
    known = _candidates(sentence, roles, _makers(sentence, clause, n))
    if not any(score in _ways(sentence, clause, n, quantity) for quantity in known):
        sentence.wrong("number", n, n + 1, _facts(sentence, roles, known))


def _makers(sentence: Sentence, clause: range, n: int) -> frozenset[str]:
    """Return the players whose goals made a score; nobody for the score that a match stood at before."""
    if sentence.text(n - 1) == "from" or "equalised" in sentence.tags_in(clause):
        return frozenset()
    return frozenset(name for g in sentence.groups if g.kind == "player" for name in g.names)


def _candidates(sentence: Sentence, roles: Sequence[str], players: frozenset[str]) -> list[Quantity]:
    if "made" in roles and players:
        running = [q for role in ("made", "running") for q in sentence.ledger.find("score", [role])]
        made = [q for q in running if players & q.subjects]
        if made:
            return made
    return [q for role in roles for q in sentence.ledger.find("score", [role])]


def roles_of(sentence: Sentence, clause: range, n: int) -> Sequence[str]:
    """Return what the score of a clause can be, by the words beside it, else by those that open the sentence."""
    tags = sentence.tags_in(clause)
    made = {"made", "goal", "goals"} & set(sentence.words_in(clause))
    if stands_between_teams(sentence, n) and not made and "half-time" not in tags:
        return FINAL
    if sentence.text(n - 1) == "(" and sentence.text(n + 1) == ")":
        return ("half-time", "final", "full-time", "shootout")
    return _by_phase(sentence, clause, n) or _by_course(sentence, clause, n)


def _by_phase(sentence: Sentence, clause: range, n: int) -> Sequence[str]:
    """Return the roles of a score that stands beside the name of a phase; none if none does."""
    tags = sentence.tags_in(clause)
    if tags & RESULT and "half-time" in tags and not _is_next_to_half_time(sentence, clause, n):
        tags -= {"half-time"}
    opening = sentence.tags if clause[0] and len(clause) < 6 and not tags & RESULT else frozenset[str]()
    for found in (tags, opening):
        if "correction" in found:
            return ("was", "counted", "final")
        if "half-time" in found:
            return ("half-time",)
    if "shootout" in sentence.tags:
        return _of_shootout(sentence, tags)
    return ("full-time", "counted", "extra-time", "final") if "full time" in tags else ()


def _of_shootout(sentence: Sentence, tags: frozenset[str]) -> Sequence[str]:
    """Return the roles of a score in a sentence that speaks of a shoot-out."""
    if "shootout" not in tags and "win" in tags:
        return ("shootout", "final")
    if "shootout" in tags:
        return ("shootout", "final", "counted", "full-time") if "draw" in tags else ("shootout",)
    added = sentence.all_words & {"added", "make", "makes", "counts"}
    return ("final", "shootout", "counted", "full-time") if added else ()


def _by_course(sentence: Sentence, clause: range, n: int) -> Sequence[str]:
    tags, words = sentence.tags_in(clause), set(sentence.words_in(clause))
    has_player = any(g.kind == "player" for g in sentence.groups)
    told_by_goals = has_player and not tags & RESULT
    has_minute = any(is_minute(sentence, m) for m in range(len(sentence.tokens)))
    went = sentence.text(n - 1) == "from" or {"went", "from"} <= words
    is_running = told_by_goals or has_minute or went or words & OPENERS or tags & ON_THE_WAY
    return RUNNING if is_running else FINAL


def _is_next_to_half_time(sentence: Sentence, clause: range, n: int) -> bool:
    """Whether a score stands closer to `half-time` than to a word that tells the result."""
    places = [m for m in clause if sentence.tokens[m].has("half-time", *RESULT)]
    nearest = min(places, key=lambda m: (abs(m - n), m > n))
    return sentence.tokens[nearest].has("half-time")


def _ways(sentence: Sentence, clause: range, n: int, quantity: Quantity) -> set[Score]:
    """Return how a score may be told here: in the order of the teams beside it, else home side or winner first."""
    if not isinstance(quantity.value, tuple):
        return set()
    home, away = quantity.value
    scope = _scope_of(sentence, quantity)
    teams = sentence.groups_in(clause, "team") or [g for g in sentence.groups if g.kind == "team"][:1]
    first = _named_first(teams, n, sentence.tags_in(clause))
    if first:
        return {(home, away) if first == scope.home else (away, home)}
    ways = {(home, away), *_turned(sentence.tags_in(clause), (home, away), has_team=bool(teams))}
    is_course = quantity.roles & {"running", "half-time", "made"}
    if is_course and len(teams) == 1 and len(teams[0].names) == 1:
        ways.add((home, away) if teams[0].names[0] == scope.home else (away, home))
    return ways


def _scope_of(sentence: Sentence, quantity: Quantity) -> Scope:
    scopes = sentence.ledger.scopes
    return next((scope for scope in scopes if scope.key == quantity.scope), scopes[0])


def _turned(tags: frozenset[str], score: Score, *, has_team: bool) -> set[Score]:
    """Return the score with the goals of the winner, or of the loser, first, where the words allow it."""
    most, least = max(score), min(score)
    ways = set()
    if tags & (WINNER_FIRST | {"led", "trailed", "comeback", "equalised"}) or not has_team:
        ways.add((most, least))
    if tags & LOSER_FIRST:
        ways.add((least, most))
    return ways


def _named_first(teams: Sequence[Group], n: int, tags: frozenset[str]) -> str:
    """Return the team whose goals come first; empty if the order of the names does not tell it.

    It is that of two teams on both sides of the score, or of two named without a word that says who won or led.
    """
    names = list(chain.from_iterable(g.names for g in teams))
    if len(names) != 2:
        return ""
    surrounds = teams[0].end == n and teams[-1].first == n + 1
    tells = tags & {"win", "beat", "lose", "beaten", "win noun", "loss", "shootout", "led", "trailed"}
    return names[0] if surrounds or not tells else ""


def _facts(sentence: Sentence, roles: Sequence[str], known: Sequence[Quantity]) -> str:
    if roles[0] == "half-time":
        return sentence.ledger.facts.get("half-time", "the half-time score is not known")
    if roles[0] == "running":
        return "the score was " + (_listed(q.value for q in known) or "not known on the way")
    return sentence.ledger.facts.get("result", _listed(q.value for q in known))
