"""Reads documents of openfootball's football.json and worldcup.json. Pure: bytes in, a document or problems out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scoring.importers.kickoff import TimeOfDay, read_time
from scoring.importers.placeholders import is_placeholder
from scoring.importers.scores import GoalEntry, read_goals, read_phases, read_status
from scoring.importers.season_name import SeasonName, read_season_name
from scoring.importers.values import WrongValueError, read_date, read_text, read_whole, shown
from scoring.rules import Phases

LARGEST_NUM = 2_000_000_000


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match as a file tells it. Empty texts, None and "" as the status: the file says nothing.

    `place` is its index in the file, `label` names it in messages. `implied`: the status is read off the score.
    """

    place: int
    label: str
    date: date
    home: str
    away: str
    time: TimeOfDay | None = None
    round: str = ""
    stage: str = ""
    group: str = ""
    num: int | None = None
    venue: str = ""
    status: str = ""
    implied: bool = False
    phases: Phases = field(default_factory=Phases)
    home_goals: tuple[GoalEntry, ...] | None = None
    away_goals: tuple[GoalEntry, ...] | None = None


@dataclass(frozen=True)
class Document:
    """The matches of one season. `left_out` counts those whose teams are not known yet; `open_nums` are their nums."""

    season: SeasonName
    rows: tuple[MatchRow, ...]
    notices: tuple[str, ...] = ()
    left_out: int = 0
    open_nums: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Problems:
    """Why a file can't be read: a line for each thing that is wrong, with what to do."""

    lines: tuple[str, ...]


