"""How the field tipped, who was right, and what it was worth."""

from collections import defaultdict
from fractions import Fraction

from content.facts import MatchFacts, Score, Tip
from content.writers.match import seed
from content.writers.words import count, listed, literal, names, number, pick, score, sentence, two_decimals
from content.writers.words import times as often
from scoring.rules import raw_quota

WHOLE_STORY = 5
"""From this many tips on there is enough to say for the long form of a roundup."""

FEW = 10
"""Up to this many tips every scoreline is told in prose; a larger field is in the table."""


def outcome(facts: MatchFacts, tendency: str) -> str:
    """Return `a draw` or `a win for Wales`."""
    return "a draw" if tendency == "draw" else f"a win for {literal(facts.team(tendency))}"


def choices(facts: MatchFacts) -> str:
    """Return how many tipped, how they split, and which scoreline was tipped most."""
    n = facts.field.size
    if n == 0:
        return _nobody(facts)
    if n == 1:
        tip = facts.in_time[0]
        return (
            f"{literal(tip.model)} was the only model with a prediction that counts, and said {score(tip.scoreline)}."
        )
    parts = [_split(facts), _modal(facts)]
    if n <= FEW and len({tip.scoreline for tip in facts.in_time}) > 1 and len(facts.goals) <= FEW:
        parts.append(_all_scorelines(facts))
    return " ".join(part for part in parts if part)


def _nobody(facts: MatchFacts) -> str:
    late = f" {sentence(count(len(facts.late), 'prediction'))} came too late." if facts.late else ""
    taken_out = count(len(facts.void), "prediction")
    void = f" {sentence(taken_out)} {'was' if len(facts.void) == 1 else 'were'} void." if facts.void else ""
    return f"No model had a prediction that counts, so the field was empty and no points were given.{late}{void}"


def _marked(chosen: list[tuple[str, int]]) -> list[tuple[bool, str, int]]:
    """Return the tendencies that were chosen at all, the first of them marked."""
    some = [(t, k) for t, k in chosen if k]
    return [(place == 0, t, k) for place, (t, k) in enumerate(some)]


def _split(facts: MatchFacts) -> str:
    field = facts.field
    chosen = [(t, field.chosen(t)) for t in ("home", "draw", "away")]
    told = [f"{number(k)} {'went ' if first else ''}for {outcome(facts, t)}" for first, t, k in _marked(chosen)]
    if len(told) == 1:
        whole = "Both models" if field.size == 2 else f"All {number(field.size)} models"
        side = next(t for t, k in chosen if k)
        return pick(
            seed(facts, "one way"),
            [f"{whole} went for {outcome(facts, side)}.", f"{whole} tipped {outcome(facts, side)}."],
        )
    missing = [t for t, k in chosen if not k]
    none = f"; nobody tipped {outcome(facts, missing[0])}" if missing else ""
    return pick(
        seed(facts, "split"),
        [
            f"Of {count(field.size, 'model')} in the field, {listed(told)}{none}.",
            f"The field of {number(field.size)} split: {listed(told)}{none}.",
            f"{sentence(count(field.size, 'model'))} had a tip: {listed(told)}{none}.",
        ],
    )


def _modal(facts: MatchFacts) -> str:
    most = facts.modal_scorelines()
    agreed = most[0][1]
    if agreed == facts.field.size:
        return f"All of them said {score(most[0][0])}."
    if agreed < 2:
        return "They named different scorelines."
    if len(most) == 1:
        return pick(
            seed(facts, "modal"),
            [
                f"The scoreline tipped most was {score(most[0][0])}, by {number(agreed)} of them.",
                f"{sentence(number(agreed))} of them agreed on {score(most[0][0])}, more than on any other scoreline.",
            ],
        )
    return f"The scorelines tipped most were {listed([score(s) for s, _ in most])}, {often(most[0][1])} each."


def _all_scorelines(facts: MatchFacts) -> str:
    by_score: dict[Score, list[str]] = defaultdict(list)
    for tip in facts.in_time:
        by_score[tip.scoreline].append(tip.model)
    told = [f"{score(s)} from {names(who)}" for s, who in sorted(by_score.items(), key=lambda kv: (-len(kv[1]), kv[0]))]
    return f"The tips: {'; '.join(told)}."


def hits(facts: MatchFacts) -> str:
    """Return who had it exactly, who the difference, who the outcome, and who nothing."""
    n = facts.field.size
    if n == 0:
        return ""
    exact = [t.model for t in facts.exact]
    near = [t.model for t in facts.in_time if t.difference_hit and not t.exact_hit]
    way = [t.model for t in facts.in_time if t.tendency_hit and not t.difference_hit]
    wrong = [t.model for t in facts.in_time if not t.tendency_hit]
    if len(wrong) == n:
        return _all_wrong(facts)
    parts = [_exact(facts, exact)]
    if near:
        what = "a draw, with another score" if facts.tendency == "draw" else "the goal difference, but not the score"
        parts.append(f"{_who(facts, near)} had {what}.")
    if way:
        parts.append(f"{_who(facts, way)} had the right outcome and no more.")
    if wrong:
        parts.append(f"{_who(facts, wrong)} went away with nothing.")
    return " ".join(parts)


