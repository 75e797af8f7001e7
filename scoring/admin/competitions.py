"""Competitions, seasons, teams and their other names."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from scoring.admin.unfolded import CarefulAdmin, ModelAdmin, TypedModelForm, TypedTabularInline
from scoring.models import Competition, Season, Team, TeamAlias
from scoring.services import SCORING_FIELDS, change_competition


class CompetitionForm(TypedModelForm[Competition]):
    class Meta:
        model = Competition
        fields = ["name", "time_zone", *SCORING_FIELDS]

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        if name and name not in available_timezones():
            raise forms.ValidationError(f"“{name}” is not the name of a time zone. It looks like Europe/London.")
        return name


@admin.register(Competition)
class CompetitionAdmin(CarefulAdmin[Competition]):
    form = CompetitionForm
    list_display = ["name", "basis", "rule", "score_awarded", "time_zone"]
    list_filter = ["basis", "rule"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "time_zone"]}),
        (
            "Scoring",
            {
                "fields": list(SCORING_FIELDS),
                "description": "A change here is a new revision of every match that was scored: all are scored, "
                "counted and written again.",
            },
        ),
    ]
    used_by = ["seasons"]

    def save_model(self, request: HttpRequest, obj: Competition, form: Any, change: bool) -> None:
        """What scoring reads goes through its service; the rest is written here."""
        if not change:
            return super().save_model(request, obj, form, change)
        fields = {name: form.cleaned_data[name] for name in SCORING_FIELDS}
        outcome = change_competition(obj.pk, fields, by=request.user.get_username(), reason="changed in the admin")
        obj.save(update_fields=["name", "time_zone"])
        if outcome.matches:
            self.message_user(request, f"{outcome.matches} matches will be scored again.", messages.INFO)
        return None


@admin.register(Season)
class SeasonAdmin(CarefulAdmin[Season]):
    list_display = ["name", "competition", "label", "stats_version", "counted_at"]
    list_select_related = ["competition"]
    list_filter = [("competition", AutocompleteSelectFilter)]
    search_fields = ["name", "competition__name"]
    autocomplete_fields = ["competition"]
    fields = ["competition", "label", "name", "stats_version", "counted_at"]
    used_by = ["matches"]

    def get_readonly_fields(self, request: HttpRequest, obj: Season | None = None) -> list[str]:
        """Another competition may have another rule, which would change every score behind the scoring's back."""
        played = ["competition"] if obj and obj.matches.exists() else []
        return [*played, "stats_version", "counted_at"]


class TeamAliasInline(TypedTabularInline[TeamAlias, Team]):
    model = TeamAlias
    extra = 0
    verbose_name_plural = "other names, by which files know this team"


@admin.register(Team)
class TeamAdmin(CarefulAdmin[Team]):
    list_display = ["name"]
    search_fields = ["name", "aliases__name"]
    inlines = [TeamAliasInline]
    used_by = ["home_matches", "away_matches"]


@admin.register(TeamAlias)
class TeamAliasAdmin(ModelAdmin[TeamAlias]):
    list_display = ["name", "team"]
    list_select_related = ["team"]
    search_fields = ["name", "team__name"]
    autocomplete_fields = ["team"]
