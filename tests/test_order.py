"""The order by construction: what follows a change commits with it, or not at all."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django_q.models import OrmQ, Schedule

import pytest

from scoring import pipeline
from scoring.models import Match, MatchProgress, ResultChange, Score, Settlement
from scoring.tasks import score_match
from stats import services
from stats.aggregates import Totals
from stats.models import MatchStats, ModelStats
from stats.tasks import calculate_stats
from tests.factories import a_match, finish, predictions

pytestmark = pytest.mark.django_db(transaction=True)

SCORE, COUNT, WRITE = "scoring.tasks.score_match", "stats.tasks.calculate_stats", "content.tasks.write_roundup"


class LostConnectionError(DatabaseError):
    """Something that a service must not swallow."""


def broken(*args: Any, **options: Any) -> None:
    raise LostConnectionError("the connection was lost")


def after(real: Callable[..., Any]) -> Callable[..., None]:
    """A step that does its work and is then interrupted."""

    def done_and_lost(*args: Any, **options: Any) -> None:
        real(*args, **options)
        raise LostConnectionError("the connection was lost")

    return done_and_lost


def queued() -> list[tuple[str, int]]:
    return [(row.task["func"], row.task["args"][0]) for row in OrmQ.objects.order_by("pk")]


def scheduled() -> list[tuple[str, str]]:
    return list(Schedule.objects.order_by("pk").values_list("func", "args"))


def derived() -> list[int]:
    """How many models have stats, how many matches are counted, how many roundups are scheduled."""
    return [ModelStats.objects.count(), MatchStats.objects.count(), Schedule.objects.filter(func=WRITE).count()]


def played(home: str = "Mexico") -> Match:
    match = a_match(home=home)
    predictions(match, {"A": (2, 1), "B": (0, 0)})
    finish(match, 2, 1)
    return match


def standing(match: Match) -> tuple[str, int, int, str, bool]:
    """The next step, the revision it is for, the attempts, the last error, and whether it is in the queue."""
    row = MatchProgress.objects.get(match=match)
    return row.step, row.revision, row.attempts, row.error, row.queued_at is not None


def test_a_recorded_result_and_its_first_step_commit_together() -> None:
    match = played()
    assert queued() == [(SCORE, match.pk)]
    assert standing(match) == (SCORE, 2, 0, "", True)


def test_a_result_that_is_rolled_back_leaves_nothing_behind() -> None:
    match = a_match()
    with transaction.atomic():
        finish(match, 2, 1)
        assert queued() == [(SCORE, match.pk)]
        transaction.set_rollback(True)
    match.refresh_from_db()
    assert (match.revision, match.status, queued()) == (1, Match.Status.SCHEDULED, [])
    assert [model.objects.count() for model in (MatchProgress, ResultChange)] == [0, 0]


def test_the_scoring_step_schedules_no_roundup() -> None:
    match = played()
    score_match(match.pk)
    assert (queued(), scheduled()) == ([(SCORE, match.pk), (COUNT, match.pk)], [])
    assert standing(match) == (COUNT, 2, 0, "", True)


def test_the_stats_step_schedules_the_roundup() -> None:
    match = played()
    score_match(match.pk)
    calculate_stats(match.pk)
    assert scheduled() == [(WRITE, f"({match.pk},)")]
    assert standing(match) == (WRITE, 2, 0, "", True)


def test_scores_that_are_rolled_back_leave_the_match_at_the_scoring_step(monkeypatch: pytest.MonkeyPatch) -> None:
    match = played()
    monkeypatch.setattr(pipeline, "advance", after(pipeline.advance))
    with pytest.raises(LostConnectionError):
        score_match(match.pk)
    assert (Score.objects.count(), Settlement.objects.count(), queued()) == (0, 0, [(SCORE, match.pk)])
    assert standing(match) == (SCORE, 2, 1, "LostConnectionError: the connection was lost", True)


@pytest.mark.parametrize(
    ("function", "failure", "error"),
    [
        ("count_season", broken, LostConnectionError),
        ("_record", broken, LostConnectionError),
        ("totals_by_model", lambda scores: {scores[0].model_id: Totals(predictions=0)}, IntegrityError),
        ("replace_model_stats", after(services.replace_model_stats), LostConnectionError),
    ],
    ids=["before it counts", "half way", "the database refuses", "after it counted"],
)
def test_a_stats_step_that_fails_schedules_no_roundup_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, function: str, failure: Any, error: type[Exception]
) -> None:
    match = played()
    score_match(match.pk)
    scores, tasks = list(Score.objects.values()), queued()
    with monkeypatch.context() as fault:
        fault.setattr(services, function, failure)
        with pytest.raises(error):
            calculate_stats(match.pk)
    assert derived() == [0, 0, 0]
    assert (list(Score.objects.values()), queued()) == (scores, tasks)
    step, revision, attempts, message, in_flight = standing(match)
    assert (step, revision, attempts, in_flight) == (COUNT, 2, 1, True)
    assert message.startswith(f"{error.__name__}: ")
    calculate_stats(match.pk)
    assert (derived(), scheduled()) == ([2, 1, 1], [(WRITE, f"({match.pk},)")])
    assert standing(match) == (WRITE, 2, 0, "", True)


def test_rolled_back_after_scheduling_neither_stats_nor_schedule_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    match = played()
    score_match(match.pk)
    seen: list[list[int]] = []

    def advance_and_look(*args: Any, **options: Any) -> None:
        advance(*args, **options)
        seen.append(derived())

    advance = pipeline.advance
    monkeypatch.setattr(pipeline, "advance", after(advance_and_look))
    with pytest.raises(LostConnectionError):
        calculate_stats(match.pk)
    assert seen == [[2, 1, 1]]
    assert derived() == [0, 0, 0]
    assert standing(match) == (COUNT, 2, 1, "LostConnectionError: the connection was lost", True)


def test_a_step_delivered_twice_enqueues_the_next_one_once() -> None:
    match = played()
    for step in (score_match, score_match, calculate_stats, calculate_stats, score_match, calculate_stats):
        step(match.pk)
    assert (queued(), scheduled()) == ([(SCORE, match.pk), (COUNT, match.pk)], [(WRITE, f"({match.pk},)")])


def test_a_second_start_for_the_same_revision_enqueues_nothing() -> None:
    match = played()
    match.refresh_from_db()
    with transaction.atomic():
        pipeline.start([match])
    assert queued() == [(SCORE, match.pk)]
    score_match(match.pk)
    with transaction.atomic():
        pipeline.start([match])
    assert (queued(), standing(match)[0]) == ([(SCORE, match.pk), (COUNT, match.pk)], COUNT)


def test_the_same_result_recorded_again_starts_nothing() -> None:
    match = played()
    finish(match, 2, 1)
    assert queued() == [(SCORE, match.pk)]


def test_a_pending_roundup_moves_only_for_a_newer_revision() -> None:
    match, other = played(), played(home="Peru")
    score_match(match.pk)
    calculate_stats(match.pk)
    name = f"write_roundup:{match.pk}"
    first = Schedule.objects.get(name=name).next_run
    score_match(other.pk)
    calculate_stats(other.pk)
    calculate_stats(match.pk)
    assert Schedule.objects.get(name=name).next_run == first
    finish(match, 3, 1)
    score_match(match.pk)
    assert scheduled() == [(WRITE, f"({other.pk},)")]
    calculate_stats(match.pk)
    assert Schedule.objects.get(name=name).next_run > first


def test_stats_of_a_revision_that_was_overtaken_schedule_no_roundup() -> None:
    match = played()
    score_match(match.pk)
    finish(match, 3, 1)
    calculate_stats(match.pk)
    assert scheduled() == []
    assert standing(match) == (SCORE, 3, 0, "", True)
    score_match(match.pk)
    calculate_stats(match.pk)
    assert (scheduled(), MatchStats.objects.get().revision) == ([(WRITE, f"({match.pk},)")], 3)


def test_the_pipeline_does_not_move_outside_a_transaction() -> None:
    match = a_match()
    with pytest.raises(transaction.TransactionManagementError):
        pipeline.start([match])
    with pytest.raises(transaction.TransactionManagementError):
        pipeline.advance([match], SCORE)