def _who(facts: MatchFacts, models: list[str]) -> str:
    """Return the names, or, where every tip has been told already and they are many, their number."""
    told_already = facts.field.size <= FEW and len(models) > 2
    whole = f"All {number(len(models))} models" if len(models) == facts.field.size else count(len(models), "model")
    return sentence(whole) if told_already else names(models)


def _all_wrong(facts: MatchFacts) -> str:
    what = outcome(facts, facts.tendency)
    if facts.field.size == 1:
        return f"On the score that counts it was {what}, and the tip earned nothing."
    who = "no tip that counts" if facts.uncounted else "nobody"
    return pick(
        seed(facts, "all wrong"),
        [
            f"On the score that counts it was {what}, which {who} had: the whole field earned nothing.",
            f"It was {what} on the score that counts; {who} had that, so there was not a point to share.",
        ],
    )


def _exact(facts: MatchFacts, exact: list[str]) -> str:
    counted = score(facts.counted)
    if not exact:
        nobody = "No tip that counts" if facts.uncounted or facts.field.size == 1 else "Nobody"
        return f"{nobody} had the exact score, {counted}."
    if len(exact) == 1 and facts.field.size > 1 and not facts.uncounted:
        return pick(
            seed(facts, "exact"),
            [f"{names(exact)} alone had {counted} exactly.", f"The one exact tip, {counted}, was by {names(exact)}."],
        )
    return f"{_who(facts, exact)} had {counted} exactly."


BONUS = {
    "quota-2-6": "The right goal difference adds one point, and the exact score three more.",
    "kicktipp": "The exact score adds two points to that, or the goal difference alone one, though never for a draw.",
    "fixed-2-3-4": "The right outcome gives two points; the goal difference adds one (never in a draw), the score two.",
}


def arithmetic(facts: MatchFacts) -> str:
    """Return what each tendency was worth, how that follows from the field, and what it came to."""
    if facts.field.size == 0:
        return ""
    fixed = facts.rule == "fixed-2-3-4"
    earned = any(tip.points for tip in facts.in_time)
    bonus = BONUS.get(facts.rule, "") if earned or facts.field.size >= WHOLE_STORY else ""
    parts = ("" if fixed else _came_true(facts), bonus, "" if fixed else _others(facts), _takings(facts))
    return " ".join(part for part in parts if part)


def _others(facts: MatchFacts) -> str:
    """Return what the tendencies were worth that did not come true; only in the long form."""
    if facts.field.size < WHOLE_STORY:
        return ""
    first, second = [t for t in ("home", "draw", "away") if t != facts.tendency]
    worth = [facts.field.quota(t) for t in (first, second)]
    return (
        f"{sentence(outcome(facts, first))} stood at {count(worth[0], 'point')}, "
        f"{outcome(facts, second)} at {number(worth[1])}."
    )


def _came_true(facts: MatchFacts) -> str:
    n, tendency = facts.field.size, facts.tendency
    worth, chosen = facts.field.quota(tendency), facts.field.chosen(tendency)
    if chosen == 0:
        return (
            f"An outcome that nobody tips stands at the most the rule gives, {count(worth, 'point')}; "
            f"they went to nobody."
        )
    raw = raw_quota(chosen, n, 2, 6)
    limited = "" if 2 <= raw <= 6 else ", limited to 6" if raw > 6 else ", raised to 2"
    rounded = "" if limited or raw == worth else f", rounded to {worth}"
    sign = "=" if (raw * 100).denominator == 1 else "≈"
    return (
        f"{sentence(outcome(facts, tendency))} was tipped by {chosen} of {n}, so it was worth {count(worth, 'point')}: "
        f"6 / (10 × {chosen}/{n}) − 0.6 + 2 {sign} {two_decimals(raw)}{limited}{rounded}."
    )


def _takings(facts: MatchFacts) -> str:
    """Return what the field took together, and the most that one model did."""
    if facts.field.size < WHOLE_STORY:
        return ""
    points = [tip.points or 0 for tip in facts.in_time]
    if not any(points):
        return ""
    together = f"Together the {number(len(points))} models took {count(sum(points), 'point')}"
    each = two_decimals(Fraction(sum(points), len(points)))
    return f"{together}, {each} each on average; the most for one model was {number(max(points))}."


def rows(facts: MatchFacts) -> list[tuple[str, str, str, str]]:
    """Return the points table: model, tip, how the points add up, points."""
    return [(literal(t.model), score(t.scoreline) + _mark(t), _sum(t), _points(t)) for t in facts.tips]


def _mark(tip: Tip) -> str:
    return " (unverified)" if tip.timing == "unverified" else ""


def _sum(tip: Tip) -> str:
    if tip.points is None:
        return tip.timing
    parts = (
        (tip.tendency_points, "outcome"),
        (tip.difference_points, "difference"),
        (tip.exact_points, "exact"),
    )
    return " + ".join(f"{value} {name}" for value, name in parts if value) or "wrong"


def _points(tip: Tip) -> str:
    return "–" if tip.points is None else str(tip.points)
