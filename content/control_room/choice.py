"""What somebody has chosen to see on the board, as it stands in the address of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from content.models.attention import attention
from scoring.models import Match, MatchProgress

MOST_OPEN = 5
"""Rows that are open at once: each is read with its whole chain."""


class State(Enum):
    """How far a match is; the value stands in the address, the words in the list to choose from."""

    WITHOUT_RESULT = "no_result"
    ON_ITS_WAY = "on_its_way"
    ATTENTION = "attention"
    VOID = "void"
    DONE = "done"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    State.WITHOUT_RESULT: "waits for a result",
    State.ON_ITS_WAY: "on its way",
    State.ATTENTION: "needs attention",
    State.VOID: "void",
    State.DONE: "done",
}


@dataclass(frozen=True)
class Cursor:
    """The last match of a page: the next one begins after it, however many matches came in above it meanwhile."""

    kickoff: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.kickoff.isoformat()}_{self.pk}"

    def after(self) -> Q:
        return Q(kickoff__lt=self.kickoff) | Q(kickoff=self.kickoff, pk__lt=self.pk)


@dataclass(frozen=True)
class Choice:
    """`problems` says what in the address could not be understood; it is left out then, and said."""

    season: int | None = None
    state: State | None = None
    day: date | None = None
    before: Cursor | None = None
    open: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.season or self.day)

    def query(self) -> str:
        """Return this choice as it stands in an address, with its question mark; "" for none."""
        named = {
            "season": self.season,
            "state": self.state and self.state.value,
            "day": self.day,
            "before": self.before,
        }
        pairs = [(name, str(value)) for name, value in named.items() if value]
        if self.open:
            pairs.append(("open", ",".join(str(pk) for pk in self.open)))
        return f"?{urlencode(pairs)}" if pairs else ""

    def toggled(self, pk: int) -> "Choice":
        """Return the choice with a row opened, or closed if it is open; the one opened first closes beyond five."""
        others = tuple(each for each in self.open if each != pk)
        return replace(self, open=others if pk in self.open else (*others, pk)[-MOST_OPEN:])

    def narrowed(self, prefix: str = "") -> Q:
        """Return the condition of season and day, for a query that reaches the match by `prefix` (`match__`)."""
        condition = Q(**{f"{prefix}season": self.season}) if self.season else Q()
        if self.day:
            begin = datetime.combine(self.day, time.min, tzinfo=timezone.get_default_timezone())
            day = {f"{prefix}kickoff__gte": begin, f"{prefix}kickoff__lt": begin + timedelta(days=1)}
            condition &= Q(**day)
        return condition

    def matches(self, now: datetime) -> "QuerySet[Match]":
        """Return the matches of the board, newest first: those that have begun, or that work was begun for."""
        found = Match.objects.filter(self.narrowed()).order_by("-kickoff", "-pk")
        if self.before:
            found = found.filter(self.before.after())
        if self.state is None:
            return found.filter(Q(kickoff__lte=now) | Q(progress__isnull=False))
        return found.filter(_condition(self.state, now))


def _condition(state: State, now: datetime) -> Q:
    if state == State.WITHOUT_RESULT:
        return Q(kickoff__lte=now, status__in=Match.OPEN_STATUSES)
    if state == State.ON_ITS_WAY:
        return Q(pk__in=MatchProgress.objects.unfinished().values("pk"))
    if state == State.ATTENTION:
        return Q(pk__in=attention(now).order_by().values("pk"))
    if state == State.VOID:
        void = (Match.Status.ABANDONED, Match.Status.CANCELLED, Match.Status.AWARDED)
        return Q(status__in=void)
    return Q(progress__step="", status=Match.Status.FINISHED)


def read(given: QueryDict) -> Choice:
    """Return the choice of an address; what can't be understood is named in `problems`."""
    problems: list[str] = []
    state = next((each for each in State if each.value == given.get("state")), None)
    if given.get("state") and state is None:
        problems.append(f"There is no state “{given['state']}”: all matches are shown.")
    return Choice(
        season=next(iter(_ids(given.get("season", ""), "season", problems)), None),
        state=state,
        day=_day(given.get("day", ""), problems),
        before=_cursor(given.get("before", ""), problems),
        open=tuple(_ids(given.get("open", ""), "match", problems))[-MOST_OPEN:],
        problems=tuple(problems),
    )


def _ids(text: str, what: str, problems: list[str]) -> Sequence[int]:
    """Return the ids, separated by commas, each once."""
    parts = list(dict.fromkeys(part for part in text.split(",") if part))
    good = [part for part in parts if part.isdecimal() and part.isascii() and len(part) < 19]
    ids = [pk for pk in map(int, good) if pk <= BigIntegerField.MAX_BIGINT]
    if len(ids) < len(parts):
        problems.append(f"“{text}” is not the id of a {what}: it is left out.")
    return ids


def _day(text: str, problems: list[str]) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if text and (day is None or day.year < 1000 or day == date.max):
        problems.append(f"“{text}” is not a day such as 2026-06-11: all days are shown.")
        return None
    return day


def _cursor(text: str, problems: list[str]) -> Cursor | None:
    at, _, pk = text.partition("_")
    try:
        kickoff = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        kickoff = None
    if text and (kickoff is None or kickoff.tzinfo is None or not _ids(pk, "match", [])):
        problems.append("The address names no place in the list: its beginning is shown.")
        return None
    return Cursor(kickoff, int(pk)) if kickoff else None
