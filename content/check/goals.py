"""Goals: who scored, in which minute, and what kind of goal it was."""

from fractions import Fraction

from content.check.groups import Group
from content.check.minutes import GOAL_KINDS, half_of, is_minute
from content.check.quants import UNITS
from content.check.sentence import Sentence
from content.check.terms import Quantity
from content.check.tips import is_about_tips

ROLES = {
    "penalty": "penalty", "own goal": "own", "equalised": "equaliser", "scored first": "first", "took lead": "lead",
    "decisive": "decisive", "late": "late", "early": "early", "stoppage": "stoppage", "extra time": "extra-time",
    "first half": "first half", "second half": "second half", "last goal": "last of side",
}  # fmt: skip
"""What a goal must have been, by the tag of a word beside it."""

OF_ONE = frozenset({"late", "decisive", "equaliser", "early", "penalty", "own"})
"""Roles that one goal must have together."""

SCORED = frozenset({"scored", "equalised", "led", "scored first", "decisive"})
NEAR = 2
"""Clauses that a scorer may be away from the minute."""


def check_goals(sentence: Sentence) -> None:
    """Finds goals that nobody scored, or another, or at another time."""
    for group in sentence.groups:
        if group.kind == "player":
            _check_list(sentence, group)
    for clause in sentence.clauses:
        if not is_about_tips(sentence, clause):
            _check_clause(sentence, clause)
    _check_no_goal(sentence)
    _check_feats(sentence)


def _check_list(sentence: Sentence, group: Group) -> None:
    """`Lowe (12, 88 penalty)`, `Lowe 12, 88 pen`: every minute, with what stands behind it, is a goal of his."""
    n = group.end + (sentence.text(group.end) == "(")
    while sentence.kind(n) in ("minute", "number"):
        kinds, m = [], n + 1
        while sentence.text(m) in GOAL_KINDS:
            kinds.append(GOAL_KINDS[sentence.text(m)])
            m += 1
        if sentence.text(m) in UNITS and sentence.text(m) not in GOAL_KINDS:
            return
        sentence.read.add(n)
        _require(sentence, n, [group.names[-1]], kinds, is_timed=True)
        n = m
        while sentence.text(n) in (",", "and") and sentence.kind(n + 1) in ("minute", "number"):
            n += 1


def _require(sentence: Sentence, n: int, subjects: list[str], roles: list[str], *, is_timed: bool = False) -> None:
    """Requires a goal of these subjects with all of these roles, `is_timed`: in the minute that stands at n."""
    ledger = sentence.ledger
    found = [q for q in ledger.find("minute", ["goal", *roles]) if set(subjects) <= q.subjects]
    if is_timed:
        found = [q for q in found if _is_in(q, sentence.tokens[n].value)]
    if not found:
        facts = next((ledger.facts[s] for s in subjects if s in ledger.facts), "no such goal is in the facts")
        sentence.wrong("number" if is_timed else "word", n, n + 1, facts)


def _is_in(goal: Quantity, minute: Fraction | tuple[int, int] | str | None) -> bool:
    return str(goal.value) == str(minute)


def _check_clause(sentence: Sentence, clause: range) -> None:
    players = [g for g in sentence.groups_in(clause, "player") if sentence.text(g.end) != "("]
    minutes = [n for n in clause if is_minute(sentence, n) and n not in sentence.read]
    roles = roles_in(sentence, clause)
    for n in minutes:
        sentence.read.add(n)
        fitting = roles if len(minutes) == 1 else [r for r in roles if r not in ("penalty", "own", "first")]
        _require(sentence, n, _scorer(sentence, clause, n, players), fitting, is_timed=True)
    if minutes:
        return
    if players and not sentence.is_negated(players[0].first):
        for group in players:
            for name in group.names:
                _require(sentence, group.first, [name], roles)
    elif not players and {"late", "decisive", "last of side"} & set(roles):
        _check_kind(sentence, clause, roles)


def _scorer(sentence: Sentence, clause: range, n: int, players: list[Group]) -> list[str]:
    """Return who scored in the minute at n: a player named near, else the one team of the clause."""
    subject = sentence.subject_of(n, "player")
    if subject is not None and (players or _is_near(sentence, subject, clause)):
        return [subject.names[-1]]
    teams = _attacking(sentence, clause)
    is_one = len(teams) == 1 and len(teams[0].names) == 1
    return [teams[0].names[0]] if is_one and sentence.tags_in(clause) & SCORED else []


def _attacking(sentence: Sentence, clause: range) -> list[Group]:
    against = ("against", "over", "past", "to", "than")
    return [g for g in sentence.groups_in(clause, "team") if g.before not in against]


