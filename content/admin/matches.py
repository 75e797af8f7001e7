"""A match's page with its whole chain: from the result to the roundup."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest

from content.models import Roundup
from scoring.admin.derived import in_words
from scoring.admin.matches import MatchAdmin
from scoring.models import Match, MatchProgress, ResultChange, Score, Settlement
from stats.models import MatchStats

SCORES_SHOWN = 100
"""Scores on a match's page; the list of scores has the rest."""


@dataclass(frozen=True)
class Chain:
    """What is known of the work on one match, in the order in which it is done; None: not yet."""

    changes: list[tuple[ResultChange, str]]
    progress: MatchProgress | None
    settlements: "QuerySet[Settlement]"
    scores: "QuerySet[Score]"
    stats: MatchStats | None
    roundup: Roundup | None


def chain_of(match: Match) -> Chain:
    best_first = F("points").desc(nulls_last=True)
    scores = Score.objects.filter(match=match).select_related("model", "prediction").order_by(best_first, "model__name")
    return Chain(
        changes=[(change, in_words(change)) for change in ResultChange.objects.filter(match=match)],
        progress=MatchProgress.objects.filter(match=match).first(),
        settlements=Settlement.objects.filter(match=match),
        scores=scores[:SCORES_SHOWN],
        stats=MatchStats.objects.filter(match=match).first(),
        roundup=Roundup.objects.with_standing().defer("text", "facts").filter(match=match).first(),
    )


@admin.register(Match)
class WholeMatchAdmin(MatchAdmin):
    change_form_outer_after_template = "admin/content/chain.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        match = Match.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        context = {**(extra_context or {}), "chain": chain_of(match) if match else None}
        return super().change_view(request, object_id, form_url, context)
