"""Merges of teams and models: a record, with the way back."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from scoring.admin.filters import DaysFilter
from scoring.admin.unfolded import ReadOnlyAdmin
from scoring.models import Merge
from scoring.services import undo_merge
from scoring.services.merges import Merged
from stats.admin.confirming import Moves
from stats.admin.facts import ReasonForm


@admin.register(Merge)
class MergeAdmin(Moves[Merge], ReadOnlyAdmin[Merge]):
    list_display = ["at", "kind", "old_name", "into_name", "by", "reason", "undone_at"]
    list_filter = [("kind", ChoicesDropdownFilter), ("at", DaysFilter)]
    date_hierarchy = "at"
    search_fields = ["old_name", "into_name", "by", "reason"]
    ordering = ["-id"]
    change_form_outer_before_template = "admin/stats/undoing.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", page, name="scoring_merge_undo"), *super().get_urls()]

    def logged_row(self, done: Merged) -> Merge:
        return done.merge

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes two records of what was made one."""
        self.require_may_change(request)
        merge, form, by = get_object_or_404(Merge, pk=pk), ReasonForm(request.POST or None), request.user.get_username()
        return self.move_page(
            request,
            f"Take {merge.old_name} out of {merge.into_name} again",
            form,
            lambda: undo_merge(pk, by=by, reason=form.cleaned_data["reason"]),
            reverse("admin:scoring_merge_change", args=[pk]),
        )
