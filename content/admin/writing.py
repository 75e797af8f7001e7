"""What writing took: the attempts of language models, what they cost, and what editors ordered."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from content.admin.costs import costs_page
from content.admin.shown import listed
from content.check import Problem
from content.factsheet import named
from content.marking import as_typed
from content.models import Attempt, Commission, RoundupRevision, Spending
from scoring.admin.filters import DaysFilter
from scoring.admin.unfolded import ReadOnlyAdmin, TypedDropdownFilter, labelled

OUTCOMES = {
    Attempt.Outcome.ASKED.value: "info",
    Attempt.Outcome.ACCEPTED.value: "success",
    Attempt.Outcome.PROBLEMS.value: "warning",
    Attempt.Outcome.FAILED.value: "danger",
}
"""Values of `Attempt.Outcome` → the colour of their label."""

SHORT = {Attempt.Outcome.PROBLEMS.value: "problems", Attempt.Outcome.FAILED.value: "no answer"}


LAST_ATTEMPTS = 2_000


class LanguageModelFilter(TypedDropdownFilter):
    title = "language model"
    parameter_name = "language_model"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        """Those of the last attempts: to look at all of them for their few names would take longer than the list."""
        names = set(Attempt.objects.values_list("language_model", flat=True)[:LAST_ATTEMPTS])
        return [(name, name) for name in sorted(names) if name]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(language_model=self.value()) if self.value() else queryset


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin[Attempt]):
    list_display = [
        "subject",
        "language_model",
        "asked_to",
        "outcome_in_words",
        "number_of_problems",
        "words",
        "cost_in_short",
        "seconds_taken",
        "asked_at",
    ]
    list_filter = [("outcome", ChoicesDropdownFilter), "is_repair", LanguageModelFilter, ("asked_at", DaysFilter)]
    search_fields = ["^subject", "^match__home__name", "^match__away__name"]
    search_help_text = "How a team, or what it is about, begins"
    date_hierarchy = "asked_at"
    ordering = ["-asked_at", "-id"]
    sortable_by = ["asked_at"]
    change_form_outer_before_template = "admin/content/attempt.html"
    readonly_fields = ["seconds_taken"]
    fields = [
        ("subject", "match"),
        ("writer", "language_model"),
        ("is_repair", "outcome"),
        "error",
        ("words", "cost"),
        ("input_tokens", "output_tokens"),
        ("tokens_estimated", "prompt_version"),
        ("asked_at", "seconds_taken"),
        "facts_hash",
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Attempt]":
        return super().get_queryset(request).select_related("match__home", "match__away").defer("prose", "headline")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.costs_view)
        return [path("costs/", page, name="content_attempt_costs"), *super().get_urls()]

    def costs_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return costs_page(self.admin_site, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        attempt = Attempt.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = attempt_shown(attempt) if attempt else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    @admin.display(description="asked to")
    def asked_to(self, attempt: Attempt) -> str:
        return "mend it" if attempt.is_repair else "write"

    @labelled(OUTCOMES, "outcome")
    def outcome_in_words(self, attempt: Attempt) -> tuple[str, str]:
        return attempt.outcome, SHORT.get(attempt.outcome) or attempt.get_outcome_display()

    @admin.display(description="problems")
    def number_of_problems(self, attempt: Attempt) -> int:
        return len(attempt.problems)

    @admin.display(description="cost")
    def cost_in_short(self, attempt: Attempt) -> str:
        return f"{attempt.cost:.4f}"

    @admin.display(description="seconds")
    def seconds_taken(self, attempt: Attempt) -> str:
        return "–" if attempt.seconds is None else f"{attempt.seconds:.1f}"


def attempt_shown(attempt: Attempt) -> dict[str, Any]:
    """Return what a language model answered, character by character, with the problems marked; and what came of it."""
    problems = [problem_from(told) for told in attempt.problems]
    problems.sort(key=lambda problem: (problem.where != "headline", problem.start))
    above = [problem for problem in problems if problem.where == "headline"]
    below = [problem for problem in problems if problem.where != "headline"]
    return {
        "attempt": attempt,
        "headline": as_typed(attempt.headline, above, name="text"),
        "prose": as_typed(attempt.prose, below, name="text", first=1 + len(above)),
        "problems": listed(problems),
        "saved": saved_instead(attempt),
    }


def problem_from(told: dict[str, Any]) -> Problem:
    """Return a problem as an attempt keeps it, in JSON."""
    return Problem(told["start"], told["end"], told["kind"], told["says"], told["facts_say"], told.get("where", "text"))


def saved_instead(attempt: Attempt) -> RoundupRevision | None:
    """Return the version that was saved of the same facts after an attempt: its own text, or what took its place."""
    versions = RoundupRevision.objects.filter(roundup__match=attempt.match_id, facts_hash=attempt.facts_hash)
    return versions.filter(written_at__gte=attempt.asked_at).select_related("roundup").order_by("number").first()


@admin.register(Commission)
class CommissionAdmin(ReadOnlyAdmin[Commission]):
    list_display = ["match", "writer", "told", "by", "ordered_at"]
    search_fields = ["^match__home__name", "^match__away__name"]
    list_filter = [("writer", ChoicesDropdownFilter)]
    ordering = ["-ordered_at"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Commission]":
        return super().get_queryset(request).select_related("match__home", "match__away")

    @admin.display(description="storyline")
    def told(self, commission: Commission) -> str:
        return named(commission.storyline) if commission.storyline else "the rarest"


@admin.register(Spending)
class SpendingAdmin(ReadOnlyAdmin[Spending]):
    list_display = ["day", "calls", "cost"]
    date_hierarchy = "day"
    ordering = ["-day"]
