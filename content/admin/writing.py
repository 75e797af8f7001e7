"""What writing took, and which fixtures are rivalries."""

from typing import Any

from django.contrib import admin

from content.models import Attempt, Commission
from scoring.admin.unfolded import ReadOnlyAdmin


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin[Attempt]):
    list_display = ["subject", "language_model", "outcome", "is_repair", "words", "cost", "asked_at"]
    list_filter = ["outcome", "language_model"]
    search_fields = ["match__home__name", "match__away__name"]
    date_hierarchy = "asked_at"
    ordering = ["-asked_at", "-id"]


@admin.register(Commission)
class CommissionAdmin(ReadOnlyAdmin[Commission]):
    list_display = ["match", "writer", "storyline", "by", "ordered_at"]
    search_fields = ["match__home__name", "match__away__name"]
    ordering = ["-ordered_at"]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("match__home", "match__away")
