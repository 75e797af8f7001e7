"""Takes the name of an openfootball document apart: the competition and the label of its season. Pure."""

import re
from dataclasses import dataclass

from scoring.importers.values import WrongValueError, read_text, shown

YEARS = re.compile(r"(?<!\d)((?:18|19|20|21)\d\d)(?:([/–-])(\d{4}|\d\d))?(?!\d)")
WAY_OUT = 'say it with --name "World Cup 2026"'


@dataclass(frozen=True)
class SeasonName:
    """`name` is what people see and type; `label` is 2026 or 2025/26, however the file wrote it."""

    name: str
    competition: str
    label: str


def read_season_name(value: object) -> SeasonName:
    """Return the parts of a name: the last year in it, wherever it stands, is the label, the rest the competition.

    Raises `WrongValueError` for a name without a year or without anything else.
    """
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError(f"name: the document has none; {WAY_OUT}")
    name = read_text(value, "name", 160)
    found = list(YEARS.finditer(name))
    if not found:
        raise WrongValueError(f'name: "{shown(name)}" has no year in it; {WAY_OUT}')
    last = found[-1]
    rest = _joined(name[: last.start()], name[last.end() :])
    if not rest:
        raise WrongValueError(f'name: "{shown(name)}" says no competition; {WAY_OUT}')
    return SeasonName(name, read_text(rest, "the competition in name", 120), _label(last))


def _label(years: re.Match[str]) -> str:
    first, second = years[1], years[3]
    return f"{first}/{second[-2:]}" if second else first


def _joined(before: str, after: str) -> str:
    """Return the name without its year, and without what only held the year: brackets, a dash, a comma."""
    rest = re.sub(r"\(\s*\)|\[\s*\]", " ", f"{before} {after}")
    return " ".join(rest.split()).strip(" ,:;|/–-")
