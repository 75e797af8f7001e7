"""A step that fails comes again by itself after a pause that grows, and never in two ways at once."""

import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NoReturn

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ, Schedule, Task

import pytest

from content import services as content_services
from content.models import Roundup, RoundupRevision
from content.ordering import order_again
from scoring import pipeline, retries, tasks
from scoring import services as scoring_services
from scoring.models import Match, MatchProgress
from scoring.retries import PAUSES, pause
from scoring.services import score_match, settlement
from stats import services
from tests.factories import KICKOFF, a_match, finish, predictions
from tests.queue import Ran, run_one, run_queue, waiting

pytestmark = pytest.mark.django_db

SCORE, COUNT, WRITE = "scoring.tasks.score_match", "stats.tasks.calculate_stats", "content.tasks.write_roundup"
AT_ONCE = timedelta(0)
SEVEN_HOURS = timedelta(hours=7)


@pytest.fixture
def match() -> Match:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    finish(match, 2, 1)
    return match


def failing(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*args: Any, **options: Any) -> NoReturn:
        raise error

    return fail


def schedules() -> list[tuple[str, str]]:
    return list(Schedule.objects.order_by("pk").values_list("name", "func"))


def pauses_left() -> list[int]:
    """How many seconds each schedule waits, counted from the last change of the match it is for."""
    changed = MatchProgress.objects.get().changed_at
    return [round((row.next_run - changed).total_seconds()) for row in Schedule.objects.all()]


def results(ran: list[Ran]) -> list[tuple[str, bool]]:
    return [(one.func.rpartition(".")[2], one.success) for one in ran]


def test_the_pauses_grow_and_end_at_six_hours() -> None:
    seconds = [int(pause(attempts).total_seconds()) for attempts in range(10)]
    assert seconds == [10, 10, 30, 60, 300, 900, 3600, 21_600, 21_600, 21_600]
    assert list(PAUSES) == sorted(PAUSES)


def test_a_failed_task_is_not_delivered_again_besides() -> None:
    assert settings.Q_CLUSTER["ack_failures"] is True


