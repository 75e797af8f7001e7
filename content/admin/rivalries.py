"""Rivalries, which editors keep."""

from django.contrib import admin

from content.models import Rivalry
from scoring.admin.unfolded import ModelAdmin


@admin.register(Rivalry)
class RivalryAdmin(ModelAdmin[Rivalry]):
    list_display = ["name", "first", "second"]
    list_select_related = ["first", "second"]
    search_fields = ["name", "first__name", "second__name"]
    autocomplete_fields = ["first", "second"]
