"""Roundups, shown as readers see them, with all their versions; and the order to write one again."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from content.models import Roundup, RoundupQuerySet, RoundupRevision
from content.ordering import order_again
from content.render import to_html
from scoring.admin.unfolded import ReadOnlyAdmin, ReadOnlyInline, TypedDropdownFilter, labelled

STANDINGS = {"published": "success", "being rewritten": "warning", "withdrawn": "danger"}


class StandingFilter(TypedDropdownFilter):
    title = "status"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(key, key) for key in STANDINGS]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        if self.value() == "published":
            return cast(RoundupQuerySet, queryset).public()
        if self.value() == "being rewritten":
            return cast(RoundupQuerySet, queryset).being_rewritten()
        return queryset.filter(status=Roundup.Status.WITHDRAWN) if self.value() == "withdrawn" else queryset


class VersionInline(ReadOnlyInline):
    model = RoundupRevision
    fields = ["number", "headline", "reason", "writer", "written_at", "revision", "stats_version"]
    verbose_name_plural = "versions"
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).defer("text", "facts")


@admin.register(Roundup)
class RoundupAdmin(ReadOnlyAdmin[Roundup]):
    list_display = ["headline", "match", "season", "standing", "writer", "written_at"]
    list_filter = [("match__season", AutocompleteSelectFilter), StandingFilter]
    search_fields = ["match__home__name", "match__away__name"]
    date_hierarchy = "written_at"
    ordering = ["-written_at", "-id"]
    sortable_by = ["written_at"]
    actions = ["write_again"]
    change_form_outer_before_template = "admin/content/article.html"
    inlines = [VersionInline]
    fields = [
        "match",
        "standing_in_words",
        "note",
        "published_at",
        ("writer", "written_at"),
        ("revision", "stats_version"),
        "facts_hash",
    ]
    readonly_fields = ["standing_in_words"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Roundup]":
        joined = ("match__home", "match__away", "match__season", "match__stats")
        return super().get_queryset(request).select_related(*joined).defer("text", "facts")

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.write_again_view)
        return [path("<int:pk>/again/", again, name="content_roundup_again"), *super().get_urls()]

    def view_on_site(self, roundup: Roundup) -> str:
        return reverse("roundup", args=[roundup.match_id])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        roundup = Roundup.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = {
            "article": to_html(roundup.text) if roundup else "",
            "headline": roundup.headline if roundup else "",
            "may_order": may_order(request),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def write_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_order(request):
            raise PermissionDenied
        roundup = get_object_or_404(Roundup, pk=pk)
        self._order(request, [roundup])
        return HttpResponseRedirect(reverse("admin:content_roundup_change", args=[pk]))

    def has_order_permission(self, request: HttpRequest) -> bool:
        return may_order(request)

    @admin.action(description="Write again", permissions=["order"])
    def write_again(self, request: HttpRequest, queryset: "QuerySet[Roundup]") -> None:
        self._order(request, list(queryset))

    def _order(self, request: HttpRequest, roundups: Sequence[Roundup]) -> None:
        """Enqueues; the work itself is done by a worker."""
        ordered = order_again([roundup.match_id for roundup in roundups])
        if ordered:
            self.message_user(request, f"{ordered} queued: a worker writes a new version.", messages.SUCCESS)
        if left := len(roundups) - ordered:
            self.message_user(
                request,
                f"{left} not queued: scores or stats are on their way, the roundup follows them.",
                messages.WARNING,
            )

    @admin.display(description="season")
    def season(self, roundup: Roundup) -> str:
        return roundup.match.season.name

    @labelled(STANDINGS, "status")
    def standing(self, roundup: Roundup) -> tuple[str, str]:
        key = standing_of(roundup)
        return key, key

    @admin.display(description="status")
    def standing_in_words(self, roundup: Roundup) -> str:
        return standing_of(roundup)


def standing_of(roundup: Roundup) -> str:
    """Return the key of `STANDINGS` for a roundup; the same condition as `Roundup.objects.public`, on one row.

    A column that the query computed would be computed for every row of the table when the rows are counted.
    """
    if roundup.status == Roundup.Status.WITHDRAWN:
        return "withdrawn"
    stats = getattr(roundup.match, "stats", None)
    pinned = (roundup.match.revision, stats.revision, stats.version) if stats else None
    return "published" if pinned == (roundup.revision, roundup.revision, roundup.stats_version) else "being rewritten"


def may_order(request: HttpRequest) -> bool:
    return request.user.has_perm("content.change_roundup")


@admin.register(RoundupRevision)
class RoundupRevisionAdmin(ReadOnlyAdmin[RoundupRevision]):
    list_display = ["headline", "number", "reason", "writer", "written_at", "revision", "stats_version"]
    list_filter = [("roundup__match__season", AutocompleteSelectFilter)]
    search_fields = ["roundup__match__home__name", "roundup__match__away__name"]
    ordering = ["-id"]
    change_form_outer_before_template = "admin/content/article.html"
    fields = ["roundup", "number", "reason", ("writer", "written_at"), ("revision", "stats_version"), "facts_hash"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[RoundupRevision]":
        return super().get_queryset(request).defer("facts")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        version = RoundupRevision.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = {
            "article": to_html(version.text) if version else "",
            "headline": version.headline if version else "",
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
