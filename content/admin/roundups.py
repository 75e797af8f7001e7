"""Roundups: the list, and the page with the text beside its facts, what became of it, and what can be decided."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from content.admin.again import OrderingAgain
from content.admin.comparing import Comparing, VersionInline
from content.admin.deciding import Deciding, may_order
from content.admin.decisions import DECISIONS, possible
from content.admin.shown import articles_of, in_words, whole
from content.models import Attempt, Roundup, RoundupQuerySet, Standing, standing_of
from content.moving import moving_now
from content.timeline import timeline
from scoring.admin.filters import DaysFilter, SeasonOfMatchFilter, found_first
from scoring.admin.unfolded import TypedDropdownFilter, labelled

STANDINGS = {
    Standing.PUBLISHED.value: "success",
    Standing.REWRITTEN.value: "warning",
    Standing.OUT_OF_DATE.value: "danger",
    Standing.REVIEW.value: "info",
    Standing.HELD.value: "info",
    Standing.WITHDRAWN.value: "danger",
    Standing.VOID.value: "danger",
}
"""Words of `Standing` → the colour of their label."""

ATTEMPTS_SHOWN = 10


class StandingFilter(TypedDropdownFilter):
    title = "status"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(key, key) for key in STANDINGS]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        chosen = self.value()
        if chosen not in STANDINGS:
            return queryset
        if chosen == Standing.OUT_OF_DATE:
            return queryset.filter(
                pk__in=found_first(Roundup.objects.all().of_standing(Standing(chosen), moving_now()))
            )
        moves = moving_now() if chosen in (Standing.PUBLISHED, Standing.REWRITTEN) else None
        return cast(RoundupQuerySet, queryset).of_standing(Standing(chosen), moves)


@admin.register(Roundup)
class RoundupAdmin(OrderingAgain, Deciding, Comparing):
    list_display = ["headline", "match", "season", "standing", "writer", "written_at"]
    list_filter = [("match__season", SeasonOfMatchFilter), StandingFilter, ("written_at", DaysFilter)]
    search_fields = ["^match__home__name", "^match__away__name"]
    search_help_text = "How a team begins"
    date_hierarchy = "written_at"
    ordering = ["-written_at", "-id"]
    sortable_by = ["written_at"]
    change_form_outer_before_template = "admin/content/article.html"
    change_form_outer_after_template = "admin/content/history.html"
    inlines = [VersionInline]
    fields = [
        "match",
        "standing_in_words",
        ("note", "match_is_void"),
        ("decided_by", "decided_at"),
        ("edited_by", "edited_at"),
        "published_at",
        ("writer", "written_at"),
        ("revision", "stats_version"),
        "facts_hash",
    ]
    readonly_fields = ["standing_in_words"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Roundup]":
        return cast(RoundupQuerySet, super().get_queryset(request)).with_match().defer("text", "facts")

    def quick_queryset(self, queryset: "QuerySet[Roundup]") -> "QuerySet[Roundup]":
        return Roundup.objects.all()

    def view_on_site(self, roundup: Roundup) -> str:
        return reverse("roundup", args=[roundup.match_id])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        roundup = whole().filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = self._shown(request, roundup) if roundup else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def _shown(self, request: HttpRequest, roundup: Roundup) -> dict[str, Any]:
        attempts = Attempt.objects.filter(match=roundup.match_id).defer("prose", "headline")[:ATTEMPTS_SHOWN]
        left_versions = [decision.done for decision in DECISIONS.values() if decision.leaves_version]
        shown = {
            **articles_of(roundup),
            "of": roundup,
            "events": timeline(roundup, told_by_versions=left_versions),
            "attempts": attempts,
        }
        if may_order(request):
            shown |= {"may_order": True, "decisions": possible(roundup)}
        return shown

    @admin.display(description="season")
    def season(self, roundup: Roundup) -> str:
        return roundup.match.season.name

    @labelled(STANDINGS, "status")
    def standing(self, roundup: Roundup) -> tuple[str, str]:
        return standing_of(roundup).value, in_words(roundup)

    @admin.display(description="status")
    def standing_in_words(self, roundup: Roundup) -> str:
        return in_words(roundup)
