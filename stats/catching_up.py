"""Brings matches that are behind up to date in this process: scored in kickoff order, then counted season by season."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from scoring import pipeline
from scoring.models import Match
from scoring.services import score_match
from scoring.services.settlement import STEP as SCORE
from stats.services import STEP as COUNT
from stats.services import Calculated, calculate_season_stats


@dataclass
class CaughtUp:
    """What catching up came to. `not_counting`: matches looked at that are void, or whose score is not known.

    `failed`: what went wrong, a line each; the rest was done all the same.
    """

    scored: int = 0
    not_counting: int = 0
    counted: list[Calculated] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def begin_missing(matches: "QuerySet[Match]") -> None:
    """Begins the pipeline, without queueing anything, of matches that are over and for which it never began."""
    with transaction.atomic():
        rows = matches.filter(pk__in=Match.objects.not_started()).order_by("pk")
        pipeline.start(list(rows.select_for_update(no_key=True, of=("self",))), queue=False)


def behind(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    """Return those that wait to be scored or counted, in kickoff order."""
    waiting = Q(pk__in=Match.objects.behind(SCORE)) | Q(pk__in=Match.objects.behind(COUNT))
    return matches.filter(waiting).order_by("kickoff", "id")


def catch_up(
    matches: "QuerySet[Match]", *, roundups: bool, track: Callable[[Sequence[int]], Iterable[int]] = iter
) -> CaughtUp:
    """Scores the matches that wait for it, then counts their seasons and schedules the roundups (unless told not to).

    `track` is given the ids of the matches to score and hands them on one by one (a progress bar). Each match and each
    season is a transaction of its own; one that fails is reported, and the others go on.
    """
    outcome = CaughtUp()
    begin_missing(matches)
    seasons = list(dict.fromkeys(behind(matches).values_list("season_id", flat=True)))
    to_score = matches.filter(pk__in=Match.objects.behind(SCORE)).order_by("kickoff", "id")
    for match_id in track(list(to_score.values_list("pk", flat=True))):
        _score(match_id, outcome)
    for season_id in seasons:
        _count(season_id, roundups, outcome)
    return outcome


def _score(match_id: int, outcome: CaughtUp) -> None:
    try:
        with pipeline.attempt(match_id, SCORE):
            settled = score_match(match_id, queue=False)
    except Exception as error:  # noqa: BLE001  one match that fails must not keep the others back; it is reported
        outcome.failed.append(f"match {match_id} could not be scored: {type(error).__name__}: {error}")
        return
    if settled.note:
        outcome.not_counting += 1
    else:
        outcome.scored += 1


def _count(season_id: int, roundups: bool, outcome: CaughtUp) -> None:
    try:
        outcome.counted.append(calculate_season_stats(season_id, queue=roundups))
    except Exception as error:  # noqa: BLE001  as above, for a season
        outcome.failed.append(f"season {season_id} could not be counted: {type(error).__name__}: {error}")