def test_a_step_that_fails_waits_longer_each_time_and_then_succeeds(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(scoring_services, "score_match", failing(OSError("no ink")))
        seen = []
        for _ in range(3):
            assert results(run_queue(ahead=AT_ONCE)) == [("score_match", False)]
            assert waiting() == []
            seen += pauses_left()
            Schedule.objects.update(next_run=KICKOFF)
    assert seen == [10, 30, 60]
    assert schedules() == [(f"score_match:{match.pk}", SCORE)]
    progress = MatchProgress.objects.get()
    assert (progress.step, progress.attempts, progress.error) == (SCORE, 3, "OSError: no ink")
    assert results(run_queue())[0] == ("score_match", True)
    progress.refresh_from_db()
    assert (progress.step, progress.attempts, progress.error, schedules()) == ("", 0, "", [])
    assert list(Task.objects.order_by("stopped").values_list("success", flat=True))[:4] == [False, False, False, True]


def test_a_failing_roundup_has_one_schedule(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(content_services, "default_writer", failing(OSError("no ink")))
        ran = results(run_queue(ahead=timedelta(seconds=30)))
        assert ran[-2:] == [("write_roundup", False), ("write_roundup", False)]
    assert schedules() == [(f"write_roundup:{match.pk}", WRITE)]
    run_queue()
    assert Roundup.objects.public().count() == 1


def test_a_correction_does_not_wait_for_the_pause_of_what_it_replaces(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_queue(ahead=AT_ONCE)
    Schedule.objects.update(next_run=KICKOFF)
    with monkeypatch.context() as fault:
        fault.setattr(content_services, "default_writer", failing(OSError("no ink")))
        run_queue(ahead=AT_ONCE)
    MatchProgress.objects.update(attempts=9)
    finish(match, 3, 1)
    assert (waiting(), schedules()) == ([(SCORE, (match.pk,))], [])
    steps = ("score_match", "calculate_stats", "write_roundup", "write_round_report")
    assert results(run_queue()) == [(step, True) for step in steps]


def test_a_second_start_of_the_same_revision_leaves_the_next_try(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring_services, "score_match", failing(OSError("no ink")))
    run_queue(ahead=AT_ONCE)
    match.refresh_from_db()
    pipeline.start([match])
    assert (schedules(), waiting()) == ([(f"score_match:{match.pk}", SCORE)], [])


def test_a_correction_takes_the_schedule_of_the_older_roundup_away(match: Match) -> None:
    assert results(run_queue(ahead=AT_ONCE)) == [("score_match", True), ("calculate_stats", True)]
    finish(match, 3, 1)
    assert (schedules(), waiting()) == ([], [(SCORE, (match.pk,))])


def test_a_task_that_takes_too_long_is_tried_again_like_any_other(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(scoring_services, "score_match", failing(TimeoutException("too long")))
        assert results(run_queue(ahead=AT_ONCE)) == [("score_match", False)]
    progress = MatchProgress.objects.get()
    assert (progress.error, schedules()) == ("TimeoutException: too long", [(f"score_match:{match.pk}", SCORE)])


def attempt_and_fail(match: Match, meanwhile: Callable[[], object]) -> None:
    with pipeline.attempt(match.pk, SCORE):
        meanwhile()
        raise OSError("no ink")


def another_attempt(match: Match) -> None:
    with pipeline.attempt(match.pk, SCORE):
        pass


def test_an_attempt_that_a_correction_has_overtaken_is_left_to_it(match: Match) -> None:
    with pytest.raises(OSError, match="no ink"):
        attempt_and_fail(match, lambda: finish(match, 3, 1))
    progress = MatchProgress.objects.get()
    assert (progress.revision, progress.attempts, progress.error, schedules()) == (3, 0, "", [])


def test_an_attempt_that_another_has_overtaken_is_left_to_that(match: Match) -> None:
    with pytest.raises(OSError, match="no ink"):
        attempt_and_fail(match, lambda: another_attempt(match))
    progress = MatchProgress.objects.get()
    assert (progress.attempts, progress.error, schedules()) == (2, "", [])


def test_an_error_that_cannot_be_written_down_still_goes_on_its_way(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring_services, "score_match", failing(OSError("no ink")))
    monkeypatch.setattr(retries, "note_failure", failing(DatabaseError("gone")))
    with pytest.raises(OSError, match="no ink") as raised:
        tasks.score_match(match.pk)
    told = "".join(traceback.format_exception(raised.value))
    assert told.endswith(
        "and it could not be written down for a next try: DatabaseError: gone; it is delivered again\n"
    )


def test_a_worker_that_was_killed_leaves_its_row_to_the_next_one(match: Match) -> None:
    row = OrmQ.objects.get()
    row.lock = timezone.now() + timedelta(seconds=180)  # taken by a worker that has died
    row.save()
    assert run_queue() == []
    assert results(run_queue(ahead=timedelta(seconds=181)))[0] == ("score_match", True)


def test_a_step_delivered_twice_after_it_was_done_is_done_once(match: Match) -> None:
    row = OrmQ.objects.get()
    run_one(row, acknowledge=False)
    run_one(row)
    assert waiting() == [(COUNT, (match.pk,))]


def test_a_season_that_cannot_be_counted_waits_as_one(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "SEASON_TASK_ABOVE", 1)
    other = a_match(home="Chile", status=Match.Status.FINISHED, full_time_home=0, full_time_away=0)
    pipeline.start([other], queue=False)
    MatchProgress.objects.update(queued_at=None, next_try=None)
    OrmQ.objects.all().delete()
    pipeline.requeue([match, other])
    with monkeypatch.context() as fault:
        fault.setattr(services, "count_season", failing(OSError("no chalk")))
        ran = results(run_queue(ahead=AT_ONCE))
    assert ran == [("score_season", True), ("calculate_season_stats", False)]
    assert schedules() == [(f"calculate_season_stats:{match.season_id}", "stats.tasks.calculate_season_stats")]
    rows = MatchProgress.objects.values_list("step", "attempts", "error")
    assert list(rows) == [(COUNT, 1, "OSError: no chalk")] * 2
    steps = ("calculate_season_stats", "write_season_roundups", "write_round_report")
    assert results(run_queue()) == [(step, True) for step in steps]
    assert set(MatchProgress.objects.values_list("step", "error")) == {("", "")}


def test_new_work_for_a_season_does_not_wait_for_the_pause_of_its_task(match: Match) -> None:
    name = f"calculate_season_stats:{match.season_id}"
    later = timezone.now() + SEVEN_HOURS
    Schedule.objects.create(name=name, func="stats.tasks.calculate_season_stats", args="(1,)", next_run=later)
    pipeline.start_season(match.season_id, 1)
    assert waiting()[-1] == ("stats.tasks.calculate_season_stats", (match.season_id,))
    assert schedules() == []


def test_a_roundup_that_a_season_task_cannot_renew_comes_again(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    run_queue()
    Roundup.objects.update(stats_version=0, facts_hash="")
    pipeline.start_season_last(match.season_id)
    with monkeypatch.context() as fault:
        fault.setattr(content_services, "default_writer", failing(OSError("no ink")))
        assert results(run_queue(ahead=timedelta(seconds=30)))[0] == ("write_season_roundups", False)
    assert schedules() == [(f"write_roundup:{match.pk}", WRITE)]
    run_queue()
    assert Roundup.objects.public().count() == 1


def test_an_order_to_write_again_that_fails_stays_an_order(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    run_queue()
    order_again([match.pk])
    with monkeypatch.context() as fault:
        fault.setattr(content_services, "default_writer", failing(OSError("no ink")))
        assert results(run_queue(ahead=AT_ONCE)) == [("write_roundup", False)]
    assert results(run_queue()) == [("write_roundup", True)]
    assert RoundupRevision.objects.count() == 2


def test_an_attempt_that_cannot_be_counted_is_written_down_all_the_same(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(retries, "_count", failing(OperationalError("somebody holds the row")))
        assert results(run_queue(ahead=AT_ONCE)) == [("score_match", False)]
    assert MatchProgress.objects.get().error == "OperationalError: somebody holds the row"
    assert schedules() == [(f"score_match:{match.pk}", SCORE)]
    assert results(run_queue())[0] == ("score_match", True)


def test_a_season_attempt_that_cannot_be_counted_is_written_down_all_the_same(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    score_match(match.pk, queue=False)
    pipeline.start_season(match.season_id, 1)
    OrmQ.objects.order_by("pk")[0].delete()
    with monkeypatch.context() as fault:
        fault.setattr(retries, "_begin", failing(OperationalError("somebody holds the row")))
        assert results(run_queue(ahead=AT_ONCE)) == [("calculate_season_stats", False)]
    assert schedules() == [(f"calculate_season_stats:{match.season_id}", "stats.tasks.calculate_season_stats")]


def test_a_season_that_takes_too_long_to_score_comes_again(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    other = a_match(home="Chile", kickoff=KICKOFF + timedelta(days=1))
    finish(other, 0, 0)
    OrmQ.objects.all().delete()
    score = settlement.score_match

    def hangs(match_id: int, **options: Any) -> object:
        if match_id == match.pk:
            raise TimeoutException("too long")
        return score(match_id, **options)

    monkeypatch.setattr(settlement, "score_match", hangs)
    with pytest.raises(TimeoutException):
        tasks.score_season(match.season_id)
    assert schedules() == [
        (f"score_match:{match.pk}", SCORE),
        (f"score_season:{match.season_id}", "scoring.tasks.score_season"),
    ]
    with pytest.raises(TimeoutException):
        tasks.score_season(match.season_id)
    assert MatchProgress.objects.get(match=other).step == COUNT


def test_a_failure_that_cannot_be_written_down_ends_the_task_of_the_season(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settlement, "score_match", failing(OSError("no ink")))
    monkeypatch.setattr(retries, "note_failure", failing(DatabaseError("gone")))
    with pytest.raises(OSError, match="no ink") as raised:
        tasks.score_season(match.season_id)
    assert retries.is_lost(raised.value)
    assert schedules() == [(f"score_season:{match.season_id}", "scoring.tasks.score_season")]
