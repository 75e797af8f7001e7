"""Reports on rounds and on models' seasons: as readers see them, with all versions, and what can be decided of them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from content import editing
from content.admin.report_decisions import DECISIONS, Decision, OrderForm, SeenForm, order_anew
from content.models import Report, ReportPin, ReportProgress, ReportVersion
from content.render import to_html
from content.reports import deciding
from content.reports.links import address_of
from scoring.admin.log import because, reason_in
from scoring.admin.unfolded import ReadOnlyAdmin, ReadOnlyInline
from scoring.locks import retried

ORDERING = (
    "Reports on rounds are written by themselves when the last match is settled; one on a model's season is written "
    "when it is ordered, and is kept up to date from then on."
)


class ReportVersionInline(ReadOnlyInline):
    model = ReportVersion
    fields = ["number", "headline", "reason", "writer", "written_at", "stats_version"]
    verbose_name_plural = "versions"
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).defer("text", "facts")


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin[Report]):
    list_display = ["headline", "about", "season", "status", "is_true", "writer", "written_at"]
    list_filter = [
        ("season", AutocompleteSelectFilter),
        ("kind", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
    ]
    list_select_related = ["season", "model"]
    search_fields = ["^round", "^model__name", "season__name"]
    date_hierarchy = "written_at"
    ordering = ["-written_at", "-id"]
    sortable_by = ["written_at"]
    change_form_outer_before_template = "admin/content/report.html"
    inlines = [ReportVersionInline]
    list_before_template = "admin/content/report_order.html"
    fields = [
        ("season", "round", "model"),
        ("status", "note"),
        ("decided_by", "decided_at"),
        "published_at",
        ("writer", "written_at"),
        ("stats_version", "until"),
        "facts_hash",
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Report]":
        true = Report.objects.current().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).defer("text", "facts").annotate(true_now=Exists(true))

    def quick_queryset(self, queryset: "QuerySet[Report]") -> "QuerySet[Report]":
        return Report.objects.all()

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide_view)
        order = self.admin_site.admin_view(self.order_view)
        return [
            path("order/", order, name="content_report_order"),
            path("<int:pk>/decide/<slug:what>/", decide, name="content_report_decide"),
            *super().get_urls(),
        ]

    def view_on_site(self, report: Report) -> str:
        return address_of(report)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        report = Report.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown: dict[str, Any] = {"headline": report.headline, "article": to_html(report.text)} if report else {}
        if report and _may_decide(request):
            shown["decisions"] = {name: each for name, each in DECISIONS.items() if each.is_possible(report)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def decide_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """Asks first, with the text below; a POST decides."""
        if not _may_decide(request):
            raise PermissionDenied
        if what not in DECISIONS:
            raise Http404
        seen = deciding.newest_version(get_object_or_404(Report, pk=pk))  # before the text: a newer one is refused
        report, decision = get_object_or_404(Report, pk=pk), DECISIONS[what]
        form = decision.form(request.POST or None, initial={"seen_version": seen})
        if request.method == "POST" and form.is_valid() and self._decide(request, report, decision, form):
            return HttpResponseRedirect(reverse("admin:content_report_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{decision.label}: {report.subject}, {report.season}",
            "opts": self.opts,
            "original": report,
            "decision": decision,
            "form": form,
            "back": reverse("admin:content_report_change", args=[pk]),
            "headline": report.headline,
            "article": to_html(report.text),
        }
        return TemplateResponse(request, "admin/content/report_decide.html", context)

    def _decide(self, request: HttpRequest, report: Report, decision: Decision, form: SeenForm) -> bool:
        """Returns whether it was done; what stood against it is said on the form."""

        @retried
        @transaction.atomic
        def decide() -> None:
            decision.act(report, form.cleaned_data, request.user.get_username())
            self.log_change(request, report, because(decision.told(form), reason_in(request)))

        try:
            decide()
        except editing.EditingError as error:
            form.add_error(None, f"Nothing was changed: {error}.")
            return False
        self.message_user(request, f"{decision.done}.", messages.SUCCESS)
        return True

    def order_view(self, request: HttpRequest) -> HttpResponse:
        """Asks which; a POST enqueues the task of a worker."""
        if not _may_decide(request):
            raise PermissionDenied
        form = OrderForm(request.POST or None)
        back = reverse("admin:content_report_changelist")
        if request.method == "POST" and form.is_valid():
            queued = self._order(request, form)
            said = "Ordered: a worker writes it." if queued else "It is in the queue already."
            self.message_user(request, said, messages.SUCCESS if queued else messages.WARNING)
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": "Order a report",
            "opts": self.opts,
            "decision": {"label": "Order", "explains": ORDERING},
            "form": form,
            "back": back,
        }
        return TemplateResponse(request, "admin/content/report_decide.html", context)

    def _order(self, request: HttpRequest, form: OrderForm) -> bool:
        """Enqueues, and tells the log of the season: a report that is ordered for the first time is not there yet."""

        @retried
        @transaction.atomic
        def order() -> bool:
            queued = order_anew(form.subject())
            if queued:
                what = because(f"Ordered a report on {form.about()}", reason_in(request))
                self.log_change(request, form.cleaned_data["season"], what)
            return queued

        return order()

    @admin.display(description="about")
    def about(self, report: Report) -> str:
        return report.subject

    @admin.display(description="true now", boolean=True)
    def is_true(self, report: Report) -> bool:
        return bool(getattr(report, "true_now", False))


def badge(request: HttpRequest) -> str:
    """What the sidebar shows beside the link: how many reports fail; the queue's tab for them says why."""
    failing = ReportProgress.objects.failing().count() if request.user.has_perm("content.view_reportprogress") else 0
    return str(failing) if failing else ""


def _may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("content.change_report")


@admin.register(ReportVersion)
class ReportVersionAdmin(ReadOnlyAdmin[ReportVersion]):
    list_display = ["headline", "number", "reason", "writer", "written_at", "stats_version"]
    list_filter = [("report__season", AutocompleteSelectFilter)]
    search_fields = ["^report__round", "^report__model__name"]
    ordering = ["-id"]
    sortable_by = ()
    change_form_outer_before_template = "admin/content/report.html"
    fields = ["report", "number", "reason", ("writer", "written_at"), "stats_version", "facts_hash"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[ReportVersion]":
        return super().get_queryset(request).defer("facts")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        version = ReportVersion.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = {"headline": version.headline, "article": to_html(version.text)} if version else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})


@admin.register(ReportPin)
class ReportPinAdmin(ReadOnlyAdmin[ReportPin]):
    list_display = ["report", "match", "revision", "stats_version"]
    list_select_related = ["report", "match__home", "match__away"]
    list_filter = [("season", AutocompleteSelectFilter), ("match", AutocompleteSelectFilter)]
    search_fields = ["^match__home__name", "^match__away__name"]
    search_help_text = "How a team begins"
    ordering = ["-id"]
    sortable_by = ()


@admin.register(ReportProgress)
class ReportProgressAdmin(ReadOnlyAdmin[ReportProgress]):
    list_display = ["name", "season", "queued_at", "attempts", "next_try", "error"]
    list_filter = [("season", AutocompleteSelectFilter)]
    list_select_related = ["season"]
    search_fields = ["^name"]
    ordering = ["-changed_at", "name"]
