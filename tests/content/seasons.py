"""Seasons made in memory: matches as they are stored, scored by the default rule, and the facts of each."""

import random
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from content.course import Score, Scorer, with_running
from content.facts import Field, MatchFacts, Tip
from content.history import Played, around
from content.storylines.picture import Hit
from scoring import rules
from scoring.rules import Goals, Split, Tendency
from tests.factories import KICKOFF

RULE = rules.RULES["quota-2-6"]
GOAL = re.compile(r"(?P<side>[ha])(?P<minute>\d+)(?:\+(?P<stoppage>\d+))?(?P<own>o?)(?::(?P<name>\w+))?")
SIDES = {"h": "home", "a": "away"}
Tips = Mapping[str, Score]


def goals(text: str) -> tuple[Scorer, ...]:
    """Return goals from words like `h12`, `a45+2:Ruiz`, `h90o` (an own goal), sorted as they are stored."""
    found = [GOAL.fullmatch(word) for word in text.split()]
    told = [
        Scorer(
            side=SIDES[goal["side"]],
            name=goal["name"] or f"Player {number}",
            minute=int(goal["minute"]),
            stoppage=int(goal["stoppage"]) if goal["stoppage"] else None,
            penalty=False,
            own_goal=bool(goal["own"]),
        )
        for number, goal in enumerate(goal for goal in found if goal)
    ]
    return tuple(sorted(told, key=lambda goal: (goal.time, goal.side)))


def split_of(tips: Tips) -> Split:
    chosen = [rules.tendency(Goals(*tip)) for tip in tips.values()]
    return Split(*(chosen.count(tendency) for tendency in Tendency))


def hit_of(model: str, tip: Score, result: Score, split: Split) -> Hit:
    came_true = rules.tendency(Goals(*result))
    reached = rules.grade(Goals(*tip), Goals(*result))
    points = RULE.points(reached, split, came_true).total
    return Hit(
        model,
        tendency_hit=reached is not rules.Grade.WRONG,
        difference_hit=reached in (rules.Grade.DIFFERENCE, rules.Grade.EXACT),
        exact_hit=reached is rules.Grade.EXACT,
        points=points,
    )


def a_played(
    score: Score, tips: Tips | None = None, *, course: str = "", hour: int = 0, round_: str = "1", **other: Any
) -> Played:
    """Return a match of this score after 90 minutes, which counts, kicked off so many hours into the season."""
    tips = tips or {}
    result = other.pop("counted", score)
    split = split_of(tips)
    hits = [hit_of(model, tip, result, split) for model, tip in tips.items()]
    hits.sort(key=lambda hit: (-hit.points, hit.model.casefold()))
    usual: dict[str, Any] = {"awarded": False, "half_time": None, "extra_time": None, "shootout": None}
    return Played(
        kickoff=KICKOFF + timedelta(hours=hour),
        round=round_,
        full_time=score,
        counted=result,
        split=(split.home, split.draw, split.away),
        goals=goals(course),
        hits=tuple(hits),
        **{**usual, **other},
    )


def facts_of(match: Played, earlier: Sequence[Played] = (), *, rivalry: str = "", **changes: Any) -> MatchFacts:
    """Return the facts of a match after these earlier ones, which stand in the order of their kickoffs."""
    season = around(match, earlier)
    split = Split(*match.split)
    quotas = RULE.quotas(split)
    late = Tip("Late", (9, 9), "late", False, False, False, 0, 0, 0, None)
    values: dict[str, Any] = {
        "home": "Ayr",
        "away": "Bute",
        "competition": "League",
        "season": "League 2026",
        "round": match.round,
        "group": "",
        "venue": "",
        "date": match.kickoff.date().isoformat(),
        "kickoff": match.kickoff.isoformat(),
        "time_known": True,
        "awarded": match.awarded,
        "half_time": match.half_time,
        "full_time": match.full_time,
        "extra_time": match.extra_time,
        "shootout": match.shootout,
        "basis": "regular_time",
        "counted": match.counted,
        "rule": RULE.name,
        "rule_version": RULE.version,
        "goals": with_running(match, match.goals),
        "field": Field(*match.split, *(quotas.get(tendency) for tendency in Tendency)),
        "tips": (*map(_tip, match.hits), *([late] if match.uncounted else [])),
        "before": season.before,
        "after": season.after,
        "matches_after": len(earlier) + 1,
        "corrections": (),
        "rivalry": rivalry,
        "form": season.form,
        "history": season.history,
    }
    return MatchFacts(**{**values, **changes})


def _tip(hit: Hit) -> Tip:
    difference, exact = int(hit.difference_hit), 3 * int(hit.exact_hit)
    outcome = hit.points - difference - exact if hit.tendency_hit else 0
    hits = (hit.tendency_hit, hit.difference_hit, hit.exact_hit)
    return Tip(hit.model, (0, 0), "in_time", *hits, outcome, difference, exact, hit.points)


def a_season(seed: int, matches: int, models: int = 5) -> list[Played]:
    """Return a season drawn by a seed: courses complete, partial and unknown, all phases, fields of all sizes."""
    chance = random.Random(seed)
    names = [f"Model {chr(ord('A') + number)}" for number in range(models)]
    season, hour = [], 0
    for number in range(matches):
        hour += chance.choice((0, 0, 3, 24))
        season.append(_drawn(chance, names, hour=hour, round_=f"Round {number // 6 + 1}" if number % 11 else ""))
    return season


def _drawn(chance: random.Random, names: Sequence[str], *, hour: int, round_: str) -> Played:
    full = (chance.choice((0, 0, 1, 1, 2, 2, 3, 5)), chance.choice((0, 0, 1, 1, 2, 3)))
    times = sorted(chance.randint(1, 90) for _ in range(sum(full)))
    sides = ["h"] * full[0] + ["a"] * full[1]
    chance.shuffle(sides)
    endings = ("", "", "o", ":Ace", ":Ace")
    course = [f"{side}{time}{chance.choice(endings)}" for side, time in zip(sides, times, strict=True)]
    half = tuple(sum(s == side and t <= 45 for s, t in zip(sides, times, strict=True)) for side in "ha")
    phases: dict[str, Any] = {"half_time": half if chance.random() < 0.7 else None}
    if full[0] == full[1] and chance.random() < 0.4:
        phases["extra_time"], extra = (full[0] + 1, full[1]), f"h{chance.randint(91, 120)}"
        if chance.random() < 0.5:
            phases["extra_time"], phases["shootout"], extra = full, (5, 4), ""
        course += extra.split()
    if chance.random() < 0.3:
        course = course[: chance.randint(0, len(course))]
    field = chance.sample(list(names), min(len(names), chance.choice((0, 1, 2, 9, 9))))
    well = chance.choice((0, 0, 0.5))
    tips = {m: full if chance.random() < well else (chance.randint(0, 2), chance.randint(0, 2)) for m in field}
    odd = {"awarded": chance.random() < 0.05, "uncounted": chance.random() < 0.1}
    return a_played(full, tips, course=" ".join(course), hour=hour, round_=round_, **phases, **odd)
