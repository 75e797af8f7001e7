"""Reads what an openfootball document says of a result: status, scores, goals. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from scoring.importers.values import WrongValueError, read_text, read_whole, shown
from scoring.rules import Goals, Phases

Say = Callable[[str], None]
"""Takes a notice: something odd that does not keep the match from being imported."""

STATUSES = {
    **{name: name for name in ("cancelled", "postponed", "awarded", "abandoned", "live", "finished")},
    **dict.fromkeys(("played", "ft", "aet", "full time", "full-time"), "finished"),
    **dict.fromkeys(("in play", "in progress"), "live"),
    "canceled": "cancelled",
}
SAYS_NOTHING = ("", "scheduled", "not started", "upcoming", "fixture", "timed")
PHASE_KEYS = {"ht": "half_time", "ft": "full_time", "et": "extra_time", "p": "shootout"}
MOST_GOALS = 999
MINUTE = re.compile(r"(\d{1,3})\s*['’′]?(?:\s*\+\s*(\d{1,2})\s*['’′]?)?")
LAST_MINUTE = 130


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """A goal in the list of the side it counts for; `stoppage` is 3 for 90+3."""

    scorer: str
    minute: int | None = None
    stoppage: int | None = None
    penalty: bool = False
    own_goal: bool = False


def read_status(value: Any, say: Say) -> str:
    """Return a status as `Match.Status` names it; "" if the file says none. One nobody knows is left out, and said."""
    if value is None:
        return ""
    name = read_text(value, "status", 80).lower()
    if name in STATUSES:
        return STATUSES[name]
    if name not in SAYS_NOTHING:
        say(f'the status "{shown(name)}" is not known; read as if it were not there')
    return ""


def read_phases(value: Any, say: Say) -> Phases:
    """Return the scores in an object with any of ht, ft, et, p, or in a bare pair, which is the full-time score.

    A half-time score above a later one is left out, and said. Raises `WrongValueError`.
    """
    if value is None:
        return Phases()
    if isinstance(value, list):
        value = {"ft": value}
    if not isinstance(value, dict):
        raise WrongValueError(f'score is {shown(value)}; write it like {{"ft": [2, 1]}}')
    phases = Phases(**{phase: _pair(value.get(key), key) for key, phase in PHASE_KEYS.items()})
    later = phases.full_time or phases.extra_time
    first = phases.half_time
    if first and later and (first.home > later.home or first.away > later.away):
        say(f"the half-time score {_dash(first)} is above the later {_dash(later)}; the half-time score is left out")
        phases = replace(phases, half_time=None)
    _say_odd_shootout(phases, say)
    return phases


def _say_odd_shootout(phases: Phases, say: Say) -> None:
    shootout, played = phases.shootout, phases.extra_time or phases.full_time
    if shootout is None:
        return
    if shootout.home == shootout.away:
        say(f"the shoot-out ended {_dash(shootout)}, which decides nothing; kept")
    if played and played.home != played.away:
        say(f"a shoot-out {_dash(shootout)} follows {_dash(played)}, which was decided (a second leg?); kept")


def _pair(value: Any, key: str) -> Goals | None:
    if value is None or value in ([], [None, None]):
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise WrongValueError(f"score: {key} is {shown(value)}, not a pair of goals; write it like [2, 1]")
    return Goals(*(read_whole(goals, f"score: {key}", 0, MOST_GOALS) for goals in value))


def _dash(goals: Goals) -> str:
    return f"{goals.home}–{goals.away}"


def read_goals(value: Any, key: str, say: Say) -> tuple[GoalEntry, ...] | None:
    """Return the goals of one side; None if the file has no list of them. Raises `WrongValueError`."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise WrongValueError(f"{key} is {shown(value)}, not a list of goals; correct or remove it")
    return tuple(_goal(goal, f"{key}[{place}]", say) for place, goal in enumerate(value))


def _goal(value: Any, place: str, say: Say) -> GoalEntry:
    if not isinstance(value, dict):
        raise WrongValueError(
            f'{place} is {shown(value)}, not a goal; write it like {{"name": "A. Name", "minute": 9}}'
        )
    minute, stoppage = _minute(value.get("minute"), value.get("offset"), place, say)
    return GoalEntry(
        read_text(value.get("name"), f"{place} name", 120),
        minute,
        stoppage,
        penalty=value.get("penalty") is True,
        own_goal=value.get("owngoal") is True,
    )


def _minute(value: Any, offset: Any, place: str, say: Say) -> tuple[int | None, int | None]:
    """Return minute and stoppage of 9, "9", "90+3", 105, or 90 with an offset of 3."""
    if value is None or value == "":
        return None, None
    found = MINUTE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        minute = read_whole(found[1] if found else value, "minute", 1, LAST_MINUTE)
        stoppage = found[2] if found and found[2] else offset
        return minute, None if stoppage in (None, "", 0, "0") else read_whole(stoppage, "offset", 1, 99)
    except WrongValueError:
        added = "" if offset is None else f" with offset {shown(offset)}"
        say(f"{place}: the minute {shown(value)}{added} can't be; left out")
        return None, None
