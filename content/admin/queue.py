"""django-q's own pages in the style of the rest: what they can do is theirs, how fast their lists are is ours."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin
from django_q.models import Failure, OrmQ, Schedule, Success
from unfold.contrib.filters.admin import RangeDateTimeFilter

from content.apps import CATCH_UP, CATCH_UP_NAME
from scoring.admin.unfolded import ModelAdmin, TypedDropdownFilter

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
    list_filter = ()
    ordering = ("id",)


@admin.register(Schedule)
class ScheduledAdmin(ScheduleAdmin, ModelAdmin[Any]):  # type: ignore[misc]  # django-q has no types
    list_display = ("name", "func", "schedule_type", "next_run", "get_last_run", "get_success")
    list_display_links = ("name",)
    list_filter = (StepFilter, ("next_run", RangeDateTimeFilter), "schedule_type")
    ordering = ("next_run",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Without `catch_up` what is lost stays lost: it can be changed, or switched off by 0 repeats, not deleted."""
        keeps_watch = obj is not None and (obj.name, obj.func) == (CATCH_UP_NAME, CATCH_UP)
        return not keeps_watch and bool(super().has_delete_permission(request, obj))


@admin.register(Success)
class DoneAdmin(TaskAdmin, ModelAdmin[Any]):  # type: ignore[misc]  # django-q has no types
    list_display = ("name", "group", "func", "started", "stopped", "time_taken")
    list_filter = (StepFilter, ("stopped", RangeDateTimeFilter))


@admin.register(Failure)
class FailedAdmin(FailAdmin, ModelAdmin[Any]):  # type: ignore[misc]  # django-q has no types
    list_display = ("name", "group", "func", "started", "stopped", "attempt_count", "short_result")
    list_filter = (StepFilter, ("stopped", RangeDateTimeFilter))
