"""The log: who changed what through the admin, when, and why."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from scoring.admin.unfolded import ReadOnlyAdmin, TypedDropdownFilter, labelled
from scoring.models import Match

WORDS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}
LINK = '<span class="fulltime"><a href="{}">{}</a></span>'
COLOURS = {"added": "success", "changed": "info", "deleted": "danger"}


def may_see(request: HttpRequest, kind: ContentType) -> bool:
    return request.user.has_perm(f"{kind.app_label}.view_{kind.model}")


class WhoFilter(TypedDropdownFilter):
    title = "who"
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        wrote = Exists(LogEntry.objects.filter(user=OuterRef("pk")))
        people = User.objects.filter(wrote).order_by("username").values_list("pk", "username")
        return [(str(pk), name) for pk, name in people]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        chosen = self.value() or ""
        return queryset.filter(user=int(chosen)) if chosen.isdecimal() else queryset


class ActionFilter(TypedDropdownFilter):
    title = "action"
    parameter_name = "did"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(word, word) for word in WORDS.values()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        flags = {word: flag for flag, word in WORDS.items()}
        flag = flags.get(self.value() or "")
        return queryset.filter(action_flag=flag) if flag else queryset


class KindFilter(TypedDropdownFilter):
    title = "kind of object"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        logged = ContentType.objects.filter(Exists(LogEntry.objects.filter(content_type=OuterRef("pk"))))
        return sorted(((str(kind.pk), kind.name) for kind in logged if may_see(request, kind)), key=lambda row: row[1])

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        chosen = self.value() or ""
        return queryset.filter(content_type=int(chosen)) if chosen.isdecimal() else queryset


@admin.register(LogEntry)
class LogAdmin(ReadOnlyAdmin[LogEntry]):
    """Shows what concerns kinds of rows that somebody may see; all of it to superusers."""

    list_display = ["action_time", "who", "did", "kind", "linked", "said"]
    list_display_links = ["action_time"]
    list_filter = [WhoFilter, ActionFilter, KindFilter]
    list_select_related = ["user", "content_type"]
    search_fields = ["^object_repr"]
    search_help_text = "The beginning of the object's name."
    date_hierarchy = "action_time"
    ordering = ["-action_time", "-id"]
    sortable_by = ["action_time"]
    readonly_fields = ["who", "done", "kind", "linked", "said", "record"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[LogEntry]":
        """Who may not look at the log at all is told so by the page, not that there is no such entry."""
        entries = super().get_queryset(request)
        if getattr(request.user, "is_superuser", False) or not self.has_view_permission(request):
            return entries
        return entries.filter(content_type__in=[kind for kind in ContentType.objects.all() if may_see(request, kind)])

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[LogEntry]", search_term: str
    ) -> "tuple[QuerySet[LogEntry], bool]":
        """The words together are the beginning of a name; Django would look for names that begin with each of them."""
        beginning = search_term.strip()
        return (queryset.filter(object_repr__istartswith=beginning) if beginning else queryset), False

    def get_fields(self, request: HttpRequest, obj: LogEntry | None = None) -> Any:
        """A change of a match has a record of its own."""
        shown = ["action_time", "who", "done", "kind", "linked", "said"]
        return [*shown, "record"] if obj and is_of_a_match(obj) else shown

    @admin.display(description="who")
    def who(self, entry: LogEntry) -> str:
        return entry.user.get_username()

    @labelled(COLOURS, "action")
    def did(self, entry: LogEntry) -> tuple[str, str]:
        word = WORDS.get(entry.action_flag, "changed")
        return word, word

    @admin.display(description="action")
    def done(self, entry: LogEntry) -> str:
        return self.did(entry)[0]

    @admin.display(description="kind")
    def kind(self, entry: LogEntry) -> str:
        return entry.content_type.name if entry.content_type else "–"

    @admin.display(description="object")
    def linked(self, entry: LogEntry) -> str:
        page = page_of(entry)
        return format_html(LINK, page, entry.object_repr) if page else entry.object_repr

    @admin.display(description="what, why")
    def said(self, entry: LogEntry) -> str:
        return entry.get_change_message() or "–"

    @admin.display(description="record of the match")
    def record(self, entry: LogEntry) -> str:
        """What a change of a match was, from what to what, stands there."""
        page = reverse("admin:scoring_resultchange_changelist")
        return format_html(LINK, f"{page}?match__id__exact={entry.object_id}", "what changed in it")


def is_of_a_match(entry: LogEntry) -> bool:
    """Return whether it is of one match: the import of a file is of many, and names none."""
    kind = entry.content_type
    return bool(entry.object_id) and kind is not None and kind.model_class() is Match


def page_of(entry: LogEntry) -> str:
    """Return the page of what an entry is about; empty if it has none (any more)."""
    kind = entry.content_type
    if kind is None or entry.action_flag == DELETION:
        return ""
    try:
        return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[entry.object_id])
    except NoReverseMatch:
        return ""
