"""The page of a model: its whole record, as numbers and as charts, with every match behind them."""

from itertools import accumulate

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from scoring.admin.unfolded import ModelAdmin
from scoring.models import AIModel
from stats.admin.charts import Chart, chart
from stats.records import NoSuchSeasonError, Record, record_of

FORM = 10
"""Counted predictions that are a model's form."""
SEASONS_DRAWN = 24
DAYS_IN_TABLE = 40


class ShowsRecord(ModelAdmin[AIModel]):
    """Adds the page at a model's own address; its form stands below it."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.record_view)
        return [path("<int:pk>/", page, name="scoring_aimodel_record"), *super().get_urls()]

    @admin.display(description="record")
    def record(self, model: AIModel) -> str:
        return link_to_record(model.pk, model.name)

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows a season (`season`, an id; the one counted last unless given), or `all` of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if pk > BigIntegerField.MAX_BIGINT:
            raise Http404("no such model")
        record = shown(get_object_or_404(AIModel, pk=pk), request.GET.get("season", ""))
        form = record.counted_scores[:FORM]
        context = {
            **self.admin_site.each_context(request),
            "title": record.model.name,
            "record": record,
            "form": form,
            "form_points": sum(score.points or 0 for score in form),
            "charts": charts(record),
            "days": record.days[-DAYS_IN_TABLE:][::-1],
            "seasons_drawn": SEASONS_DRAWN,
            "scores_left_out": max(0, record.settled - len(record.scores)),
        }
        return TemplateResponse(request, "admin/stats/record.html", context)


def link_to_record(model_id: int, name: str) -> str:
    """Return the link of a list to a model's page, named for those who can't see the row it stands in."""
    page = reverse("admin:scoring_aimodel_record", args=[model_id])
    return format_html('<a href="{}">show<span class="ft-heard"> the record of {}</span></a>', page, name)


def shown(model: AIModel, wanted: str) -> Record:
    """Return the record that is asked for. Raises Http404 for a season that the model has no counted prediction in."""
    if wanted == "all":
        return record_of(model, everything=True)
    if wanted and not (wanted.isdecimal() and int(wanted) <= BigIntegerField.MAX_BIGINT):
        raise Http404("no such season")
    try:
        return record_of(model, season_id=int(wanted) if wanted else None)
    except NoSuchSeasonError as error:
        raise Http404("no counted prediction in such a season") from error


def charts(record: Record) -> list[Chart]:
    """Return the charts that have something to show."""
    found = [_seasons(record), _ranks(record), _points(record), _shares(record), _favourites(record)]
    return [each for each in found if each]


def _seasons(record: Record) -> Chart | None:
    lines = record.seasons[:SEASONS_DRAWN][::-1]
    if len(lines) < 2:
        return None
    averages = [round(float(line.totals.average), 2) for line in lines]
    return chart(
        "Average points by season",
        f"Average points a counted prediction in {len(lines)} seasons; the numbers stand in the table of seasons.",
        "bar",
        [f"{line.season.name} (n {line.totals.predictions})" for line in lines],
        {"average points": averages},
    )


def _ranks(record: Record) -> Chart | None:
    if len(record.days) < 2:
        return None
    first, last = record.days[0], record.days[-1]
    return chart(
        "Rank after each day",
        f"Rank from {first.day:%-d %B %Y} ({first.place}) to {last.day:%-d %B %Y} ({last.place}); the numbers stand in "
        f"the table of days.",
        "line",
        [f"{each.day:%-d %b %Y}" for each in record.days],
        {"rank": [each.place.rank for each in record.days]},
        first_on_top=True,
        least=1,
        most=max(each.place.of for each in record.days),
    )


def _points(record: Record) -> Chart | None:
    scores = record.counted_scores[::-1]
    points = [score.points or 0 for score in scores]
    if not points:
        return None
    so_far = [round(total / number, 2) for number, total in enumerate(accumulate(points), start=1)]
    left_out = record.settled > len(record.scores)
    return chart(
        f"Points by match, the last {len(points)}" if left_out else "Points by match",
        f"Points of {len(points)} counted predictions in the order of their kickoffs, and the average of those shown; "
        f"the numbers stand in the table of matches.",
        "bar",
        [f"{score.match.home} – {score.match.away}, {score.match.date:%-d %b}" for score in scores],
        {"points": points, "–average of those shown": so_far},
        named=False,
    )


def _shares(record: Record) -> Chart | None:
    if not record.habits.size:
        return None
    shares = record.habits.shares
    return chart(
        "What it predicts, and what happened, in %",
        f"Share of home wins, draws and away wins among {record.habits.size} counted predictions, and among the "
        f"results of their matches; the numbers stand in the table of tendencies.",
        "bar",
        ["home win", "draw", "away win"],
        {
            "predicted": [share.predicted_percent for share in shares],
            "happened": [share.happened_percent for share in shares],
        },
    )


def _favourites(record: Record) -> Chart | None:
    favourites = record.habits.favourites
    if not favourites:
        return None
    return chart(
        "Favourite scorelines",
        f"How often the {len(favourites)} scorelines predicted most were predicted, and how often exactly right; the "
        f"numbers stand in the table of scorelines.",
        "bar",
        [str(each) for each in favourites],
        {
            "predicted": [each.totals.predictions for each in favourites],
            "exactly right": [each.totals.exact_hits for each in favourites],
        },
    )
