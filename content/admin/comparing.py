"""Versions of a roundup: the list on its page, a page for each, what differs between two, and the preview."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from content.admin.shown import article_of, preview, version_shown, whole
from content.agreement import changes_between
from content.diffing import difference
from content.models import Roundup, RoundupRevision
from scoring.admin.unfolded import ReadOnlyAdmin, ReadOnlyInline

NOTHING_RUNS = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"


class VersionInline(ReadOnlyInline):
    model = RoundupRevision
    fields = ["number", "headline", "reason", "writer", "by", "written_at", "changes"]
    readonly_fields = ["changes"]
    verbose_name_plural = "versions"
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).defer("text", "facts")

    @admin.display(description="what it changed")
    def changes(self, version: RoundupRevision) -> str:
        if version.number == 1:
            return "–"
        page = reverse("admin:content_roundup_diff", args=[version.roundup_id])
        return format_html(
            '<a href="{0}?before={1}&amp;after={2}">against version {1}</a>', page, version.number - 1, version.number
        )


class Comparing(ReadOnlyAdmin[Roundup]):
    """Any two versions of a roundup beside each other, and any of them as readers would see it."""

    def get_urls(self) -> list[URLPattern]:
        diff, shown = (self.admin_site.admin_view(view) for view in (self.diff_view, self.preview_view))
        return [
            path("<int:pk>/diff/", diff, name="content_roundup_diff"),
            path("<int:pk>/preview/", shown, name="content_roundup_preview"),
            *super().get_urls(),
        ]

    def diff_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What differs between the versions `before` and `after`; without them, between the text and the newest."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        roundup = get_object_or_404(whole(), pk=pk)
        versions = list(roundup.versions.defer("text", "facts"))
        numbers = [version.number for version in versions]
        if not numbers:
            raise Http404("no version of it was kept")
        before, after = (_number(request.GET.get(name, ""), numbers) for name in ("before", "after"))
        after = after or numbers[0]
        before = before or _usual(roundup, numbers, after)
        first, second = (roundup.versions.get(number=number) for number in (before, after))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Version {before} and version {after}: {roundup.match}",
            "opts": self.opts,
            "original": roundup,
            "versions": versions,
            "before": first,
            "after": second,
            "headline": difference(first.headline, second.headline),
            "text": difference(first.text, second.text),
            "changes": changes_between(first.facts, second.facts),
        }
        return TemplateResponse(request, "admin/content/diff.html", context)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole page that readers would see of the text, or of the version `version`; nothing on it runs."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        roundup = get_object_or_404(whole(), pk=pk)
        wanted = request.GET.get("version", "")
        shown: Roundup | RoundupRevision = roundup
        if wanted:
            number = _number(wanted, roundup.versions.values_list("number", flat=True))
            shown = get_object_or_404(roundup.versions, number=number)
        return HttpResponse(preview(roundup, shown), headers={"Content-Security-Policy": NOTHING_RUNS})


def _number(wanted: str, numbers: Any) -> int | None:
    """Return the number of a version; None if none is asked for. Raises Http404 if there is none of it."""
    if not wanted:
        return None
    found = next((number for number in numbers if str(number) == wanted), None)
    if found is None:
        raise Http404("no such version")
    return int(found)


def _usual(roundup: Roundup, numbers: list[int], after: int) -> int:
    """Return what a version is compared with unless somebody says: the present text, or the version before it."""
    present = version_shown(roundup)
    if present is not None and present.number != after:
        return present.number
    return next((number for number in numbers if number < after), after)


@admin.register(RoundupRevision)
class RoundupRevisionAdmin(ReadOnlyAdmin[RoundupRevision]):
    list_display = ["headline", "number", "reason", "writer", "by", "written_at", "revision", "stats_version"]
    list_filter = [("roundup__match__season", AutocompleteSelectFilter)]
    search_fields = ["^roundup__match__home__name", "^roundup__match__away__name"]
    search_help_text = "How a team begins"
    ordering = ["-id"]
    sortable_by = ()
    change_form_outer_before_template = "admin/content/article.html"
    fields = [
        "roundup",
        "number",
        "reason",
        ("writer", "by", "written_at"),
        ("revision", "stats_version"),
        "facts_hash",
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[RoundupRevision]":
        return super().get_queryset(request).defer("facts")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        versions = RoundupRevision.objects.select_related("roundup")
        version = versions.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = {**article_of(version), "of": version.roundup, "number": version.number} if version else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
