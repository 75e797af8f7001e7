"""Who writes the roundups of a competition, and whether an editor sees them before its readers do."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from content.models import EditorialPolicy
from scoring.admin.unfolded import ModelAdmin


@admin.register(EditorialPolicy)
class EditorialPolicyAdmin(ModelAdmin[EditorialPolicy]):
    """A plain choice that holds for roundups written from now on; those that are there stay as they are."""

    list_display = ["competition", "review_first", "writer"]
    list_select_related = ["competition"]
    list_filter = ["review_first", ("writer", ChoicesDropdownFilter)]
    search_fields = ["^competition__name"]
    autocomplete_fields = ["competition"]

    def get_readonly_fields(self, request: HttpRequest, obj: EditorialPolicy | None = None) -> list[str]:
        """The competition is the key of the row."""
        return ["competition"] if obj else []
