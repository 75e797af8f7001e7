"""A match's page with its whole chain: from the result to the roundup."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest

from content.tracing import Trace, for_readers, trace_of
from scoring.admin.matches import MatchAdmin
from scoring.models import Match, Score
from stats.admin.confirming import ConfirmsEffect
from stats.admin.rounds import EntersRounds

SCORES_SHOWN = 100
"""Scores on a match's page; the list of scores has the rest."""


def trace_for(request: HttpRequest, match: Match) -> Trace:
    trace = trace_of(match)
    return trace if request.user.has_perm("scoring.view_matchprogress") else for_readers(trace)


def best_scores(match: Match) -> "QuerySet[Score]":
    best_first = F("points").desc(nulls_last=True)
    scores = Score.objects.filter(match=match).select_related("model", "prediction")
    return scores.order_by(best_first, "model__name")[:SCORES_SHOWN]


@admin.register(Match)
class WholeMatchAdmin(EntersRounds, ConfirmsEffect[Match], MatchAdmin):
    list_before_template = "admin/scoring/rounds_link.html"
    change_form_outer_after_template = "admin/content/chain.html"

    def may_correct(self, form: Any, change: bool) -> bool:
        """A match that was never worked on has nothing to correct but which of its predictions are late."""
        return change and (form.was_worked_on or bool({"kickoff", "time_known", "date"} & set(form.changed_data)))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        match = Match.objects.with_names().filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = {"trace": trace_for(request, match), "scores": best_scores(match)} if match else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
