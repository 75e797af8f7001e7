"""A small season that has been through everything: corrections, voids, moves, late and excluded predictions."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction

from content.reports.ordering import Subject, order
from scoring.models import Match, Prediction
from scoring.rules import Goals
from scoring.services import Result, change_match, record_result
from scoring.services.exclusions import exclude_prediction
from tests.factories import KICKOFF, a_match, a_model, a_season, finish, predictions
from tests.queue import run_queue

TIPS = {"Ant": (2, 1), "Bee": (1, 1), "Cat": (0, 2), "Dog": (3, 1)}


class Played(NamedTuple):
    """Matches of one season in the order of their first kickoffs, and one of another by other rules."""

    corrected: Match
    void: Match
    moved: Match
    mixed: Match
    plain: Match
    unknown: Match
    to_come: Match
    other: Match


def play() -> Played:
    """Plays them, and lets the workers do everything that follows.

    One was corrected, one abandoned, one moved behind the next; `mixed` has a late, an unverified and a void
    prediction; of `unknown` the score was taken back. `other` is all of its round, on which there is a report, and one
    on a model's season was ordered.
    """
    matches = [_match(day) for day in range(7)]
    other = a_match(season=a_season("Cup 2026", rule="kicktipp", basis="after_extra_time"))
    played = Played._make([*matches, other])
    predictions(played.mixed, {"Late": (2, 1)}, before=-timedelta(hours=1))
    predictions(played.mixed, {"Unverified": (2, 1)}, before=None)
    predictions(other, TIPS, before=None)
    for day, match in enumerate(matches[:6]):
        finish(match, 2 + day % 2, day % 3)
    finish(other, 1, 1, extra_time=Goals(2, 1))
    run_queue()
    _change(played)
    run_queue()
    with transaction.atomic():
        order(Subject(other.season_id, model_id=a_model("Ant").pk))
    run_queue()
    return Played._make(Match.objects.get(pk=match.pk) for match in played)


def _match(day: int) -> Match:
    match = a_match(f"Home {day}", kickoff=KICKOFF + timedelta(days=day))
    predictions(match, TIPS)
    return match


def _change(played: Played) -> None:
    record_result(played.corrected.pk, Result(full_time=Goals(2, 1)), by="a person", reason="a goal was overlooked")
    change_match(played.void.pk, {"status": "abandoned"}, by="a person", reason="fog")
    change_match(played.moved.pk, {"kickoff": KICKOFF + timedelta(days=3, hours=2)}, by="a person", reason="rain")
    void = Prediction.objects.get(match=played.mixed, model__name="Bee")
    exclude_prediction(void.pk, "voided", by="a person", reason="it was made by a bee")
    no_score = {"full_time_home": None, "full_time_away": None}
    change_match(played.unknown.pk, no_score, by="a person", reason="nobody knows")
