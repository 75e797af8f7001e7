"""Damage to reports on rounds and on models' seasons."""

from collections.abc import Callable
from typing import Any

from django.db.models import F

from content.models import Report, ReportPin, ReportVersion
from content.rechecking import facts_hash
from scoring.models import Match
from tests.content.verify.checks import (
    REPORT_ANEW,
    REPORT_DECIDED,
    REPORT_NUMBERS,
    REPORT_PINS,
    REPORT_TEXTS,
    REPORT_TOLD,
    REPORTED,
    Damages,
)
from tests.content.verify.season import Played

DAMAGES = Damages()


def _on_round(played: Played) -> Report:
    return Report.objects.on_rounds().get(season=played.other.season_id)


def _on_season(played: Played) -> Report:
    return Report.objects.on_seasons().get(season=played.other.season_id)


def _tell(report: Report, change: Callable[[dict[str, Any]], object], *, rehash: bool = True) -> None:
    """Changes the facts of a report; with `rehash` their hash as well, in the version of it, too."""
    change(report.facts)
    if rehash:
        version = report.versions.get()
        version.facts_hash = report.facts_hash = facts_hash(report.facts)
        version.save()
    report.save()


@DAMAGES.breaks(REPORTED)
def a_report_is_missing(played: Played) -> None:
    _on_round(played).delete()


@DAMAGES.breaks(REPORTED)
def a_report_of_an_older_revision(played: Played) -> None:
    ReportPin.objects.filter(report=_on_round(played)).update(revision=F("revision") - 1)


@DAMAGES.breaks(REPORTED)
def a_report_of_an_older_table(played: Played) -> None:
    ReportPin.objects.filter(report=_on_round(played)).update(stats_version=F("stats_version") - 1)


@DAMAGES.breaks(REPORTED)
def a_report_takes_a_match_for_one_that_is_to_come(played: Played) -> None:
    ReportPin.objects.filter(report=_on_round(played)).update(revision=None, stats_version=None)


@DAMAGES.breaks(REPORTED)
def a_report_on_a_season_of_an_older_table(played: Played) -> None:
    Report.objects.filter(pk=_on_season(played).pk).update(stats_version=F("stats_version") - 1)


@DAMAGES.breaks(REPORTED, REPORT_PINS)
def a_report_without_pins(played: Played) -> None:
    ReportPin.objects.filter(report=_on_round(played)).delete()


@DAMAGES.breaks(REPORTED)
def a_report_holds_a_match_of_another_round(played: Played) -> None:
    other = Match.objects.get(pk=played.plain.pk)
    report = _on_round(played)
    pin = {"season_id": report.season_id, "round": report.round, "revision": other.revision}
    ReportPin.objects.create(report=report, match=other, **pin)


@DAMAGES.breaks(REPORT_PINS)
def a_report_on_a_season_pinned_to_a_match(played: Played) -> None:
    match = played.other
    pin = {"season_id": match.season_id, "round": match.round, "revision": match.revision}
    ReportPin.objects.create(report=_on_season(played), match=match, **pin)


@DAMAGES.breaks(REPORT_NUMBERS, REPORT_TEXTS)
def a_report_without_versions(played: Played) -> None:
    ReportVersion.objects.filter(report=_on_round(played)).delete()


@DAMAGES.breaks(REPORT_TEXTS, REPORT_ANEW)
def a_report_that_nobody_wrote(played: Played) -> None:
    Report.objects.filter(pk=_on_round(played).pk).update(text="All is well.")


@DAMAGES.breaks(REPORT_DECIDED)
def a_report_held_though_nobody_decided_it(played: Played) -> None:
    Report.objects.filter(pk=_on_season(played).pk).update(status=Report.Status.HELD)


@DAMAGES.breaks(REPORT_TOLD, REPORT_ANEW)
def a_report_tells_points_that_nobody_took(played: Played) -> None:
    _tell(_on_round(played), lambda facts: facts["takings"][0].update(points=99))


@DAMAGES.breaks(REPORT_TOLD, REPORT_ANEW)
def a_report_on_a_season_tells_other_points(played: Played) -> None:
    _tell(_on_season(played), lambda facts: facts["total"].update(points=99))


@DAMAGES.breaks(REPORT_TOLD, REPORT_ANEW)
def a_report_whose_facts_are_none(played: Played) -> None:
    _tell(_on_round(played), lambda facts: facts.clear(), rehash=False)


@DAMAGES.breaks(REPORT_ANEW)
def a_report_tells_another_score(played: Played) -> None:
    _tell(_on_round(played), lambda facts: facts["matches"][0].update(score=[7, 7]))
