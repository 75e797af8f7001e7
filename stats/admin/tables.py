"""The table, and what it is made of: to be looked at, never edited."""

from typing import Any, cast, get_args

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from scoring.admin.unfolded import ReadOnlyAdmin
from scoring.models import Season
from stats.admin.record_page import link_to_record
from stats.aggregates import Metric
from stats.leaderboard import Table, season_table, total_table
from stats.models import MatchStats, ModelStats


@admin.register(ModelStats)
class ModelStatsAdmin(ReadOnlyAdmin[ModelStats]):
    list_display = [
        "season",
        "model",
        "predictions",
        "points",
        "tendency_hits",
        "goal_difference_hits",
        "exact_hits",
        "current_streak",
        "best_streak",
        "record",
    ]
    list_select_related = ["season", "model"]
    list_filter = [("season", AutocompleteSelectFilter), ("model", AutocompleteSelectFilter)]
    search_fields = ["^model__name", "season__name"]
    ordering = ["-season_id", "-points"]

    @admin.display(description="record")
    def record(self, row: ModelStats) -> str:
        return link_to_record(row.model_id, row.model.name)

    def get_urls(self) -> list[URLPattern]:
        table = self.admin_site.admin_view(self.table_view)
        return [path("table/", table, name="table"), *super().get_urls()]

    def table_view(self, request: HttpRequest) -> HttpResponse:
        """The ranked table of a season (`season`, an id; the last one counted unless given), or over all of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        seasons = Season.objects.filter(counted_at__isnull=False).order_by("-counted_at")
        metric = request.GET.get("metric", "average")
        if metric not in get_args(Metric):
            metric = "average"
        chosen, table = chosen_table(seasons, request.GET.get("season", ""), cast(Metric, metric))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Table",
            "table": table,
            "seasons": seasons,
            "chosen": chosen,
            "metric": metric,
            "metrics": METRIC_NAMES,
        }
        return TemplateResponse(request, "admin/stats/table.html", context)


METRIC_NAMES: dict[Metric, str] = {
    "average": "average points",
    "points": "total points",
    "exact": "exact scores",
    "difference": "goal differences",
    "tendency": "tendencies",
}


def chosen_table(seasons: "QuerySet[Season]", wanted: str, metric: Metric) -> tuple[Season | None, Table | None]:
    """Return the season asked for and its table; no season for "all", neither if nothing was counted yet.

    Raises Http404 for a season that isn't one of these.
    """
    if wanted == "all":
        return None, total_table(metric)
    if wanted and not wanted.isdecimal():
        raise Http404("no such season")
    season = seasons.filter(pk=wanted).first() if wanted else seasons.first()
    if season is None and wanted:
        raise Http404("no such season")
    return season, season_table(season.pk, metric) if season else None


@admin.register(MatchStats)
class MatchStatsAdmin(ReadOnlyAdmin[MatchStats]):
    list_display = ["match", "season", "revision", "version", "counted_at"]
    list_select_related = ["match__home", "match__away", "season"]
    list_filter = [("season", AutocompleteSelectFilter), ("match", AutocompleteSelectFilter)]
    search_fields = ["^match__home__name", "^match__away__name"]
    search_help_text = "How a team begins"
    ordering = ["-match_id"]
    sortable_by = ()
