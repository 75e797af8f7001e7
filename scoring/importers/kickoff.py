"""Reads the time of day of a kickoff, and tells the moment it means. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from scoring.importers.values import WrongValueError, shown

HOURS = {
    **{"UTC": 0, "GMT": 0, "Z": 0, "UCT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2},
    **{"EET": 2, "EEST": 3, "SAST": 2, "CAT": 2, "EAT": 3, "WAT": 1, "MSK": 3, "TRT": 3, "FET": 3},
    **{"NDT": -2.5, "NST": -3.5, "ADT": -3, "AST": -4, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6},
    **{"MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10},
    **{"BRT": -3, "BRST": -2, "ART": -3, "UYT": -3, "CLST": -3, "CLT": -4, "PYT": -3, "COT": -5, "PET": -5, "ECT": -5},
    **{"GST": 4, "PKT": 5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9},
    **{"ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}
"""Hours ahead of UTC. Where an abbreviation has several meanings it is the one of Europe or the Americas (BST, CST,
AST); IST, which is India, Ireland and Israel, is left out."""

CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*h|\s+uhr)?(?:\s+(.+)|(z|[+−-]\d.*))?", re.IGNORECASE)
OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+−–-])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
UNKNOWN = {"", "tbd", "tba", "tbc", "?", "-", "–", "n/a", "--:--"}
WAY_OUT = "write it like 20:00 or 20:00 UTC+2"


@dataclass(frozen=True)
class TimeOfDay:
    """A time as printed; `zone` None: the file says no offset."""

    clock: time
    zone: tzinfo | None = None


class Kickoff(NamedTuple):
    """A moment in UTC; with `time_known` off it is the beginning of the day."""

    moment: datetime
    time_known: bool


def read_time(value: Any) -> TimeOfDay | None:
    """Return the time in `20:00`, `9:30`, `13:00 UTC-6` or `18:30 CEST`; None if there is none.

    Raises `WrongValueError` for anything else.
    """
    if value is None or (isinstance(value, str) and value.strip().lower() in UNKNOWN):
        return None
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise WrongValueError(f'time "{shown(value)}" is not a time of day; {WAY_OUT}')
    zone = found[3] or found[4]
    return TimeOfDay(time(int(found[1]), int(found[2])), _zone(zone.strip()) if zone else None)


def kickoff(day: date, at: TimeOfDay | None, home_zone: tzinfo | None) -> Kickoff:
    """Return the kickoff of a match on `day`; a time without an offset is read in `home_zone`.

    While no zone is known, or no time, it is the beginning of the day (UTC), and `time_known` is off.
    """
    zone = at.zone or home_zone if at else None
    if at is None or zone is None:
        return Kickoff(datetime.combine(day, time(), UTC), time_known=False)
    return Kickoff(datetime.combine(day, at.clock, zone).astimezone(UTC), time_known=True)


def read_zone(name: str) -> ZoneInfo:
    """Return a time zone by its name, such as Europe/London. Raises `WrongValueError`."""
    if name not in available_timezones():
        raise WrongValueError(f'there is no time zone "{shown(name)}"; say it like Europe/London')
    return ZoneInfo(name)


def _zone(text: str) -> tzinfo:
    text = text.strip("()")
    if text.upper() in HOURS:
        return timezone(timedelta(hours=HOURS[text.upper()]))
    if found := OFFSET.fullmatch(text):
        ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if ahead <= timedelta(hours=14):
            return timezone(ahead if found[1] == "+" else -ahead)
    elif text in available_timezones():
        return ZoneInfo(text)
    raise WrongValueError(f'time: the zone "{shown(text)}" is not known; write it as an offset, like UTC+2')
