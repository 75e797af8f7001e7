"""Damage to changes, settlements and scores."""

from django.db.models import F, QuerySet
from django.utils import timezone

from scoring.models import (
    AIModel,
    Competition,
    Match,
    MatchProgress,
    Prediction,
    ResultChange,
    Score,
    Settlement,
)
from scoring.services import create_match
from tests.content.verify.checks import (
    AHEAD,
    ANEW,
    CHANGES,
    HISTORY,
    NOT_SETTLED,
    PLACED,
    POINTS,
    QUOTAS,
    REPORT_ANEW,
    RESULT,
    RESULTS,
    SCORED,
    SETTLED,
    SPLITS,
    STANDING,
    STRAY,
    TABLE,
    TIMING,
    TOLD,
    Damages,
)
from tests.content.verify.season import Played
from tests.factories import finish

DAMAGES = Damages()


def _score(match: Match, model: str) -> "QuerySet[Score]":
    return Score.objects.filter(match=match, model__name=model)


def _superseded(match: Match) -> "QuerySet[Settlement]":
    return Settlement.objects.filter(match=match, superseded_at__isnull=False)


def _current(match: Match) -> "QuerySet[Settlement]":
    return Settlement.objects.current().filter(match=match)


@DAMAGES.breaks(CHANGES, RESULT, ANEW)
def a_change_is_lost(played: Played) -> None:
    ResultChange.objects.filter(match=played.corrected, revision=3).delete()


@DAMAGES.breaks(CHANGES)
def two_changes_made_one_revision(played: Played) -> None:
    change = ResultChange.objects.get(match=played.corrected, revision=3)
    change.pk, change.after = None, {"venue": "Elsewhere"}
    change.save()


@DAMAGES.breaks(RESULT)
def the_first_change_of_a_match_created_over_is_lost(played: Played) -> None:
    """It made revision 1, of which no number says that it must be there."""
    match = played.to_come
    fields = {"home": match.home, "away": match.away, "round": "Replay", "date": match.date, "kickoff": match.kickoff}
    fields |= {"status": "finished", "full_time_home": 1, "full_time_away": 0}
    replay = create_match(match.season, fields, by="a person").match
    ResultChange.objects.filter(match=replay).delete()


@DAMAGES.breaks(AHEAD)
def a_change_of_a_revision_to_come(played: Played) -> None:
    change = ResultChange.objects.filter(match=played.plain)[0]
    change.pk, change.revision = None, 99
    change.save()


@DAMAGES.breaks(CHANGES, STANDING)
def a_new_revision_that_nobody_was_told_of(played: Played) -> None:
    Match.objects.filter(pk=played.plain.pk).update(revision=F("revision") + 1)


@DAMAGES.breaks(SETTLED, RESULT)
def a_match_that_counts_is_not_settled(played: Played) -> None:
    Match.objects.filter(pk=played.unknown.pk).update(full_time_home=1, full_time_away=0)


@DAMAGES.breaks(SETTLED)
def done_though_nothing_was_done(played: Played) -> None:
    finish(played.to_come, 1, 0)
    MatchProgress.objects.filter(match=played.to_come).update(step="", queued_at=None)


@DAMAGES.breaks(NOT_SETTLED, RESULT)
def a_settled_match_does_not_count(played: Played) -> None:
    Match.objects.filter(pk=played.plain.pk).update(status=Match.Status.CANCELLED)


@DAMAGES.breaks(RESULT, RESULTS, ANEW)
def another_result(played: Played) -> None:
    Match.objects.filter(pk=played.plain.pk).update(full_time_home=9)


@DAMAGES.breaks(RESULTS)
def another_basis(played: Played) -> None:
    Competition.objects.filter(seasons=played.plain.season_id).update(basis=Competition.Basis.AFTER_SHOOTOUT)


@DAMAGES.breaks(RESULTS)
def another_rule(played: Played) -> None:
    Competition.objects.filter(seasons=played.plain.season_id).update(rule="fixed-2-3-4")


@DAMAGES.breaks(RESULTS)
def a_rule_that_is_none(played: Played) -> None:
    Competition.objects.filter(seasons=played.plain.season_id).update(rule="most-beautiful-tip")


@DAMAGES.breaks(RESULTS, POINTS, TOLD, ANEW)
def settled_by_a_rule_that_is_none(played: Played) -> None:
    _current(played.plain).update(rule="most-beautiful-tip")


@DAMAGES.breaks(QUOTAS)
def a_wrong_quota_in_history(played: Played) -> None:
    _superseded(played.corrected).update(quota_away=F("quota_away") - 1)


@DAMAGES.breaks(QUOTAS, POINTS, TOLD, ANEW)
def a_wrong_quota(played: Played) -> None:
    _current(played.corrected).update(quota_home=F("quota_home") + 1)


@DAMAGES.breaks(QUOTAS, SPLITS, TOLD, ANEW)
def a_wrong_split(played: Played) -> None:
    _current(played.plain).update(chosen_away=F("chosen_away") + 9)


@DAMAGES.breaks(SPLITS, SCORED)
def a_prediction_slipped_in(played: Played) -> None:
    played.plain.predictions.create(model=AIModel.objects.create(name="Elk"), home_goals=1, away_goals=0)


@DAMAGES.breaks(HISTORY)
def history_ahead_of_its_time(played: Played) -> None:
    _superseded(played.void).update(revision=99)


@DAMAGES.breaks(SCORED, TABLE, TOLD, ANEW)
def a_score_is_missing(played: Played) -> None:
    _score(played.plain, "Ant").delete()


@DAMAGES.breaks(PLACED, STRAY)
def a_score_of_history(played: Played) -> None:
    _score(played.corrected, "Ant").update(settlement=_superseded(played.corrected).get())


@DAMAGES.breaks(PLACED, TABLE, ANEW, REPORT_ANEW)
def a_score_in_another_season(played: Played) -> None:
    _score(played.plain, "Ant").update(season=played.other.season)


@DAMAGES.breaks(STRAY)
def a_score_of_a_match_that_does_not_count(played: Played) -> None:
    late = _score(played.mixed, "Late").get()
    late.pk, late.prediction = None, Prediction.objects.filter(match=played.void)[0]
    late.match = played.void
    late.save()


@DAMAGES.breaks(STRAY, ANEW)
def a_score_of_a_prediction_for_another_match(played: Played) -> None:
    late = _score(played.mixed, "Late").get()
    late.pk, late.prediction = None, Prediction.objects.filter(match=played.void)[0]
    late.save()


@DAMAGES.breaks(TIMING, TOLD, ANEW)
def unverified_is_said_to_be_in_time(played: Played) -> None:
    _score(played.mixed, "Unverified").update(timing=Score.Timing.IN_TIME)


@DAMAGES.breaks(SPLITS, TIMING, POINTS)
def withdrawn_without_a_revision(played: Played) -> None:
    taken = Prediction.objects.filter(match=played.plain, model__name="Ant")
    taken.update(excluded=Prediction.Exclusion.WITHDRAWN, excluded_at=timezone.now())


@DAMAGES.breaks(POINTS, TABLE, TOLD, ANEW)
def points_were_added_and_not_replaced(played: Played) -> None:
    _score(played.corrected, "Ant").update(tendency_points=F("tendency_points") + 4, points=F("points") + 4)


@DAMAGES.breaks(POINTS, TABLE, ANEW)
def a_hit_is_forgotten(played: Played) -> None:
    _score(played.corrected, "Ant").update(exact_hit=False)