@dataclass
class _Reading:
    rows: list[MatchRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    open_nums: list[int | None] = field(default_factory=list)


def parse(content: bytes, name: str | None = None) -> Document | Problems:
    """Return what a file says, or everything that is wrong with it; never raises.

    `name` takes the place of the document's own. Lines begin with the match they are about, like
    "matches[17] Qatar – Ecuador, 2022-11-20: ".
    """
    try:
        return _document(_load(content), name)
    except WrongValueError as error:
        return Problems((str(error),))
    except RecursionError:
        return Problems(("holds lists within lists within lists, too deep to read; correct it",))


def _document(data: dict[str, Any], name: str | None) -> Document | Problems:
    entries = data.get("matches")
    if not isinstance(entries, list):
        raise WrongValueError('has no list "matches"; import an openfootball document of matches')
    season, reading = None, _Reading()
    try:
        season = read_season_name(data.get("name") if name is None else name)
    except WrongValueError as error:
        reading.problems.append(str(error))
    _read_all(entries, reading)
    if season is None or reading.problems:
        return Problems(tuple(reading.problems))
    nums = frozenset(num for num in reading.open_nums if num is not None)
    return Document(season, tuple(reading.rows), tuple(reading.notices), len(reading.open_nums), nums)


def _load(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = f"line {line}: byte 0x{content[error.start]:02x} is not UTF-8"
        raise WrongValueError(f"{wrong}; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise WrongValueError(
            f"line {error.lineno}, column {error.colno}: not JSON ({error.msg}); import an openfootball document"
        ) from None
    except ValueError as error:
        raise WrongValueError(f"not JSON that can be read ({shown(str(error))}); correct it") from None
    if not isinstance(data, dict):
        raise WrongValueError(f'holds {shown(data)}, not an object; it must look like {{"name": …, "matches": […]}}')
    return data


def _read_all(entries: Sequence[Any], reading: _Reading) -> None:
    seen: dict[tuple[str, str, date], MatchRow] = {}
    numbers: dict[int, MatchRow] = {}
    for place, entry in enumerate(entries):
        label = label_of(place, entry)
        notices: list[str] = []
        try:
            row = _read(place, label, entry, notices)
            if row is None:
                reading.open_nums.append(_num(entry))
            elif (twin := _twin(row, seen, numbers)) is None:
                reading.rows.append(row)
            else:
                _require_equal(entries[twin.place], entry, twin)
                notices = [f"is the same, word for word, as matches[{twin.place}]; one match"]
        except WrongValueError as error:
            reading.problems.append(f"{label}: {error}")
        reading.notices += [f"{label}: {notice}" for notice in notices]


def label_of(place: int, entry: Any) -> str:
    """Return how messages name an entry: matches[17] Qatar – Ecuador, 2022-11-20."""
    if not isinstance(entry, dict):
        return f"matches[{place}]"
    home, away = (_name(entry.get(key)) for key in ("team1", "team2"))
    return f"matches[{place}] {home} – {away}, {shown(entry.get('date') or '?')}"


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return shown(value) if value else "?"


def _read(place: int, label: str, entry: Any, notices: list[str]) -> MatchRow | None:
    """Return the match of an entry; None, and a notice, if its teams are not known yet."""
    if not isinstance(entry, dict):
        raise WrongValueError(f'is {shown(entry)}, not an object; write it like {{"date": …, "team1": …, "team2": …}}')
    home, away = _team(entry, "team1"), _team(entry, "team2")
    if is_placeholder(home) or is_placeholder(away):
        notices.append("the teams are not known yet; left out until they are")
        return None
    if home == away:
        raise WrongValueError("a team can't play against itself; correct team1 or team2")
    phases = read_phases(entry.get("score"), notices.append)
    status = read_status(entry.get("status"), notices.append)
    if status == "postponed" and phases.full_time is not None:
        notices.append("postponed, but with a full-time score; not scored while its status says so")
    return MatchRow(
        place,
        label,
        read_date(entry.get("date")),
        home,
        away,
        time=read_time(entry.get("time")),
        round=read_text(entry.get("round"), "round", 80),
        stage=read_text(entry.get("stage"), "stage", 80),
        group=read_text(entry.get("group"), "group", 80),
        num=_num(entry),
        venue=read_text(entry.get("ground"), "ground", 160),
        status=status or implied_status(phases, notices),
        implied=not status,
        phases=phases,
        home_goals=read_goals(entry.get("goals1"), "goals1", notices.append),
        away_goals=read_goals(entry.get("goals2"), "goals2", notices.append),
    )


def _team(entry: dict[str, Any], key: str) -> str:
    name = read_text(entry.get(key), key, 120)
    if not name:
        raise WrongValueError(f"{key} is missing; write the name of the team")
    return name


def _num(entry: dict[str, Any]) -> int | None:
    value = entry.get("num")
    return None if value in (None, "") else read_whole(value, "num", 0, LARGEST_NUM)


def implied_status(phases: Phases, notices: list[str]) -> str:
    """Return the status that follows from the scores alone: finished, live, or "" without any score."""
    if phases.full_time is not None:
        return "finished"
    if phases.extra_time is not None or phases.shootout is not None:
        notices.append("finished, but the full-time score is missing; not scored until it is known")
        return "finished"
    if phases.half_time is not None:
        notices.append("only the half-time score is known; live until the full-time score is")
        return "live"
    return ""


def _twin(row: MatchRow, seen: dict[tuple[str, str, date], MatchRow], numbers: dict[int, MatchRow]) -> MatchRow | None:
    """Return the row before this one that is the same match: same teams and date, or same number."""
    twin = seen.setdefault((row.home, row.away, row.date), row)
    if twin is row and row.num is not None:
        twin = numbers.setdefault(row.num, row)
    return None if twin is row else twin


def _require_equal(first: Any, second: Any, twin: MatchRow) -> None:
    if first == second:
        return
    differing = sorted(key for key in {*first, *second} if first.get(key) != second.get(key))
    if {"team1", "team2"} & set(differing):
        raise WrongValueError(f"has the num of {twin.label}; correct one of them")
    what = "score" if "score" in differing else shown(", ".join(differing))
    raise WrongValueError(f"stands at matches[{twin.place}] too, with another {what}; keep one of them")
