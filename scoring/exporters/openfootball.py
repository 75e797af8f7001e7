"""Matches of one season as an openfootball document, in the form in which they are imported."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from scoring.importers.openfootball import implied_status
from scoring.models import Goal, Match
from scoring.models.match import PHASES

KEYS = dict(zip(PHASES, ("ht", "ft", "et", "p"), strict=True))
WITH = ("home", "away", "season__competition")
TEXTS = {"round": "round", "stage": "stage", "group": "group", "venue": "ground"}
FURTHEST = 14
"""Hours that a clock anywhere is ahead of UTC, or behind it, at most."""


class SeveralSeasonsError(ValueError):
    """A document holds the matches of one season."""


def document(matches: "QuerySet[Match]") -> dict[str, Any]:
    """Return the document of these matches. Raises `SeveralSeasonsError` if they are of more than one season."""
    rows = list(matches.select_related(*WITH).prefetch_related("goals").order_by("kickoff", "id"))
    seasons = sorted({row.season.name for row in rows})
    if not rows:
        raise SeveralSeasonsError("there is no match to export")
    if len(seasons) != 1:
        raise SeveralSeasonsError(
            f"an openfootball document holds the matches of one season, and these are of {len(seasons)}: "
            f"filter by season, or take CSV"
        )
    return {"name": seasons[0], "matches": [dict(_entries(row)) for row in rows]}


def _entries(match: Match) -> Iterator[tuple[str, Any]]:
    yield "date", match.date.isoformat()
    if match.time_known:
        yield "time", _time(match)
    yield from (("team1", match.home.name), ("team2", match.away.name))
    yield from ((key, text) for field, key in TEXTS.items() if (text := getattr(match, field)))
    if match.num is not None:
        yield "num", match.num
    if match.status != (implied_status(match.phases, []) or Match.Status.SCHEDULED):
        yield "status", str(match.status)
    score = {KEYS[phase]: list(count) for phase in PHASES if (count := match.goals_of(phase)) is not None}
    if score:
        yield "score", score
    yield from _goals(match)


def _goals(match: Match) -> Iterator[tuple[str, Any]]:
    goals = sorted(match.goals.all(), key=lambda goal: goal.position)
    for side, key in ((Goal.Side.HOME, "goals1"), (Goal.Side.AWAY, "goals2")):
        if goals:
            yield key, [_goal(goal) for goal in goals if goal.side == side]


def _time(match: Match) -> str:
    """Return the time of day with its offset from UTC: with those at which the day is the one that is printed."""
    local = match.kickoff.astimezone(ZoneInfo(match.season.competition.time_zone or "UTC"))
    if local.date() != match.date:
        local = _on_its_day(match)
    ahead = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(int(ahead.total_seconds() // 60)), 60)
    sign = "-" if ahead < timedelta() else "+"
    return f"{local:%H:%M} UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def _on_its_day(match: Match) -> datetime:
    hours = sorted(range(-FURTHEST, FURTHEST + 1), key=abs)
    there = (match.kickoff.astimezone(timezone(timedelta(hours=ahead))) for ahead in hours)
    return next((moment for moment in there if moment.date() == match.date), match.kickoff.astimezone(UTC))


def _goal(goal: Goal) -> dict[str, Any]:
    told: dict[str, Any] = {"name": goal.scorer} if goal.scorer else {}
    if goal.minute is not None:
        told["minute"] = goal.minute
    if goal.stoppage is not None:
        told["offset"] = goal.stoppage
    return told | ({"penalty": True} if goal.penalty else {}) | ({"owngoal": True} if goal.own_goal else {})
