"""Reads the 2022 World Cup from the project's own data file beside this module."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from scoring.rules import Goals, Phases
from scoring.services import GoalFact

FILE = Path(__file__).with_name("worldcup_2022.json")
GOAL = re.compile(r"(?P<scorer>.+) (?P<minute>\d+)(?:\+(?P<stoppage>\d+))?(?P<how> pen| own)?")


@dataclass(frozen=True)
class MatchFacts:
    """One match as it was played: `kickoff` in UTC, `date` as printed in Qatar; goals of the home side first."""

    home: str
    away: str
    kickoff: datetime
    date: date
    round: str
    group: str
    venue: str
    phases: Phases
    goals: tuple[GoalFact, ...]


@dataclass(frozen=True)
class Tournament:
    """A competition's season with its matches in kickoff order."""

    competition: str
    season: str
    matches: tuple[MatchFacts, ...]

    @property
    def name(self) -> str:
        return f"{self.competition} {self.season}"


def world_cup() -> Tournament:
    """Return the 2022 World Cup, final last."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    offset = timedelta(hours=document["utc_offset_hours"])
    matches = tuple(_match(entry, offset) for entry in document["matches"])
    return Tournament(document["competition"], document["season"], matches)


def _match(entry: Mapping[str, Any], offset: timedelta) -> MatchFacts:
    kickoff = datetime.fromisoformat(entry["kickoff"]).astimezone(UTC)
    phases = Phases(**{phase: Goals(*entry[phase]) for phase in Phases.__dataclass_fields__ if phase in entry})
    goals = [*_goals("home", entry.get("home_goals", [])), *_goals("away", entry.get("away_goals", []))]
    return MatchFacts(
        home=entry["home"],
        away=entry["away"],
        kickoff=kickoff,
        date=(kickoff + offset).date(),
        round=entry["round"],
        group=entry.get("group", ""),
        venue=entry["venue"],
        phases=phases,
        goals=tuple(goals),
    )


def _goals(side: str, lines: Sequence[str]) -> list[GoalFact]:
    return [parse_goal(side, line) for line in lines]


def parse_goal(side: str, line: str) -> GoalFact:
    """Return the goal that a line such as `Lionel Messi 45+2 pen` tells of. Raises ValueError for anything else."""
    found = GOAL.fullmatch(line)
    if found is None:
        raise ValueError(f"{line!r} is not a goal: it wants a scorer, a minute, and pen or own where it applies")
    stoppage = found["stoppage"]
    return GoalFact(
        side=side,
        scorer=found["scorer"],
        minute=int(found["minute"]),
        stoppage=int(stoppage) if stoppage else None,
        penalty=found["how"] == " pen",
        own_goal=found["how"] == " own",
    )
