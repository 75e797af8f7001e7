"""Hand-made matches: a few lines each, from which the facts follow by the rules of points and ranks alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.facts import MatchFacts
from scoring.rules import DEFAULT_RULE, RULES, Goals, Split, Tendency, grade, tendency
from stats.aggregates import Entry, Streaks, Totals, rank

Pair = tuple[int, int]
Line = tuple[int, int, int, int, int, int, int]
"""Predictions, points, outcomes, differences and exact scores right, the run that lasts, the longest run."""

RULE = RULES[DEFAULT_RULE]


@dataclass(frozen=True)
class Scene:
    """A match. `match` holds what is written down of it; `goals` are side, scorer, minute ("90+2") and how.

    `table` is the season's before it, `history` what was true of the matches before it, where it was something.
    """

    match: Mapping[str, Any]
    goals: Sequence[tuple[str, str, str, str]]
    tips: Mapping[str, Pair]
    table: Mapping[str, Line]
    history: Mapping[str, Any] = field(default_factory=dict)

    def facts(self) -> MatchFacts:
        split = Counter(tendency(Goals(*tip)) for tip in self.tips.values())
        chosen = Split(split[Tendency.HOME], split[Tendency.DRAW], split[Tendency.AWAY])
        quotas = {f"quota_{t.value}": RULE.quotas(chosen)[t] for t in Tendency}
        tips = [self._tip(model, tip, chosen) for model, tip in self.tips.items()]
        tips.sort(key=lambda tip: (-tip["points"], tip["model"].casefold()))
        return MatchFacts.from_json(
            {
                **{"venue": "", "group": "", "extra_time": None, "shootout": None, "basis": "regular_time"},
                **{"time_known": True, "awarded": False, "corrections": []},
                **self.match,
                **{"counted": self.match["full_time"], "rule": RULE.name, "rule_version": RULE.version},
                "goals": self._goals(),
                "field": {"home": chosen.home, "draw": chosen.draw, "away": chosen.away, **quotas},
                "tips": tips,
                "before": _standings(self.table),
                "after": _standings(self._table_with(tips)),
                "form": [self._form(tip["model"]) for tip in tips],
                "history": {"matches": self.match["matches_after"] - 1, "told": [], **self.history},
            }
        )

    def _form(self, model: str) -> dict[str, Any]:
        """Return what no scene tells of: whoever had an exact score had it three predictions ago, for eight points."""
        n, points, *_, exact, _, _ = self.table.get(model, (0,) * 7)
        rounds = {"this_round": None, "best_round": None, "worst_round": None}
        most = min(8, points) if n else None
        return {"model": model, "since_exact": min(3, n - 1) if exact else None, "most_points": most, **rounds}

    def _goals(self) -> list[dict[str, Any]]:
        goals, score = [], {"home": 0, "away": 0}
        for side, name, when, how in self.goals:
            minute, _, stoppage = when.partition("+")
            score[side] += 1
            goal: dict[str, Any] = {"side": side, "name": name, "minute": int(minute)}
            goal |= {"stoppage": int(stoppage) if stoppage else None, "running": [score["home"], score["away"]]}
            goals.append({**goal, "penalty": how == "penalty", "own_goal": how == "own goal"})
        return goals

    def _tip(self, model: str, tip: Pair, chosen: Split) -> dict[str, Any]:
        result = Goals(*self.match["full_time"])
        reached = grade(Goals(*tip), result)
        points = RULE.points(reached, chosen, tendency(result))
        hit = tendency(Goals(*tip)) is tendency(result)
        return {
            **{"model": model, "scoreline": list(tip), "timing": "in_time", "tendency_hit": hit},
            **{"difference_hit": reached.value in ("difference", "exact"), "exact_hit": reached.value == "exact"},
            **{"tendency_points": points.tendency, "difference_points": points.difference},
            **{"exact_points": points.exact, "points": points.total},
        }

    def _table_with(self, tips: Sequence[Mapping[str, Any]]) -> dict[str, Line]:
        table = dict(self.table)
        for tip in tips:
            n, points, outcomes, differences, exact, run, best = table.get(tip["model"], (0,) * 7)
            run = run + 1 if tip["tendency_hit"] else 0
            hits = (outcomes + tip["tendency_hit"], differences + tip["difference_hit"], exact + tip["exact_hit"])
            table[tip["model"]] = (n + 1, points + tip["points"], *hits, run, max(run, best))
        return table


def _standings(table: Mapping[str, Line]) -> list[dict[str, Any]]:
    entries = [Entry(0, model, Totals(*line[:5]), Streaks(line[5], line[6])) for model, line in table.items()]
    return [
        {
            **{"rank": row.rank, "model": row.entry.model, "predictions": row.entry.totals.predictions},
            **{"points": row.entry.totals.points, "tendency_hits": row.entry.totals.tendency_hits},
            **{"goal_difference_hits": row.entry.totals.goal_difference_hits},
            **{"exact_hits": row.entry.totals.exact_hits},
            **{"current_streak": row.entry.streaks.current, "best_streak": row.entry.streaks.best},
        }
        for row in rank(entries)
    ]
