"""Finds rounds whose report is missing or no longer true, and models' reports of another table, whatever the cause."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When

from content.models import Report, ReportProgress
from content.reports.ordering import Subject, holds, order
from content.reports.rounds import is_ready
from scoring.locks import retried
from scoring.models import Match, MatchProgress

InFlight = Callable[[str], bool]
"""Whether a task of this name is in the queue, or scheduled; True as well if nobody can say."""


def order_lost(
    matches: "QuerySet[Match]", carries: InFlight, ids: tuple[int, int] | None = None
) -> tuple[int, list[str]]:
    """Orders the reports that are due on rounds of these matches, and on models of their seasons, and in no queue.

    Each in a transaction of its own. Returns how many were ordered, and what went wrong, a line each.
    """
    ordered, failed = 0, []
    claims = dict(ReportProgress.objects.queued().values_list("name", "queued_at"))
    found = lost(matches, ids)
    for name, since in claims.items():
        if not carries(name):  # whoever orders it next must not take it for queued
            ReportProgress.objects.filter(name=name, queued_at=since).update(queued_at=None, next_try=None)
    for subject in found:
        if carries(subject.name):
            continue
        try:
            ordered += _order(subject)
        except Exception as error:  # noqa: BLE001  one must not keep the others back; `catch_up` raises at the end
            failed.append(f"{subject.name}: {type(error).__name__}: {error}")
    return ordered, failed


def lost(matches: "QuerySet[Match]", ids: tuple[int, int] | None = None) -> list[Subject]:
    """Return the reports that are due, and that the step of no match is still to order."""
    rounds = [Subject(*pair) for pair in suspects(matches, ids)]
    due = [subject for subject in rounds if not _to_come(subject) and is_due(subject)]
    stale = Report.objects.on_seasons().exclude(stats_version=F("season__stats_version"))
    pairs = stale.filter(season__in=matches.order_by().values("season")).order_by("pk").values_list("season", "model")
    seasons = [Subject(season_id, model_id=model_id) for season_id, model_id in pairs]
    return due + [subject for subject in seasons if not _to_come(subject)]


def is_due(subject: Subject) -> bool:
    """Whether a round is ready for a report, and has none that holds."""
    return is_ready(subject.season_id, subject.round) and not holds(subject)


OVER = ~Q(status__in=Match.OPEN_STATUSES)
THERE = Q(pin__season=F("season"), pin__round=F("round"))
COUNTED = Q(pin__revision=F("revision"), pin__stats_version=F("count__version"), count__revision=F("revision"))
NOT_COUNTED = Q(pin__revision=F("revision"), pin__stats_version__isnull=True, count__isnull=True)
AS_NAMED = Q(pin__revision__isnull=True, pin__home=F("home__name"), pin__away=F("away__name"))


def suspects(matches: "QuerySet[Match]", ids: tuple[int, int] | None = None) -> Sequence[tuple[int, str]]:
    """Return the rounds, as pairs of a season and a name, of those of these matches that no report has as they are.

    A round that is still played is among them. Those that a match has left, though a report has it, as well. `ids`: the
    first and the last there may be; said of each table, since PostgreSQL does not conclude it (see `comparing`).
    """
    told = Exists(Report.objects.on_rounds().filter(season=OuterRef("season"), round=OuterRef("round")))
    is_held = Case(
        When(OVER & THERE & (COUNTED | NOT_COUNTED), then=Value(True)),
        When(~OVER & THERE & AS_NAMED, then=Value(True)),
        When(Q(pin__isnull=True, round=""), then=Value(True)),
        When(~OVER & Q(pin__isnull=True) & ~told, then=Value(True)),
        default=Value(False),
    )
    joined = {"pin": _joined("report_pins", ids), "count": _joined("stats", ids)}
    rows = matches.annotate(**joined).alias(is_held=is_held).filter(is_held=False).order_by()
    pairs = set()
    for season, name, pinned_in, pinned_as in rows.values_list("season", "round", "pin__season", "pin__round"):
        pairs |= {(season, name), (pinned_in or season, pinned_as or name)}
    return sorted(pair for pair in pairs if pair[1])


def _joined(name: str, ids: tuple[int, int] | None) -> FilteredRelation:
    within = Q(**{f"{name}__match__gte": ids[0], f"{name}__match__lte": ids[1]}) if ids else Q()
    return FilteredRelation(name, condition=within)


def _to_come(subject: Subject) -> bool:
    """Whether a match is still worked on whose last step orders the report."""
    unfinished = MatchProgress.objects.unfinished().filter(match__season=subject.season_id)
    return unfinished.filter(**({"match__round": subject.round} if subject.round else {})).exists()


@retried
@transaction.atomic
def _order(subject: Subject) -> bool:
    return order(subject, lost=True)


def of_ids(ids: Iterable[int]) -> "QuerySet[Match]":
    return Match.objects.filter(pk__in=list(ids))
