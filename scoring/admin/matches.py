"""Matches, with result entry; registered by `content.admin`, which adds what this app doesn't know of."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from scoring import pipeline
from scoring.admin.exporting import CSVFile, OpenfootballJSON
from scoring.admin.filters import DaysFilter, found_first
from scoring.admin.import_forms import ImportsMatches
from scoring.admin.match_form import MatchForm
from scoring.admin.unfolded import CarefulAdmin, TypedDropdownFilter, labelled
from scoring.models import Match
from scoring.services import GoalFact, Recorded, change_match, create_match

WORK_COLOURS = {"failing": "danger", "behind": "warning", "waiting": "info", "done": "success"}
RESULT = [
    "status",
    ("half_time_home", "half_time_away"),
    ("full_time_home", "full_time_away"),
    ("extra_time_home", "extra_time_away"),
    ("shootout_home", "shootout_away"),
]
DETAILS = [
    "season",
    ("home", "away"),
    "round",
    ("stage", "group"),
    ("date", "num"),
    "kickoff",
    "time_known",
    "venue",
]


class WorkFilter(TypedDropdownFilter):
    """How far the pipeline has come."""

    title = "work"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(key, key) for key in WORK_COLOURS]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Match]") -> "QuerySet[Match]":
        if self.value() == "behind":
            return queryset.filter(pk__in=found_first(Match.objects.not_started()))
        chosen = {
            "failing": ~Q(progress__error=""),
            "waiting": ~Q(progress__step=""),
            "done": Q(progress__step="", progress__revision=F("revision")),
        }.get(self.value() or "")
        if chosen is None:
            return queryset
        return queryset.filter(chosen, progress__isnull=False)


class MatchAdmin(ImportsMatches, CarefulAdmin[Match]):
    """Everything that is entered here goes through `change_match` or `create_match`."""

    form = MatchForm
    log_values = False
    list_display = ["match", "kickoff", "season", "round", "result", "status_label", "work"]
    list_filter = [
        ("season", AutocompleteSelectFilter),
        ("season__competition", AutocompleteSelectFilter),
        ("status", ChoicesDropdownFilter),
        WorkFilter,
        ("result_source", ChoicesDropdownFilter),
        ("kickoff", DaysFilter),
    ]
    search_fields = ["^home__name", "^away__name"]
    search_help_text = "A team, or two: Mexico – Wales"
    export_kinds = (CSVFile, OpenfootballJSON)
    autocomplete_fields = ["season", "home", "away"]
    date_hierarchy = "kickoff"
    ordering = ["-kickoff", "-id"]
    sortable_by = ["kickoff"]
    readonly_fields = ["scorers"]

    def get_fieldsets(self, request: HttpRequest, obj: Match | None = None) -> Any:
        if obj is None:
            return [("Match", {"fields": DETAILS}), ("Result", {"fields": RESULT})]
        scorers = ["scorers", "forget_scorers"] if obj.goals.exists() else []
        return [
            ("Result", {"fields": [*RESULT, *scorers, "reason", "seen_revision"]}),
            ("Match", {"fields": DETAILS}),
        ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Match]":
        return super().get_queryset(request).select_related("home", "away", "season", "progress")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Match | None:
        """A change locks the match before its form is checked, so that both look at the same revision."""
        match = super().get_object(request, object_id, from_field)
        if match and request.method == "POST":
            Match.objects.select_for_update(no_key=True).get(pk=match.pk)
            match.refresh_from_db()
        return match

    def has_delete_permission(self, request: HttpRequest, obj: Match | None = None) -> bool:
        """A match with a result, predictions, or any work done for it is cancelled, not deleted."""
        if obj is None or obj.is_over or hasattr(obj, "progress") or obj.predictions.exists():
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Match, form: Any, change: bool) -> None:
        who = request.user.get_username()
        facts, reason = form.facts(), form.cleaned_data.get("reason", "")
        if change:
            goals: list[GoalFact] | None = [] if form.cleaned_data.get("forget_scorers") else None
            recorded = change_match(obj.pk, facts, goals=goals, by=who, reason=reason)
        else:
            recorded = create_match(obj.season, facts, by=who, reason=reason)
            obj.pk = recorded.match.pk
        self.message_user(request, what_follows(recorded), messages.INFO)

    @admin.display(description="match", ordering="kickoff")
    def match(self, match: Match) -> str:
        return f"{match.home} – {match.away}"

    @admin.display(description="result")
    def result(self, match: Match) -> str:
        played = match.phases.extra_time or match.phases.full_time
        if played is None:
            return "–"
        shootout = match.phases.shootout
        extra = " a.e.t." if match.phases.extra_time else ""
        pens = f", {shootout.home}–{shootout.away} pens" if shootout else ""
        return f"{played.home}–{played.away}{extra}{pens}"

    @labelled({"finished": "success", "live": "info", "postponed": "warning"}, "status")
    def status_label(self, match: Match) -> tuple[str, str]:
        return match.status, match.get_status_display()

    @labelled(WORK_COLOURS, "work")
    def work(self, match: Match) -> tuple[str, str] | None:
        return standing(match)

    @admin.display(description="scorers")
    def scorers(self, match: Match) -> str:
        return "; ".join(f"{goal} ({goal.side})" for goal in match.goals.all()) or "–"


def standing(match: Match) -> tuple[str, str] | None:
    """Return (key of `WORK_COLOURS`, words) for the work on a match, None if there is none to do."""
    progress = getattr(match, "progress", None)
    if progress is None or progress.revision < match.revision:
        return ("behind", "not begun") if match.is_over or progress else None
    if not progress.step:
        return "done", "done"
    step = progress.step.rpartition(".")[2].replace("_", " ")
    return ("failing", f"failing: {step}") if progress.error else ("waiting", step)


def what_follows(recorded: Recorded) -> str:
    """Return what happens next, for the person who saved."""
    if not recorded.changed and recorded.match.revision > 1:
        return f"Nothing new; still at revision {recorded.revision}."
    if not (recorded.match.is_over or hasattr(recorded.match, "progress")):
        return f"Revision {recorded.revision}. The match is not over, so nothing is scored yet."
    delay = pipeline.match_steps()[-1].delay or 0
    return (
        f"Revision {recorded.revision}. Scoring is queued; the roundup follows {delay} seconds after the stats. "
        f"This page shows how far it has come."
    )
