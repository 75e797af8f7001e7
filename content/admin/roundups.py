"""Roundups, shown as readers see them, with all their versions; and what an editor can decide about them."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from content.admin.decisions import DECISIONS, Decision, SeenForm, possible
from content.agreement import changes_between, scores_of
from content.editing import EditingError
from content.models import Roundup, RoundupQuerySet, RoundupRevision, Standing, Written, is_current, standing_of
from content.ordering import order_again
from content.render import lines_above, to_html
from content.versions import last_number
from content.writers.words import score
from scoring.admin.unfolded import ReadOnlyAdmin, ReadOnlyInline, TypedDropdownFilter, labelled

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


class StandingFilter(TypedDropdownFilter):
    title = "status"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(key, key) for key in STANDINGS]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        chosen = self.value()
        return cast(RoundupQuerySet, queryset).of_standing(Standing(chosen)) if chosen in STANDINGS else queryset


class VersionInline(ReadOnlyInline):
    model = RoundupRevision
    fields = ["number", "headline", "reason", "writer", "by", "written_at", "revision", "stats_version"]
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

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.write_again_view)
        decide = self.admin_site.admin_view(self.decide_view)
        return [
            path("<int:pk>/again/", again, name="content_roundup_again"),
            path("<int:pk>/decide/<slug:what>/", decide, name="content_roundup_decide"),
            *super().get_urls(),
        ]

    def view_on_site(self, roundup: Roundup) -> str:
        return reverse("roundup", args=[roundup.match_id])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        roundup = whole().filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = articles_of(roundup) if roundup else {}
        if roundup and may_order(request):
            shown |= {"may_order": True, "decisions": possible(roundup)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def decide_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """Asks first, with the texts in question below; a POST decides."""
        if not may_order(request):
            raise PermissionDenied
        if what not in DECISIONS:
            raise Http404
        seen = last_number(get_object_or_404(Roundup, pk=pk))  # before the text: one that is newer is then refused
        roundup = get_object_or_404(whole(), pk=pk)
        decision = DECISIONS[what]
        beside = beside_edited(roundup) if what == "keep" else {}
        initial = {"seen_version": seen, "headline": roundup.headline, "text": roundup.text, "now": beside.get("now")}
        form = decision.form(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid() and self._decide(request, roundup, decision, form):
            return HttpResponseRedirect(reverse("admin:content_roundup_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            **articles_of(roundup),
            "title": f"{decision.label}: {roundup.match}",
            "opts": self.opts,
            "original": roundup,
            "decision": decision,
            "form": form,
            "is_possible": request.method == "POST" or decision.is_possible(roundup),
            **beside,
        }
        return TemplateResponse(request, "admin/content/decide.html", context)

    def _decide(self, request: HttpRequest, roundup: Roundup, decision: Decision, form: SeenForm) -> bool:
        """Returns whether it was done; what stood against it is said on the form, which keeps what was typed."""
        try:
            decided = decision.act(roundup.pk, form, request.user.get_username())
        except EditingError as error:
            form.add_error(None, f"Nothing was changed: {error}.")
            return False
        self.log_change(request, decided, decision.done)
        self.message_user(request, f"{decision.done}.", messages.SUCCESS)
        return True

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
        return standing_of(roundup).value, in_words(roundup)

    @admin.display(description="status")
    def standing_in_words(self, roundup: Roundup) -> str:
        return in_words(roundup)


def whole() -> RoundupQuerySet:
    """Return the roundups, each joined with all that its page shows of it."""
    return Roundup.objects.with_match().select_related("waiting")


def is_out_of_date(roundup: Roundup) -> bool:
    """Return what `Roundup.objects.out_of_date` finds, for one row."""
    return bool(roundup.edited_by) and standing_of(roundup) != Standing.VOID and not is_current(roundup)


def in_words(roundup: Roundup) -> str:
    """Return the standing; of one that is kept back anyway also that its edited text is out of date."""
    standing = standing_of(roundup)
    besides = is_out_of_date(roundup) and standing != Standing.OUT_OF_DATE
    return f"{standing.value}, edited and out of date" if besides else standing.value


def article_of(written: Written) -> dict[str, Any]:
    return {"headline": written.headline, "article": to_html(written.text), "corrected": lines_above(written)}


def articles_of(roundup: Roundup) -> dict[str, Any]:
    """Return the texts of a roundup for `article.html`: its own, and what waits beside it."""
    waiting = roundup.waiting and {"version": roundup.waiting, **article_of(roundup.waiting)}
    return {**article_of(roundup), "waiting": waiting, "out_of_date": is_out_of_date(roundup)}


def beside_edited(roundup: Roundup) -> dict[str, Any]:
    """Return what stands beside the form that keeps an edited text: the new version, what changed, the score now."""
    waiting = roundup.waiting
    if waiting is None:
        return {}
    counted = scores_of(waiting.facts).get("counted")
    return {
        "beside": {"version": waiting, **article_of(waiting)},
        "changes": changes_between(roundup.facts, waiting.facts),
        "now": counted and score(counted),
        "waiting": None,
        "out_of_date": False,
    }


def may_order(request: HttpRequest) -> bool:
    return request.user.has_perm("content.change_roundup")


@admin.register(RoundupRevision)
class RoundupRevisionAdmin(ReadOnlyAdmin[RoundupRevision]):
    list_display = ["headline", "number", "reason", "writer", "by", "written_at", "revision", "stats_version"]
    list_filter = [("roundup__match__season", AutocompleteSelectFilter)]
    search_fields = ["roundup__match__home__name", "roundup__match__away__name"]
    ordering = ["-id"]
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
        version = RoundupRevision.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = article_of(version) if version else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
