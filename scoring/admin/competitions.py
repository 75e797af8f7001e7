"""Competitions, seasons, teams and their other names."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from scoring.admin.renaming import NamedAdmin, NamedForm
from scoring.admin.unfolded import CarefulAdmin, ModelAdmin, TypedModelForm, TypedTabularInline
from scoring.importers.values import tidy
from scoring.models import Competition, Season, Team, TeamAlias
from scoring.services import SCORING_FIELDS, change_competition


class CompetitionForm(NamedForm[Competition]):
    class Meta:
        model = Competition
        fields = ["name", "time_zone", *SCORING_FIELDS]

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        if name and name not in available_timezones():
            raise forms.ValidationError(f"“{name}” is not the name of a time zone. It looks like Europe/London.")
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        rescored = bool(self.instance.pk) and bool(set(SCORING_FIELDS) & set(self.changed_data))
        if rescored and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "This scores every match that was played again: say why.")
        return data


class CompetitionAdmin(CarefulAdmin[Competition]):
    """Registered by `stats.admin`, which shows what a change does to the tables."""

    form = CompetitionForm
    list_display = ["name", "basis", "rule", "score_awarded", "time_zone"]
    list_filter = [("basis", ChoicesDropdownFilter), ("rule", ChoicesDropdownFilter), "score_awarded"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "time_zone"]}),
        (
            "Scoring",
            {
                "fields": SCORING_FIELDS,
                "description": "A change here is a new revision of every match that was scored: all are scored, "
                "counted and written again.",
            },
        ),
        (None, {"fields": ["reason"]}),
    ]
    used_by = ["seasons"]

    def save_model(self, request: HttpRequest, obj: Competition, form: Any, change: bool) -> None:
        """What scoring and articles read goes through its service; the rest is written here."""
        if not change:
            return super().save_model(request, obj, form, change)
        fields = {name: form.cleaned_data[name] for name in (*SCORING_FIELDS, "name")}
        outcome = change_competition(obj.pk, fields, by=request.user.get_username(), reason=form.cleaned_data["reason"])
        obj.save(update_fields=["time_zone"])
        if outcome.matches:
            self.message_user(request, what_follows(outcome.matches), messages.INFO)
        return None


def what_follows(matches: int) -> str:
    """Return what happens to the matches that a change of their competition reaches."""
    if matches == 1:
        return "1 match has a new revision; if it counts, it is scored and written again."
    return f"{matches} matches have a new revision; those that count are scored and written again."


class SeasonForm(NamedForm[Season]):
    class Meta:
        model = Season
        fields = ["competition", "label", "name"]


@admin.register(Season)
class SeasonAdmin(NamedAdmin[Season]):
    form = SeasonForm
    list_display = ["name", "competition", "label", "stats_version", "counted_at"]
    list_select_related = ["competition"]
    list_filter = [("competition", AutocompleteSelectFilter)]
    search_fields = ["name", "^competition__name"]
    autocomplete_fields = ["competition"]
    fields = ["competition", "label", "name", "reason", "stats_version", "counted_at"]
    used_by = ["matches"]
    change_form_outer_before_template = "admin/scoring/rounds_link.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Season | None = None) -> list[str]:
        """Another competition may have another rule, which would change every score behind the scoring's back."""
        played = ["competition"] if obj and obj.matches.exists() else []
        return [*played, "stats_version", "counted_at"]


class TeamForm(NamedForm[Team]):
    class Meta:
        model = Team
        fields = ["name"]


class TeamAliasForm(TypedModelForm[TeamAlias]):
    class Meta:
        model = TeamAlias
        fields = ["name", "team"]

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if "name" in self.changed_data and Team.objects.filter(name=name).exists():
            raise forms.ValidationError(f"There is a team called “{name}”: merge the two instead, on its page.")
        return name


class TeamAliasInline(TypedTabularInline[TeamAlias, Team]):
    model = TeamAlias
    form = TeamAliasForm
    extra = 0
    verbose_name_plural = "other names, by which files know this team"


class TeamAdmin(NamedAdmin[Team]):
    """Registered by `stats.admin`, which can merge two."""

    form = TeamForm
    fields = ["name", "reason"]
    list_display = ["name"]
    search_fields = ["^name"]
    search_help_text = "How its name, or another name of it, begins"
    inlines = [TeamAliasInline]
    used_by = ["home_matches", "away_matches"]


@admin.register(TeamAlias)
class TeamAliasAdmin(ModelAdmin[TeamAlias]):
    form = TeamAliasForm
    list_display = ["name", "team"]
    list_select_related = ["team"]
    search_fields = ["^name", "^team__name"]
    list_filter = [("team", AutocompleteSelectFilter)]
    autocomplete_fields = ["team"]
