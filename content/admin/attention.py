"""Needs attention: matches that fail, wait too long, or can't be settled; why, and when they are tried again."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from content.admin.control_room import ServesControlRoom
from content.catching_up import try_these
from content.models import Attention
from content.models.attention import attention, failing, how_many_need_attention, overdue, unknown
from scoring.admin.asking import ask, is_confirmed
from scoring.admin.filters import SeasonOfMatchFilter
from scoring.admin.log import because, reason_in
from scoring.admin.unfolded import TypedDropdownFilter, labelled
from scoring.locks import retried
from scoring.models import Match

FAILS, WAITS, UNKNOWN, NONE = "fails", "waits too long", "score not known", "in order"
LONGEST_ID = 20
"""Digits; `int` itself refuses some thousands."""
TRYING = "A worker does the step that is next, without waiting for the pause to end. What is done by now is left alone."
COLOURS = {FAILS: "danger", WAITS: "warning", UNKNOWN: "info", NONE: "success"}


def _may_be_an_id(text: str) -> bool:
    """Return whether a database can look for it: SQLite and PostgreSQL fail for numbers of more than eight bytes."""
    return text.isdecimal() and len(text) < LONGEST_ID and int(text) <= BigIntegerField.MAX_BIGINT


def badge(request: HttpRequest) -> str:
    """What the sidebar shows beside the link."""
    return how_many_need_attention() if request.user.has_perm("content.view_attention") else ""


def kind_of(row: Attention) -> str:
    if row.error:
        return FAILS
    if row.match.status == Match.Status.FINISHED and row.match.why_not_settled(row.match.season.competition):
        return UNKNOWN
    return WAITS if row.step else NONE


@retried
@transaction.atomic
def try_and_log(request: HttpRequest, match_ids: Iterable[int]) -> int:
    """Enqueues what these matches wait for, and tells their log who wanted it; returns how many were enqueued."""
    matches = list(Match.objects.with_names().filter(pk__in=[match.pk for match in try_these(match_ids)]))
    what = because("Tried again at once", reason_in(request))
    LogEntry.objects.log_actions(cast(int, request.user.pk), matches, CHANGE, what)
    return len(matches)


class KindFilter(TypedDropdownFilter):
    title = "reason"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(kind, kind) for kind in (FAILS, WAITS, UNKNOWN)]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        kinds: dict[str | None, QuerySet[Any]] = {
            FAILS: failing(),
            WAITS: overdue(timezone.now()),
            UNKNOWN: unknown(),
        }
        chosen = kinds.get(self.value())
        return queryset if chosen is None else queryset.filter(pk__in=chosen.order_by().values("pk"))


@admin.register(Attention)
class AttentionAdmin(ServesControlRoom):
    list_display = ["name", "season", "kind", "reason", "attempts", "next_try"]
    list_filter = [KindFilter, ("match__season", SeasonOfMatchFilter)]
    list_select_related = ["match__home", "match__away", "match__season__competition"]
    search_fields = ["^match__home__name", "^match__away__name"]
    search_help_text = "How a team begins"
    ordering = ["next_try", "pk"]
    sortable_by = ["next_try"]
    actions = ["try_now"]
    fields = ["match", "reason", "step", "attempts", "queued_at", "next_try", "changed_at", "error"]
    readonly_fields = ["reason"]
    change_form_outer_before_template = "admin/content/try_now.html"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Attention]":
        return attention()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Attention | None:
        """The page of a match stays there when it no longer needs attention."""
        rows: QuerySet[Any] = Attention.objects.select_related(*self.list_select_related)
        return rows.filter(pk=int(object_id)).first() if _may_be_an_id(object_id) else None

    def get_urls(self) -> list[URLPattern]:
        now = self.admin_site.admin_view(self.try_now_view)
        return [path("<int:pk>/now/", now, name="content_attention_now"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        shown = {**(extra_context or {}), "may_try": self.has_try_permission(request)}
        return super().change_view(request, object_id, form_url, shown)

    def try_now_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first; a POST that confirms enqueues."""
        if not self.has_try_permission(request):
            raise PermissionDenied
        if not _may_be_an_id(str(pk)):
            raise Http404
        row = get_object_or_404(Attention.objects.select_related("match__home", "match__away"), pk=pk)
        back = reverse("admin:content_attention_change", args=[pk])
        if not is_confirmed(request):
            return ask(self, request, button="Try now", says=TRYING, rows=[row.match], back=back)
        self._try(request, [row.pk])
        return HttpResponseRedirect(back)

    def has_try_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("content.change_attention")

    @admin.action(description="Try now", permissions=["try"])
    def try_now(self, request: HttpRequest, queryset: "QuerySet[Attention]") -> HttpResponse | None:
        """Asks first, then enqueues all that were chosen."""
        if not is_confirmed(request):
            return ask(self, request, button="Try now", says=TRYING, rows=[row.match for row in queryset])
        self._try(request, list(queryset.values_list("pk", flat=True)))
        return None

    def _try(self, request: HttpRequest, match_ids: Sequence[int]) -> None:
        queued = try_and_log(request, match_ids)
        if queued:
            self.message_user(request, f"{queued} queued: a worker tries again now.", messages.SUCCESS)
        if left := len(match_ids) - queued:
            why = "in the queue already, or there is nothing left to do"
            self.message_user(request, f"{left} not queued: {why}.", messages.WARNING)

    @admin.display(description="match")
    def name(self, row: Attention) -> str:
        return str(row.match)

    @admin.display(description="season")
    def season(self, row: Attention) -> str:
        return row.match.season.name

    @labelled(COLOURS, "reason")
    def kind(self, row: Attention) -> tuple[str, str]:
        kind = kind_of(row)
        return kind, kind

    @admin.display(description="why")
    def reason(self, row: Attention) -> str:
        kind, step = kind_of(row), row.step.rpartition(".")[2]
        page = reverse("admin:scoring_match_change", args=[row.pk])
        reasons = {
            FAILS: f"{step} failed: {row.error.strip().partition(chr(10))[0]}",
            WAITS: f"{step} was begun {row.attempts} times and did not end: its worker was killed"
            if row.attempts
            else f"no worker has come to {step}: the queue is long, or no cluster runs",
            UNKNOWN: row.match.why_not_settled(row.match.season.competition),
            NONE: "nothing is wrong any more",
        }
        return format_html('<span>{} (<a href="{}">the match</a>)</span>', reasons[kind], page)
