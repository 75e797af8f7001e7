"""What follows from matches and predictions, and the record of who changed what: to be looked at, never edited."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from scoring.admin.unfolded import ReadOnlyAdmin
from scoring.models import Goal, MatchProgress, ResultChange, Score, Settlement
from scoring.services.history import in_words

TEAMS = ["match__home", "match__away"]
TEAM_NAMES = ["match__home__name", "match__away__name"]


@admin.register(Goal)
class GoalAdmin(ReadOnlyAdmin[Goal]):
    list_display = ["match", "side", "scorer", "minute", "stoppage", "penalty", "own_goal"]
    list_select_related = TEAMS
    list_filter = [("match__season", AutocompleteSelectFilter), "penalty", "own_goal"]
    search_fields = ["scorer", *TEAM_NAMES]
    ordering = ["-id"]


@admin.register(ResultChange)
class ResultChangeAdmin(ReadOnlyAdmin[ResultChange]):
    list_display = ["at", "match", "revision", "by", "reason", "changed"]
    list_select_related = TEAMS
    list_filter = [("match__season", AutocompleteSelectFilter)]
    search_fields = ["by", "reason", *TEAM_NAMES]
    ordering = ["-id"]

    @admin.display(description="what changed")
    def changed(self, change: ResultChange) -> str:
        return in_words(change)


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin[Settlement]):
    list_display = ["match", "revision", "counted", "field", "quotas", "rule", "settled_at", "is_current"]
    list_select_related = TEAMS
    list_filter = [("match__season", AutocompleteSelectFilter), "rule", "basis"]
    search_fields = TEAM_NAMES
    ordering = ["-id"]

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
    list_filter = [("season", AutocompleteSelectFilter), ("model", AutocompleteSelectFilter), "timing", "exact_hit"]
    search_fields = ["model__name", *TEAM_NAMES]
    ordering = ["-id"]


@admin.register(MatchProgress)
class MatchProgressAdmin(ReadOnlyAdmin[MatchProgress]):
    list_display = ["match", "revision", "step", "queued_at", "next_try", "attempts", "error", "changed_at"]
    list_select_related = TEAMS
    list_filter = [("match__season", AutocompleteSelectFilter)]
    search_fields = ["step", "error", *TEAM_NAMES]
    ordering = ["-match_id"]
