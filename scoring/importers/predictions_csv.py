"""Reads predictions from CSV. Pure: the lines of a file in, rows and problems out, one after the other."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from scoring.importers.formulas import as_meant
from scoring.importers.values import WrongValueError, read_date, read_text, shown
from scoring.rules import Goals, Probabilities, normalised

REQUIRED = ("model", "date", "home_team", "away_team", "home_goals", "away_goals")
CHANCES = ("p_home", "p_draw", "p_away")
OPTIONAL = (*CHANCES, "submitted_at", "competition", "season")
MOST_GOALS = 99
NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?|[0-9]+\.")


class PredictionRow(NamedTuple):
    """A prediction as a file tells it; `line` is where its row ends. Empty texts and None: the file says nothing."""

    line: int
    model: str
    date: date
    home: str
    away: str
    scoreline: Goals
    probabilities: Probabilities | None = None
    submitted_at: datetime | None = None
    competition: str = ""
    season: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line, and what to do."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd that keeps nothing from being imported."""

    text: str


def parse(lines: Iterable[bytes]) -> Iterator[PredictionRow | Problem | Notice]:
    """Yields the predictions of a CSV file, given as its lines, and a problem for each row that can't be read.

    UTF-8, with or without a byte-order mark; the header names the columns, in any order. A `submitted_at` without an
    offset is read as UTC. Holds one row at a time; what can't be read as CSV ends it. Never raises.
    """
    reader = csv.DictReader(_decoded(lines), strict=True)
    try:
        wrong = _header_problem(reader.fieldnames)
        if wrong:
            yield Problem(1, wrong)
            return
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        yield from map(Notice, _unknown(columns))
        for fields in reader:
            yield _row_or_problem(reader.line_num, fields, len(columns))
    except _NotUTF8Error as error:
        yield Problem(error.line, f"{error}; save the file as UTF-8")
    except csv.Error as error:
        yield Problem(reader.line_num + 1, f"not CSV ({error}); close every quote, and double those inside a field")


class _NotUTF8Error(ValueError):
    def __init__(self, line: int, byte: int) -> None:
        super().__init__(f"byte 0x{byte:02x} is not UTF-8")
        self.line = line


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode("utf-8" if number > 1 else "utf-8-sig")
        except UnicodeDecodeError as error:
            raise _NotUTF8Error(number, error.object[error.start]) from None


def _header_problem(names: Sequence[str] | None) -> str:
    if not names:
        return f"the file is empty; its first line must name the columns: {','.join(REQUIRED)}"
    columns = [name.strip().lower() for name in names]
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        return "the columns are not separated by commas; save the file with commas"
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        return f"the column {shown(', '.join(twice))} stands in the header twice; keep one"
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        return f"the header lacks {', '.join(missing)}; it must name {','.join(REQUIRED)}"
    return ""


def _unknown(columns: Sequence[str]) -> Iterator[str]:
    for name in columns:
        if name not in REQUIRED + OPTIONAL:
            close = get_close_matches(name, OPTIONAL, n=1, cutoff=0.75)
            hint = f"; did you mean {close[0]}?" if close else ""
            yield f'the column "{shown(name)}" is not known and not read{hint}'


def _row_or_problem(
    line: int, fields: dict[str | None, str | list[str] | None], columns: int
) -> PredictionRow | Problem:
    extra = fields.get(None)
    given = len(fields) - (extra is not None) - list(fields.values()).count(None) + len(extra or ())
    if given != columns:
        return Problem(
            line, f"has {given} columns and the header {columns}; commas inside a field need quotes around it"
        )
    try:
        return _row(
            line, {name: value for name, value in fields.items() if isinstance(name, str) and isinstance(value, str)}
        )
    except WrongValueError as error:
        return Problem(line, str(error))


def _row(line: int, fields: dict[str, str]) -> PredictionRow:
    return PredictionRow(
        line,
        _required(fields, "model"),
        read_date(fields["date"]),
        _required(fields, "home_team"),
        _required(fields, "away_team"),
        _scoreline(_goals(fields, "home_goals"), _goals(fields, "away_goals")),
        _probabilities([fields.get(name, "").strip() for name in CHANCES]),
        _moment(fields.get("submitted_at", "").strip()),
        intern(_text(fields, "competition", 120)),
        intern(_text(fields, "season", 160)),
    )


def _text(fields: dict[str, str], name: str, most: int) -> str:
    """Return a text; without the apostrophe that our exports set before what a spreadsheet would run."""
    return read_text(as_meant(fields.get(name, "")), name, most)


def _required(fields: dict[str, str], name: str) -> str:
    text = _text(fields, name, 120)
    if not text:
        raise WrongValueError(f"{name} is empty; fill it in or remove the row")
    return intern(text)


@lru_cache(maxsize=1_000)
def _scoreline(home: int, away: int) -> Goals:
    """Return one object for equal scorelines: a file has many rows and few scorelines."""
    return Goals(home, away)


def _goals(fields: dict[str, str], name: str) -> int:
    text = fields[name].strip()
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > MOST_GOALS:
        raise WrongValueError(f'{name} is "{shown(text)}", not a whole number from 0 to {MOST_GOALS}; correct it')
    return int(text)


def _probabilities(texts: list[str]) -> Probabilities | None:
    if not any(texts):
        return None
    if not all(texts):
        raise WrongValueError("only some of p_home, p_draw and p_away are given; give all three or none")
    for name, text in zip(CHANCES, texts, strict=True):
        if not NUMBER.fullmatch(text):
            raise WrongValueError(
                f'{name} is "{shown(text)}", not a number from 0 to 1; correct it, or empty all three'
            )
    try:
        return normalised(Probabilities(*map(float, texts)))
    except ValueError as error:
        raise WrongValueError(f"{error}; correct p_home, p_draw and p_away, or empty all three") from None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if not re.search(r"[0-9][T ][0-9]", text):
            raise ValueError
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongValueError(
            f'submitted_at "{shown(text)}" is not a moment; write it like 2026-06-10T19:44:55Z'
        ) from None
