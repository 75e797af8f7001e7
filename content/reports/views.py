"""The pages of reports. None is ever kept by a cache: a kept page would outlive what it was true of."""

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.models import Report, Roundup
from content.models.reports import ReportQuerySet
from content.render import to_html
from scoring.models import Match


@require_safe
@never_cache
def round_report(request: HttpRequest, season_id: int, slug: str) -> HttpResponse:
    """The report on a round, or in its place why it can't be read.

    A notice while it is being written again, checked or held; 410 and the reason if it was withdrawn or no match of the
    round counts any more; 404 if readers have never been able to see it.
    """
    _require_ids(season_id)
    return _page(request, Report.objects.on_rounds().filter(season=season_id, slug=slug))


@require_safe
@never_cache
def season_report(request: HttpRequest, model_id: int, season_id: int) -> HttpResponse:
    """The report on a model's season, or in its place why it can't be read; as `round_report`."""
    _require_ids(model_id, season_id)
    return _page(request, Report.objects.on_seasons().filter(season=season_id, model=model_id))


def _require_ids(*ids: int) -> None:
    if max(ids) > BigIntegerField.MAX_BIGINT:  # more than the database can look for
        raise Http404


def _page(request: HttpRequest, reports: ReportQuerySet) -> HttpResponse:
    report = reports.public().with_subject().first()
    if report:
        context = {"report": report, "article": to_html(report.text), "matches": _matches(report)}
        return render(request, "report_page.html", context)
    hidden = reports.with_subject().defer("facts", "text").first()
    if hidden is None or hidden.published_at is None:
        raise Http404
    void = hidden.kind == Report.Kind.ROUND and not _counts(hidden)
    gone = void or hidden.status == Report.Status.WITHDRAWN
    return render(request, "report_page.html", {"hidden": hidden, "void": void}, status=410 if gone else 200)


def _matches(report: Report) -> list[Match]:
    """Return the matches of the round whose roundups readers can see, by kickoff."""
    if report.kind != Report.Kind.ROUND:
        return []
    public = Roundup.objects.public().values("match")
    rows = Match.objects.filter(season=report.season_id, round=report.round, pk__in=public)
    return list(rows.select_related("home", "away").by_kickoff())


def _counts(report: Report) -> bool:
    """Whether any match of the round counts, or may yet."""
    rows = Match.objects.filter(season=report.season_id, round=report.round)
    return rows.to_settle().exists() or rows.filter(status__in=Match.OPEN_STATUSES).exists()
