"""django-q's own pages in the style of the rest: what they can do is theirs, how fast their lists are is ours."""

from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin, resubmit_task
from django_q.models import Failure, OrmQ, Schedule, Success
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from content.apps import CATCH_UP, CATCH_UP_NAME
from scoring.admin.asking import ask, is_confirmed
from scoring.admin.filters import DaysFilter
from scoring.admin.log import because, reason_in
from scoring.admin.unfolded import ModelAdmin, TypedDropdownFilter

AGAIN = "A worker does each of these tasks once more, with what it was given then. A failure leaves this list."
TASK = ("^group", "=name", "=id")
HOW_A_TASK_IS_FOUND = "How its group begins (score_match:17), or its name or id"

for model in (Schedule, Success, Failure, OrmQ):
    admin.site.unregister(model)


class StepFilter(TypedDropdownFilter):
    """The tasks of the pipelines; django-q's own filter by group would list one group for every match."""

    title = "task"
    parameter_name = "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        paths = [path for path, _ in [*settings.MATCH_PIPELINE, *settings.SEASON_PIPELINE]]
        return [(path, path.rpartition(".")[2].replace("_", " ")) for path in paths]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(func=self.value()) if self.value() else queryset


@admin.register(OrmQ)
class WaitingAdmin(QueueAdmin, ModelAdmin[Any]):  # type: ignore[misc]  # django-q has no types
    list_display = ("name", "group", "func", "key", "lock")
    not_exported = ("payload",)
    list_filter = ()
    ordering = ("id",)


@admin.register(Schedule)
class ScheduledAdmin(ScheduleAdmin, ModelAdmin[Any]):  # type: ignore[misc]  # django-q has no types
    list_display = ("name", "func", "schedule_type", "next_run", "get_last_run", "get_success")
    list_display_links = ("name",)
    list_filter = (StepFilter, ("next_run", DaysFilter), ("schedule_type", ChoicesDropdownFilter))
    search_fields = ("name", "func")
    ordering = ("next_run",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Without `catch_up` what is lost stays lost: it can be changed, or switched off by 0 repeats, not deleted."""
        keeps_watch = obj is not None and (obj.name, obj.func) == (CATCH_UP_NAME, CATCH_UP)
        return not keeps_watch and bool(super().has_delete_permission(request, obj))


class HandsInAgain(ModelAdmin[Any]):
    """Results of tasks, which are nothing to be written by people; whoever may change them may hand their tasks in."""

    actions = ["hand_in_again"]
    not_exported = ("args", "kwargs", "result")  # as Python keeps them

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_resubmit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    @admin.action(description="Put into the queue again", permissions=["resubmit"])
    def hand_in_again(self, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponse | None:
        """Asks first. A failure leaves the list when its task is in the queue again."""
        if not is_confirmed(request):
            return ask(self, request, button="Put into the queue again", says=AGAIN, rows=queryset)
        with transaction.atomic():
            rows, what = list(queryset), because("Put into the queue again", reason_in(request))
            LogEntry.objects.log_actions(cast(int, request.user.pk), rows, CHANGE, what)
            resubmit_task(self, request, rows)
        self.message_user(request, f"{len(rows)} in the queue again.", messages.SUCCESS)
        return None


@admin.register(Success)
class DoneAdmin(TaskAdmin, HandsInAgain):  # type: ignore[misc]  # django-q has no types
    actions = HandsInAgain.actions
    list_display = ("name", "group", "func", "started", "stopped", "time_taken")
    list_filter = (StepFilter, ("stopped", DaysFilter))
    search_fields = TASK
    search_help_text = HOW_A_TASK_IS_FOUND
    date_hierarchy = "stopped"
    sortable_by = ("stopped",)


@admin.register(Failure)
class FailedAdmin(FailAdmin, HandsInAgain):  # type: ignore[misc]  # django-q has no types
    actions = HandsInAgain.actions
    list_display = ("name", "group", "func", "started", "stopped", "attempt_count", "short_result")
    list_filter = (StepFilter, ("stopped", DaysFilter))
    search_fields = TASK
    search_help_text = HOW_A_TASK_IS_FOUND
    date_hierarchy = "stopped"
    sortable_by = ("stopped",)
