"""What the predictions for a match allow to be said."""

from collections import Counter
from fractions import Fraction

from content.check.builder import Builder
from content.facts import MatchFacts, Tip
from scoring.rules import RULES

TENDENCIES = ("home", "draw", "away")


def add_field(facts: MatchFacts, ledger: Builder) -> None:
    """Adds who tipped what, who was right, and what it earned."""
    for tip in facts.tips:
        ledger.entity(tip.model, "model")
    for tip in facts.in_time:
        _tip(facts, tip, ledger)
    for tip in facts.uncounted:
        ledger.relate(tip.timing, tip.model)
        ledger.put(tip.scoreline, "score", [tip.model], "tip")
    ledger.put(facts.field.size, "model", (), "field")
    for role, tips in (("late", facts.late), ("void", facts.void), ("uncounted", facts.uncounted)):
        ledger.put(len(tips), "prediction", (), role)
    unverified = [tip for tip in facts.in_time if tip.timing == "unverified"]
    ledger.put(len(unverified), "prediction", (), "unverified")
    _choices(facts, ledger)
    _points(facts, ledger)


def _tip(facts: MatchFacts, tip: Tip, ledger: Builder) -> None:
    model = tip.model
    home, away = tip.scoreline
    tendency = "draw" if home == away else "home" if home > away else "away"
    near = tip.difference_hit and not tip.exact_hit
    true = {
        "field": True,
        f"tip:{home}-{away}": True,
        f"tip:{tendency}": True,
        f"points:{tip.points}": True,
        "exact": tip.exact_hit,
        "difference": tip.difference_hit,
        "difference only": near,
        "outcome": tip.tendency_hit,
        "outcome only": tip.tendency_hit and not tip.difference_hit,
        "wrong": not tip.tendency_hit,
        "points": bool(tip.points),
        "nothing": not tip.points,
        "unverified": tip.timing == "unverified",
    }
    for relation, holds in true.items():
        if holds:
            ledger.relate(relation, model)
    ledger.put(tip.scoreline, "score", [model], "tip")
    ledger.put(tip.points, "point", [model], "match")
    for part in ("tendency", "difference", "exact"):
        ledger.put(getattr(tip, f"{part}_points") or None, "point", [model], "part", part)
    ledger.facts[model] = f"{model} tipped {home}–{away} and took {tip.points} of the points"


def _choices(facts: MatchFacts, ledger: Builder) -> None:
    field, n = facts.field, facts.field.size
    chosen = {tendency: field.chosen(tendency) for tendency in TENDENCIES}
    for tendency, k in chosen.items():
        ledger.put(k, "model", (), f"tip:{tendency}")
        worth = getattr(field, f"quota_{tendency}")
        ledger.put(worth, "point", (), "quota", f"tip:{tendency}", *(["true"] if tendency == facts.tendency else []))
    right = chosen[facts.tendency]
    most = max(chosen.values())
    ledger.flag("unanimous", n > 1 and most == n)
    ledger.flag("consensus right", n > 1 and right == most and list(chosen.values()).count(most) == 1)
    ledger.flag("majority right", 2 * right > n)
    for score, k in facts.modal_scorelines():
        if k > 1:
            ledger.put(score, "score", (), "modal", "tip")
            ledger.put(k, "model", (), "modal")
    names = {"home": facts.home, "draw": "a draw", "away": facts.away}
    split = ", ".join(f"{k} for {names[tendency]}" for tendency, k in chosen.items())
    ledger.facts["field"] = f"{n} models in the field: {split}"
    ledger.facts["outcome"] = f"{right} of {n} models had the outcome, {len(facts.exact)} the exact score"
    ledger.put(len({tip.scoreline for tip in facts.in_time}), "score count", (), "tip")


def _points(facts: MatchFacts, ledger: Builder) -> None:
    points = [tip.points or 0 for tip in facts.in_time]
    rule = RULES.get(facts.rule)
    if points:
        ledger.put(sum(points), "point", (), "sum")
        ledger.put(Fraction(sum(points), len(points)), "average", (), "field")
        ledger.put(max(points), "point", (), "most")
        ledger.put(min(points), "point", (), "least")
        ledger.put(sum(not tip.tendency_hit for tip in facts.in_time), "miss", (), "match")
        for value, k in Counter(points).items():
            ledger.put(value, "point", (), "anybody")
            ledger.put(k, "model", (), f"points:{value}")
    bonus = BONUS.get(rule.name if rule else "", {})
    for part, value in bonus.items():
        ledger.put(value, "point", (), "bonus", *part.split(" "))
    for limit in LIMITS.get(rule.name if rule else "", ()):
        ledger.put(limit, "point", (), "rule")


BONUS = {
    "quota-2-6": {"difference": 1, "exact": 3},
    "kicktipp": {"difference": 1, "exact": 2},
    "fixed-2-3-4": {"tendency": 2, "difference": 1, "difference full": 3, "exact": 2, "exact step": 1, "exact full": 4},
}
"""Points that a rule adds for the goal difference and the exact score, or gives for them in all (RULES)."""

LIMITS = {"quota-2-6": (2, 6, 10), "kicktipp": (2, 6, 8), "fixed-2-3-4": (2, 3, 4)}
