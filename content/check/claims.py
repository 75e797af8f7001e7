"""What words claim of teams and models: which relation must hold, by the words that stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A word with one of the `tags`, in a clause that has all tags of `beside` and none of `unless`.

    One of the `relations` must hold for each subject of this `kind`; `flag` instead: it must hold of the match.
    """

    tags: frozenset[str]
    kind: str
    relations: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    flag: str = ""


def rule(tags: str, kind: str, relations: str, beside: str = "", unless: str = "", flag: str = "") -> Rule:
    parts = [frozenset(part.split("|")) if part else frozenset() for part in (tags, beside, unless)]
    return Rule(parts[0], kind, tuple(relations.split("|")) if relations else (), parts[1], parts[2], flag)


TEAMS: Sequence[Rule] = (
    rule("win|win noun", "team", "won on penalties", "shootout"),
    rule("win|win noun", "team", "won in play", "extra time", flag="extra time"),
    rule("win|win noun", "team", "won"),
    rule("lose|loss", "team", "lost on penalties", "shootout"),
    rule("lose", "team", "lost lead", "led"),
    rule("lose|loss", "team", "lost"),
    rule("draw", "team", "drew"),
    rule("led", "team", "led at half-time", "half-time"),
    rule("led", "team", "led|won"),
    rule("trailed", "team", "trailed at half-time", "half-time"),
    rule("trailed", "team", "trailed|lost"),
    rule("comeback", "team", "came back", "draw"),
    rule("leader", "team", "led"),
    rule("comeback", "team", "comeback"),
    rule("took lead", "team", "led"),
    rule("scored first", "team", "scored first"),
    rule("conceded first", "team", "conceded first"),
    rule("no goal", "team", "no goal"),
    rule("clean", "team", "clean sheet"),
    rule("conceded", "team", "leaked"),
    rule("scored", "team", "scored"),
)

MODELS: Sequence[Rule] = (
    rule("first exact", "model", "exact", "drought"),
    rule("first exact", "model", "first exact"),
    rule("first time", "model", "first exact", "exact"),
    rule("first time", "model", "debut", unless="exact|outcome|wrong"),
    rule("takes lead", "model", "new leader|leader now alone"),
    rule("stays", "model", "leader stays"),
    rule("shares", "model", "joint leader before", "before"),
    rule("shares", "model", "joint leader"),
    rule("leader", "model", "lost first place", "ended"),
    rule("leader", "model", "leader before", "before", unless="after|stays|takes lead|shares"),
    rule("leader", "model", "leader", unless="takes lead|stays|shares|lose"),
    rule("lose|fell", "model", "lost first place|fell", "leader"),
    rule("last", "model", "last"),
    rule("rose", "model", "biggest climb", "furthest", "fell"),
    rule("fell", "model", "biggest fall", "furthest", "leader"),
    rule("rose", "model", "rose", unless="fell"),
    rule("fell", "model", "fell", unless="leader"),
    rule("stayed", "model", "stayed"),
    rule("moved", "model", "rose|fell"),
    rule("no more", "model", "difference only", "difference"),
    rule("no more", "model", "outcome only"),
    rule("streak", "model", "streak ended", "ended"),
    rule("streak", "model", "running", "goes on"),
    rule("best round", "model", "story best_round"),
    rule("worst round", "model", "story worst_round"),
    rule("debut", "model", "debut"),
    rule("late tip", "model", "late"),
    rule("void", "model", "void"),
    rule("unverified", "model", "unverified"),
    rule("again", "model", "right before", "outcome"),
)

KINDS = {"team": TEAMS, "model": MODELS}
