"""Reports on rounds and on models' seasons: there where they are due, true, and kept in every version."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Sum

from content.collect import NotSettledError, NotYetError
from content.models import Report, ReportPin, ReportVersion
from content.rechecking import facts_hash
from content.reports.catching_up import lost
from content.reports.collect import collect_round
from content.reports.season import collect_season
from content.reports.writer import default_writer
from content.verify.report import Checked, checked
from scoring import flight
from scoring.models import Match, Score
from stats.models import ModelStats

BATCH = 500
Told = dict[str, tuple[int, int]]
"""Name of a model → its predictions that count, and its points."""


def check_reports(*, facts: bool) -> Iterator[Checked]:
    """With `facts` those of every public report are collected anew (slow)."""
    yield _due()
    yield _pinned()
    yield checked(
        "versions of a report are numbered from 1 without a gap", ReportVersion.objects.count(), _wrong_numbers()
    )
    yield checked("every text is a version of its report", Report.objects.count(), _stray_texts())
    yield checked("reports are kept back by a decision", Report.objects.count(), _undecided())
    public = Report.objects.public().count()
    yield checked("public reports tell the points that hold", public, _telling_otherwise())
    if facts:
        yield _collected_anew()


def _due() -> Checked:
    """Every round that is over has a report that holds, and so has every model's season that ever had one."""
    seen = flight.look()
    names = seen.scheduled | seen.queued
    missing = lost(Match.objects.all())
    waiting = [subject for subject in missing if not seen.complete or subject.name in names]
    rounds = Match.objects.exclude(round="").values("season", "round").distinct().count()
    return checked(
        "every round that is over has a report, and reports are of the table that holds",
        rounds + Report.objects.on_seasons().count(),
        (f"{each.name}: missing or no longer true, and no task follows" for each in missing if each not in waiting),
        in_flight=len(waiting),
    )


def _pinned() -> Checked:
    """Only a report on a round is pinned to matches, each of its season: the others to the season's table."""
    astray = ReportPin.objects.exclude(report__kind=Report.Kind.ROUND).values_list("report", "match")
    elsewhere = ReportPin.objects.exclude(report__season=F("season"), report__round=F("round"))
    unpinned = Report.objects.on_rounds().filter(~Exists(ReportPin.objects.filter(report=OuterRef("pk"))))
    ahead = Report.objects.filter(stats_version__gt=F("season__stats_version")).values_list("pk", "stats_version")

    def found() -> Iterator[str]:
        yield from (f"report {pk}: on a model's season, and pinned to match {match}" for pk, match in astray.iterator())
        for pk, match in elsewhere.values_list("report", "match").iterator():
            yield f"report {pk}: pinned to match {match} as one of another round"
        yield from (f"report {pk}: on a round, and pinned to no match" for pk in unpinned.values_list("pk", flat=True))
        yield from (f"report {pk}: of table {version}, which is still to come" for pk, version in ahead.iterator())

    return checked("reports are pinned to what they are about", Report.objects.count(), found())


def _wrong_numbers() -> Iterator[str]:
    rows = Report.objects.order_by().values("pk")
    counted = rows.annotate(n=Count("versions"), least=Min("versions__number"), most=Max("versions__number"))
    for row in counted.exclude(n__gt=0, least=1, most=F("n")).iterator():
        yield f"report {row['pk']}: {row['n']} versions, {row['least']} to {row['most']}"


def _stray_texts() -> Iterator[str]:
    same = {name: OuterRef(name) for name in ("headline", "text", "facts_hash", "writer")}
    kept = ReportVersion.objects.filter(report=OuterRef("pk"), **same)
    for pk in Report.objects.filter(~Exists(kept)).values_list("pk", flat=True).iterator():
        yield f"report {pk}: its text is none of its versions"


def _undecided() -> Iterator[str]:
    by_decision = [Report.Status.HELD, Report.Status.WITHDRAWN]
    rows = Report.objects.filter(decided_at=None, status__in=by_decision).values_list("pk", "status")
    for pk, status in rows.iterator():
        yield f"report {pk}: {status}, and nobody decided it"


def _telling_otherwise() -> Iterator[str]:
    """Compares what public reports say that models took with the scores, or with the models' stats."""
    for report in Report.objects.public().on_rounds().iterator(chunk_size=BATCH):
        yield from _differing(report, _told_of_round(report.facts), _taken(report))
    for report in Report.objects.public().on_seasons().select_related("model").iterator(chunk_size=BATCH):
        stats = ModelStats.objects.filter(season=report.season_id, model=report.model_id)
        holds = {str(report.model): row for row in stats.values_list("predictions", "points")}
        yield from _differing(report, _told_of_season(report.facts), holds)


def _differing(report: Report, told: Told, holds: Told) -> Iterator[str]:
    if told != holds:
        models = sorted(model for model in {*told, *holds} if told.get(model) != holds.get(model))
        yield f"report {report.pk}: what it says of {', '.join(models[:4]) or 'nobody'} is not what the scores say"


def _taken(report: Report) -> Told:
    scores = Score.objects.filter(match__season=report.season_id, match__round=report.round).counted()
    grouped = scores.order_by().values_list("model__name").annotate(Count("pk"), Sum("points"))
    return {name: (predictions, points) for name, predictions, points in grouped}


def _told_of_round(facts: Any) -> Told:
    """Return what facts say that each model took; nothing if they are not such facts."""
    try:
        return {taken["model"]: (taken["predictions"], taken["points"]) for taken in facts["takings"]}
    except (KeyError, TypeError):
        return {}


def _told_of_season(facts: Any) -> Told:
    try:
        return {facts["model"]: (facts["total"]["predictions"], facts["total"]["points"])}
    except (KeyError, TypeError):
        return {}


def _collected_anew() -> Checked:
    """The facts have the hash that is kept with them, and, collected anew, are the same, as is the text of them."""
    looked_at = in_flight = 0
    wrong = []
    for report in Report.objects.public().iterator(chunk_size=BATCH):
        looked_at += 1
        try:
            why = _is_other(report)
        except NotYetError:
            in_flight += 1
        else:
            wrong += [f"report {report.pk}: {why}"] if why else []
    return checked("public reports are what would be written now", looked_at, wrong, in_flight=in_flight)


def _is_other(report: Report) -> str:
    if facts_hash(report.facts) != report.facts_hash:
        return "its facts have another hash than is kept with them"
    try:
        if report.kind == Report.Kind.ROUND:
            facts: Any = collect_round(report.season_id, report.round).facts
        else:
            facts = collect_season(report.season_id, report.model_id or 0).facts
    except NotSettledError as why:
        return str(why)
    if facts.hash() != report.facts_hash:
        return "its facts are others now"
    article = default_writer().write(facts)
    same = (article.headline, article.text, article.writer) == (report.headline, report.text, report.writer)
    return "" if same else "the writer makes another text of its facts"
