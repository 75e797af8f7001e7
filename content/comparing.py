"""Compares matches with what was derived from them, many in one query: at which step is the first thing missing?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Value, When

from content.models import Roundup
from scoring.models import Match
from scoring.models.match import result_counts
from scoring.steps import match_steps

SCORE, COUNT, WRITE, DONE = range(4)
"""Places in `MATCH_PIPELINE`, and the one after its end."""

COUNTS = result_counts()
BEGUN = Q(work__revision=F("revision"))
NOT_BEGUN = Q(work__isnull=True, status__in=Match.OPEN_STATUSES)
SETTLED = Q(settlement__revision=F("revision"))
COUNTED = Q(count__revision=F("revision"))
# The short way to say so for nearly all; what waits beside an edited text is looked up only for the others.
WRITTEN = Q(text__revision=F("revision"), text__stats_version=F("count__version"), text__match_is_void="") | Exists(
    Roundup.objects.up_to_date().filter(match=OuterRef("pk"))
)
NO_TRACE = Q(settlement__isnull=True, count__isnull=True)
TAKEN_DOWN = Q(text__isnull=True) | ~Q(text__match_is_void="")


COLUMNS = (
    "pk",
    "season_id",
    "revision",
    "missing",
    "work__step",
    "work__revision",
    "work__changed_at",
)


@dataclass(frozen=True)
class Compared:
    """Where a match stands, and where it should. `missing`: the place of the step whose result is missing; None: none.

    `step`, `step_revision` and `changed_at` are those of its progress, None if it has no such row.
    """

    match_id: int
    season_id: int
    revision: int
    missing: int | None
    step: str | None
    step_revision: int | None
    changed_at: datetime | None

    @property
    def standing(self) -> int:
        """The place of the step it stands at; the first one if its work never began for the present revision."""
        paths = [*(step.path for step in match_steps()), ""]
        if self.step_revision != self.revision or self.step not in paths:
            return SCORE
        return paths.index(self.step)

    @property
    def is_beyond_help(self) -> bool:
        """Whether it is behind and no step will ever come to it: not begun, or past the step whose result is missing.

        A step and what it leaves behind commit together, so this is never a matter of time. The one exception is a
        roundup that is no longer current, which a task for the season sees to while its match stays done.
        """
        if self.missing is None:
            return False
        return self.step_revision != self.revision or self.missing < min(self.standing, WRITE)

    @property
    def awaited(self) -> int | None:
        """The place of the step that must be in flight for it; None: there is nothing to do."""
        if self.standing < DONE:
            return self.standing if self.step_revision == self.revision else None
        return WRITE if self.missing == WRITE else None


IN_ORDER = (COUNTS & BEGUN & SETTLED & COUNTED & WRITTEN, ~COUNTS & (BEGUN | NOT_BEGUN) & NO_TRACE & TAKEN_DOWN)

IS_BEHIND = Case(*[When(order, then=Value(False)) for order in IN_ORDER], default=Value(True))

MISSING = Case(
    *[When(order, then=None) for order in IN_ORDER],
    When(~BEGUN, then=Value(SCORE)),
    When((COUNTS & ~SETTLED) | (~COUNTS & Q(settlement__isnull=False)), then=Value(SCORE)),
    When((COUNTS & ~COUNTED) | (~COUNTS & Q(count__isnull=False)), then=Value(COUNT)),
    default=Value(WRITE),
    output_field=IntegerField(),
)
"""The place of the first step whose result is missing or not of the present revision; null: none."""


def compare(match_ids: Iterable[int]) -> Sequence[Compared]:
    """Return these matches as they stand, by id; one query."""
    ids = list(match_ids)
    if not ids:
        return []
    rows = Match.objects.filter(pk__in=ids).order_by("pk").annotate(**_joined()).annotate(missing=MISSING)
    return [Compared(*row) for row in rows.values_list(*COLUMNS)]


def behind(match_ids: Iterable[int]) -> Sequence[Compared]:
    """Return those of these matches that have something missing, by id."""
    rows = Match.objects.filter(pk__in=list(match_ids)).alias(**_joined()).filter(IS_BEHIND)
    return compare(rows.order_by().values_list("pk", flat=True))


def behind_between(first: int, last: int) -> Sequence[Compared]:
    """Return those of the matches with an id from `first` to `last` that have something missing, by id."""
    rows = Match.objects.filter(pk__gte=first, pk__lte=last).alias(**_joined(first, last)).filter(IS_BEHIND)
    return compare(rows.order_by().values_list("pk", flat=True))


def _joined(first: int | None = None, last: int | None = None) -> dict[str, FilteredRelation]:
    """Return what is joined to a match: its current settlement, its stats, its roundup, its progress.

    That only rows of matches from `first` to `last` are meant is said of each table: PostgreSQL does not conclude it,
    and would read tables of a million rows from end to end.
    """

    def joined(name: str, condition: Q) -> FilteredRelation:
        if first is not None and last is not None:
            condition &= Q(**{f"{name}__match__gte": first, f"{name}__match__lte": last})
        return FilteredRelation(name, condition=condition)

    return {
        "settlement": joined("settlements", Q(settlements__superseded_at__isnull=True)),
        "count": joined("stats", Q()),
        "text": joined("roundup", Q()),
        "work": joined("progress", Q()),
    }
