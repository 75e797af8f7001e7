"""Match stats: what was counted for each settled match, and as which version of its season."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from content.verify.flight import past, waiting
from content.verify.report import Checked, checked
from scoring.models import Match, Settlement
from stats.models import MatchStats
from stats.services import STEP
from stats.versions import out_of_order


def check_match_stats() -> Iterator[Checked]:
    yield _missing()
    yield _needless()
    yield _records()
    yield _versions()


def _missing() -> Checked:
    settled = Match.objects.settled()
    rows = settled.filter(past(STEP), stats__isnull=True).values_list("pk", flat=True)
    return checked(
        "every settled match is counted",
        settled.count(),
        (f"match {pk}: settled, and not counted" for pk in rows.iterator()),
        in_flight=settled.filter(pk__in=waiting(past(STEP)), stats__isnull=True).count(),
    )


def _needless() -> Checked:
    current = Settlement.objects.current().filter(match=OuterRef("match"))
    needless = MatchStats.objects.filter(~Exists(current))
    there = Match.objects.filter(past(STEP), pk=OuterRef("match"))
    rows = needless.filter(Exists(there)).values_list("match", flat=True)
    return checked(
        "no match is counted that is not settled",
        MatchStats.objects.count(),
        (f"match {pk}: counted, and has no current settlement" for pk in rows.iterator()),
        in_flight=needless.filter(~Exists(there)).count(),
    )


def _records() -> Checked:
    """Of a match that is counted at its revision; one that waits to be counted anew has an older record."""
    there = Match.objects.filter(past(STEP), pk=OuterRef("match"))
    same = Q(revision=F("match__revision"), kickoff=F("match__kickoff"), season=F("match__season"))
    settled = MatchStats.objects.filter(Exists(Settlement.objects.current().filter(match=OuterRef("match"))))
    rows = settled.filter(~same, Exists(there)).values_list("match", "revision", "match__revision")
    return checked(
        "match stats have the revision, kickoff and season of their match",
        settled.count(),
        (
            f"match {pk}: counted at revision {revision} of {present}, or with another kickoff or season"
            for pk, revision, present in rows.iterator()
        ),
        in_flight=settled.filter(~Exists(there)).count(),
    )


def _versions() -> Checked:
    """Counting a match sets its version on every later one: no match has an older version than an earlier match."""
    name = "versions grow with the kickoff, up to the season's"
    return checked(name, MatchStats.objects.count(), out_of_order(MatchStats.objects.all()))