def _is_near(sentence: Sentence, group: Group, clause: range) -> bool:
    return group in sentence.groups and sentence.clause_of[clause[0]] - sentence.clause_of[group.first] <= NEAR


def roles_in(sentence: Sentence, clause: range) -> list[str]:
    """Return what a goal that the clause tells of must have been."""
    tags = sentence.tags_in(clause)
    roles = {role for tag, role in ROLES.items() if tag in tags}
    if "level" in tags and not {"until", "till"} & set(sentence.words_in(clause)):
        roles |= {"equaliser"} if any(is_minute(sentence, n) for n in clause) else set()
    extra = next((n for n in clause if sentence.tokens[n].has("extra time")), None)
    if extra is not None and sentence.text(extra - 1) in ("into", "to", "forced"):
        roles.discard("extra-time")
    if tags & {"shootout", "not"}:
        roles.discard("penalty")
    return [*sorted(roles), *_half(sentence, clause), *_order(sentence, clause)]


def _half(sentence: Sentence, clause: range) -> list[str]:
    """Return the half that `before the break` or `after half-time` says."""
    near = next((n for n in clause if sentence.tokens[n].has("half-time")), None)
    around = [] if near is None else [sentence.text(m) for m in range(max(0, near - 3), near)]
    if "after" in around:
        return ["second half"]
    return ["first half"] if "before" in around else []


def _order(sentence: Sentence, clause: range) -> list[str]:
    """Return which goal of the match it is said to have been."""
    places = [n for n in clause if sentence.kind(n) == "ordinal" and sentence.text(n + 1) in ("goal", "strike")]
    sentence.read |= set(places)
    return [f"number {sentence.tokens[n].value}" for n in places]


def _check_kind(sentence: Sentence, clause: range, roles: list[str]) -> None:
    """`a late winner`, `the decisive goal at the very end`: one goal must be all of that."""
    tags, teams = sentence.tags_in(clause), _attacking(sentence, clause)
    place = next(n for n in clause if sentence.tokens[n].has("late", "decisive", "last goal"))
    speaks_of_goal = teams or "goal" in sentence.words_in(clause)
    if not speaks_of_goal or sentence.is_negated(place) or "late tip" in tags:
        return
    wanted = {role for role in roles if role in OF_ONE}
    if "last of side" in roles:
        wanted = {*roles} if teams else {"last", *roles} - {"last of side"}
    if "late" in wanted and tags & {"win", "win noun"}:
        wanted.add("decisive")
    _require(sentence, place, [teams[0].names[0]] if len(teams) == 1 else [], sorted(wanted))


def _check_feats(sentence: Sentence) -> None:
    """`A hat-trick`: three goals of one player; `a brace`: two."""
    for n, token in enumerate(sentence.tokens):
        for feat in token.tags & {"hat-trick", "brace"}:
            player = sentence.subject_of(n, "player")
            having = sentence.ledger.having(feat)
            holds = player.names[-1] in having if player is not None else bool(having)
            if holds == sentence.is_negated(n):
                who = player.names[-1] if player is not None else ""
                sentence.wrong("word", n, n + 1, sentence.ledger.facts.get(who, f"nobody scored a {feat}"))


def _check_no_goal(sentence: Sentence) -> None:
    """`No goal before the break`: there must be none."""
    for n, token in enumerate(sentence.tokens):
        denied = token.text in ("no", "not a") and sentence.text(n + 1) in ("goal", "goals")
        clause = sentence.clause_at(n)
        if (token.text == "no goals" or denied) and "between" in sentence.words_in(clause):
            _check_between(sentence, clause, n)
        elif (token.text == "no goals" or denied) and not sentence.groups_in(clause, "team"):
            half = half_of(sentence, clause)
            if all(q.value != 0 for q in sentence.ledger.find("goal", [half or "all", "both"])):
                sentence.wrong("word", n, n + 1, sentence.ledger.facts.get("half-time" if half else "result", ""))


def _check_between(sentence: Sentence, clause: range, n: int) -> None:
    """`No goal between the 12th and the 55th minute`."""
    told = [sentence.tokens[m].value for m in range(clause[0], len(sentence.tokens)) if sentence.kind(m) == "ordinal"]
    limits = [int(value) for value in told if isinstance(value, Fraction)]
    minutes = [q.value for q in sentence.ledger.find("minute", ["goal"]) if isinstance(q.value, int)]
    if len(limits) > 1 and any(limits[0] < minute < limits[1] for minute in minutes):
        sentence.wrong("word", n, n + 1, "there was a goal")
