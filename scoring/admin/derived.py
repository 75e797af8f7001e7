"""What follows from matches and predictions, and the record of who changed what: to be looked at, never edited."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from scoring import pipeline
from scoring.admin.filters import DaysFilter, RareFilter, SeasonOfMatchFilter
from scoring.admin.unfolded import ReadOnlyAdmin, TypedDropdownFilter
from scoring.models import Goal, MatchProgress, ResultChange, Score, Settlement
from scoring.services.history import in_words

TEAMS = ["match__home", "match__away"]
TEAM_NAMES = ["^match__home__name", "^match__away__name"]
SEASON = ("match__season", SeasonOfMatchFilter)
MATCH = ("match", AutocompleteSelectFilter)


@admin.register(Goal)
class GoalAdmin(ReadOnlyAdmin[Goal]):
    list_display = ["match", "side", "scorer", "minute", "stoppage", "penalty", "own_goal"]
    list_select_related = TEAMS
    list_filter = [SEASON, MATCH, ("side", ChoicesDropdownFilter), "penalty", "own_goal"]
    search_fields = ["^scorer", *TEAM_NAMES]
    search_help_text = "How a scorer or a team begins"
    ordering = ["-id"]
    sortable_by = ()


@admin.register(ResultChange)
class ResultChangeAdmin(ReadOnlyAdmin[ResultChange]):
    list_display = ["at", "match", "revision", "by", "reason", "changed"]
    list_select_related = TEAMS
    list_filter = [SEASON, MATCH, ("at", DaysFilter)]
    search_fields = ["^by", *TEAM_NAMES]
    search_help_text = "How a team, or who did it, begins"
    date_hierarchy = "at"
    ordering = ["-at", "-id"]
    sortable_by = ["at"]

    @admin.display(description="what changed")
    def changed(self, change: ResultChange) -> str:
        return in_words(change)


class StandingFilter(TypedDropdownFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("current", "current"), ("superseded", "superseded")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Settlement]") -> "QuerySet[Settlement]":
        chosen = self.value()
        return queryset.filter(superseded_at__isnull=chosen == "current") if chosen else queryset


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin[Settlement]):
    list_display = ["match", "revision", "counted", "field", "quotas", "rule", "settled_at", "is_current"]
    list_select_related = TEAMS
    list_filter = [SEASON, MATCH, StandingFilter, ("basis", ChoicesDropdownFilter), ("settled_at", DaysFilter)]
    search_fields = TEAM_NAMES
    search_help_text = "How a team begins"
    date_hierarchy = "settled_at"
    ordering = ["-settled_at", "-id"]
    sortable_by = ["settled_at"]

    @admin.display(description="goals that count")
    def counted(self, settlement: Settlement) -> str:
        return f"{settlement.home_goals}–{settlement.away_goals}"

    @admin.display(description="home, draw, away")
    def field(self, settlement: Settlement) -> str:
        split = settlement.split
        return f"{split.home}, {split.draw}, {split.away} of {split.size}"

    @admin.display(description="worth")
    def quotas(self, settlement: Settlement) -> str:
        if settlement.quota_home is None:
            return "–"
        return f"{settlement.quota_home}, {settlement.quota_draw}, {settlement.quota_away}"

    @admin.display(description="current", boolean=True)
    def is_current(self, settlement: Settlement) -> bool:
        return settlement.superseded_at is None


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin[Score]):
    list_display = ["match", "model", "prediction", "timing", "tendency_hit", "difference_hit", "exact_hit", "points"]
    list_select_related = [*TEAMS, "model", "prediction__model"]
    list_filter = [
        ("season", AutocompleteSelectFilter),
        ("model", AutocompleteSelectFilter),
        MATCH,
        ("timing", RareFilter),
        "exact_hit",
    ]
    search_fields = ["^model__name", *TEAM_NAMES]
    search_help_text = "How a model or a team begins"
    ordering = ["-id"]
    sortable_by = ()
    has_millions = True


class StepFilter(TypedDropdownFilter):
    """What is next: each step of the pipeline, or nothing; and those that fail, whatever it is."""

    title = "next step"
    parameter_name = "next"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        steps = [(step.path, step.path.rpartition(".")[2].replace("_", " ")) for step in pipeline.match_steps()]
        return [*steps, ("any", "any: not done"), ("failing", "any: failing")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[MatchProgress]") -> "QuerySet[MatchProgress]":
        chosen, rows = self.value(), queryset.exclude(step="")
        if chosen == "failing":
            return queryset.exclude(error="")
        return queryset if not chosen else rows if chosen == "any" else rows.filter(step=chosen)


@admin.register(MatchProgress)
class MatchProgressAdmin(ReadOnlyAdmin[MatchProgress]):
    list_display = ["match", "revision", "step", "queued_at", "next_try", "attempts", "error", "changed_at"]
    list_select_related = TEAMS
    list_filter = [SEASON, StepFilter]
    search_fields = TEAM_NAMES
    search_help_text = "How a team begins"
    ordering = ["-match_id"]
    sortable_by = ()
