"""The tables under the prose, cell by cell: points, what the outcomes were worth, and the season's table."""

from content.facts import MatchFacts, Quota, Tip
from content.writers.words import literal, score, two_decimals


def points(facts: MatchFacts) -> list[tuple[str, str, str, str]]:
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


def worth(facts: MatchFacts) -> list[tuple[str, str, str, str]]:
    """Return what each outcome was worth: outcome, tipped by how many, how it follows, points. Or nothing.

    Nothing under a rule by which an outcome is worth the same whatever the field chose.
    """
    rows = []
    for tendency in ("home", "draw", "away"):
        quota = facts.quota_of(tendency)
        if quota is not None:
            name = "Draw" if tendency == "draw" else f"Win for {literal(facts.team(tendency))}"
            mark = " (came true)" if tendency == facts.tendency else ""
            rows.append((name + mark, f"{quota.chosen} of {quota.size}", arithmetic(quota), str(quota.worth)))
    return rows


def arithmetic(quota: Quota) -> str:
    """Return how the worth of an outcome follows: `6 / (10 × 3/5) − 0.6 + 2 = 2.40, rounded to 2`."""
    most, least = quota.most, quota.least
    if not quota.chosen:
        return f"tipped by nobody: the most there is, {most}"
    raw = quota.raw
    limited = "" if least <= raw <= most else f", limited to {most}" if raw > most else f", raised to {least}"
    rounded = "" if limited or raw == quota.worth else f", rounded to {quota.worth}"
    sign = "=" if (raw * 100).denominator == 1 else "≈"
    tenth = f"{most // 10}.{most % 10}" if most % 10 else str(most // 10)
    sum_up = f"{most} / (10 × {quota.chosen}/{quota.size}) − {tenth} + {least}"
    return f"{sum_up} {sign} {two_decimals(raw)}{limited}{rounded}"


def season(facts: MatchFacts) -> list[tuple[str, ...]]:
    """Return the table after the match: rank, rank before, model, n, points, average, exact, difference, tendency."""
    before = {line.model: line.rank for line in facts.before}
    return [
        (
            str(line.rank),
            str(before.get(line.model, "new")),
            literal(line.model),
            str(line.predictions),
            str(line.points),
            two_decimals(line.average),
            str(line.exact_hits),
            str(line.goal_difference_hits),
            str(line.tendency_hits),
        )
        for line in facts.after
    ]
