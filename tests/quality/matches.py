"""Invented matches of many kinds, as an openfootball document holds them. Pure, from a seeded source of chance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.quality import names

Pair = tuple[int, int]


@dataclass(frozen=True)
class Goal:
    side: int
    minute: int
    stoppage: int = 0


KINDS = {"usual": 55, "goalless": 6, "feast": 8, "comeback": 12, "late": 9, "early": 4, "rout": 6}


def squad(chance: Random) -> list[str]:
    """Return eleven names; nobody plays twice."""
    full = {f"{chance.choice(names.FIRST_NAMES)} {last}" for last in chance.sample(names.LAST_NAMES, 11)}
    return [*sorted(full)[:10], chance.choice(names.ONE_NAME)]


def entry(chance: Random, squads: Sequence[Sequence[str]], *, knock_out: bool) -> dict[str, Any]:
    """Return score and goals of a match; what is not known of it is left out, as files do."""
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    goals = _goals(chance, kind)
    told: dict[str, Any] = {"ht": _until(goals, 45), "ft": _until(goals, 90)}
    level = told["ft"][0] == told["ft"][1]
    if knock_out and level:
        goals += _in_extra_time(chance)
        told["et"] = _until(goals, 120)
        if told["et"][0] == told["et"][1]:
            told["p"] = list(chance.choice([(4, 2), (2, 4), (5, 4), (3, 4), (4, 1), (6, 5), (7, 8), (3, 0)]))
    if chance.random() < 0.08:
        del told["ht"]
    return {"score": told, **_lists(chance, goals, squads)}


def _goals(chance: Random, kind: str) -> list[Goal]:
    sides = _sides(chance, kind)
    latest = 84 if kind != "late" else 70
    minutes = sorted(chance.choices(range(6, latest), k=len(sides)))
    if kind == "early" and minutes:
        minutes[0] = chance.randint(1, 5)
    if kind == "late" and minutes:
        minutes[-1] = chance.choice([85, 87, 88, 89, 90, 90, 90])
    return [_goal(chance, side, minute) for side, minute in zip(sides, minutes, strict=True)]


def _goal(chance: Random, side: int, minute: int) -> Goal:
    in_stoppage = minute == 90 and chance.random() < 0.7
    if not in_stoppage and minute in range(40, 46) and chance.random() < 0.3:
        return Goal(side, 45, chance.randint(1, 4))
    return Goal(side, minute, chance.randint(1, 7) if in_stoppage else 0)


def _sides(chance: Random, kind: str) -> list[int]:
    """Return which side scored, goal by goal."""
    one = chance.randint(0, 1)
    if kind == "goalless":
        return []
    if kind == "feast":
        return [chance.randint(0, 1) for _ in range(chance.randint(6, 9))]
    if kind == "comeback":
        behind = chance.randint(1, 2)
        return [one] * behind + [1 - one] * (behind + chance.randint(0, 1))
    if kind == "late":
        return [*chance.choice([[], [one, 1 - one], [1 - one, one], [one], [1 - one]]), one]
    if kind == "rout":
        return [one] * chance.randint(4, 6)
    home = chance.choices(range(5), [26, 34, 23, 12, 5])[0]
    away = chance.choices(range(4), [34, 36, 20, 10])[0]
    sides = [0] * home + [1] * away
    chance.shuffle(sides)
    return sides


def _in_extra_time(chance: Random) -> list[Goal]:
    sides = chance.choice([[], [], [0], [1], [0, 1], [1, 1]])
    minutes = sorted(chance.sample([*range(92, 112), 117, 118, 119], len(sides)))
    return [Goal(side, minute) for side, minute in zip(sides, minutes, strict=True)]


def _until(goals: Sequence[Goal], minute: int) -> list[int]:
    scored = Counter(goal.side for goal in goals if goal.minute <= minute)
    return [scored[0], scored[1]]


def _lists(chance: Random, goals: Sequence[Goal], squads: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return the lists of scorers; in some matches there is none, or one goal or one minute is missing."""
    luck = chance.random()
    if luck < 0.06:
        return {}
    lists: list[list[dict[str, Any]]] = [[], []]
    for goal in goals:
        lists[goal.side].append(_told(chance, goal, squads))
    some = [side for side in lists if side]
    if luck < 0.10 and some:
        chance.choice(some).pop()
    elif luck < 0.12 and some:
        del chance.choice(some)[-1]["minute"]
    return {"goals1": lists[0], "goals2": lists[1]}


def _told(chance: Random, goal: Goal, squads: Sequence[Sequence[str]]) -> dict[str, Any]:
    own = chance.random() < 0.04
    # A few of a team score most of its goals, so that some score twice or three times in a match.
    scorer = chance.choices(squads[1 - goal.side if own else goal.side], [9, 6, 4, 3, 2, 1, 1, 1, 1, 1, 3])[0]
    minute = f"{goal.minute}+{goal.stoppage}" if goal.stoppage else chance.choice([goal.minute, str(goal.minute)])
    told = {"name": scorer, "minute": minute}
    if own:
        told["owngoal"] = True
    elif chance.random() < 0.1:
        told["penalty"] = True
    return told


def tip(chance: Random, favourite: int) -> Pair:
    """Return a scoreline that a model might predict; `favourite` is 0 or 1 for a side, 2 for nobody."""
    side = favourite if chance.random() < 0.6 else chance.randint(0, 2)
    if side == 2:
        level = chance.choices([0, 1, 2], [2, 7, 2])[0]
        return level, level
    score = chance.choices([(1, 0), (2, 0), (2, 1), (3, 1), (3, 0), (4, 1)], [24, 20, 34, 10, 8, 4])[0]
    return score if side == 0 else (score[1], score[0])
