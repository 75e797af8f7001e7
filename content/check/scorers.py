"""The side that a player scored for."""

from content.check.groups import Group
from content.check.sentence import Sentence

GOAL_TAGS = frozenset({"scored", "equalised", "scored first", "decisive", "led", "penalty", "own goal"})
FEATS = frozenset({"hat-trick", "brace"})
TURNS = ("but", "while", "whereas", ";")
"""What stands here turns from one side to the other."""


def check_scorers(sentence: Sentence) -> None:
    """Finds players who are named with the side that their goals did not count for."""
    if not sentence.tags & (GOAL_TAGS | FEATS) and not sentence.all_words & {"goal", "goals"}:
        return
    for group in sentence.groups:
        team = _side_named(sentence, group) if group.kind == "player" else ""
        for name in group.names if team else ():
            if not sentence.ledger.related("scored for", name, team):
                sentence.wrong("name", group.first, group.end, sentence.ledger.facts.get(name, ""))


def _side_named(sentence: Sentence, player: Group) -> str:
    """Return the team that a sentence says a player scored for; empty if none, or if both are named."""
    mine = _teams_near(sentence, player)
    after = [g for g in mine if g.before == "for" and g.first > player.first]
    before = [g for g in mine if g.first < player.first]
    chosen = next(iter([*after[:1], *before[-1:], *mine[:1]]), None)
    if chosen is None or (len({g.names[0] for g in mine}) > 1 and chosen.before != "for"):
        return ""
    if chosen.before in ("against", "past", "over"):
        sides = [side for scope in sentence.ledger.scopes for side in (scope.home, scope.away)]
        return next((side for side in sides if side and side != chosen.names[0]), "")
    return chosen.names[0]


def _teams_near(sentence: Sentence, player: Group) -> list[Group]:
    """Return the teams of a player's clause, else those since the sentence last turned to another side."""
    clause = sentence.clause_at(player.first)
    teams = [g for g in sentence.groups if g.kind == "team" and len(g.names) == 1]
    turns = [n for n in range(player.first) if sentence.text(n) in TURNS]
    here = [g for g in teams if clause[0] <= g.first <= clause[-1]]
    return here or [g for g in teams if not turns or g.first > turns[-1]]
