"""Handing a match on: once a revision, in the caller's transaction, by the season where there are many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

import pytest

from scoring import pipeline, tasks
from scoring.models import Match, MatchProgress, Settlement
from scoring.services import score_match
from scoring.services.settlement import SeasonError
from scoring.steps import schedule
from stats import tasks as stats_tasks
from stats.models import MatchStats
from tests.factories import KICKOFF, a_match, a_season, finish, predictions

pytestmark = pytest.mark.django_db

SCORE, COUNT, WRITE = (
    "scoring.tasks.score_match",
    "stats.tasks.calculate_stats",
    "content.tasks.write_roundup",
)


def queued() -> list[tuple[str, int]]:
    return [(row.func(), row.task["args"][0]) for row in OrmQ.objects.order_by("pk")]


def over(count: int) -> list[Match]:
    """Matches that ended, whose pipeline has not begun."""
    return [
        a_match(
            home=f"Home {day}",
            kickoff=KICKOFF + timedelta(days=day),
            status=Match.Status.FINISHED,
            full_time_home=2,
            full_time_away=1,
        )
        for day in range(count)
    ]


def test_the_order_is_the_one_in_the_settings() -> None:
    assert [(step.path, step.delay) for step in pipeline.match_steps()] == [(SCORE, None), (COUNT, None), (WRITE, 30)]


@pytest.mark.django_db(transaction=True)
def test_the_pipeline_moves_only_inside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        pipeline.start([a_match()])


def test_few_matches_get_a_task_each() -> None:
    first, second = over(2)
    pipeline.start([first, second])
    assert queued() == [(SCORE, first.pk), (SCORE, second.pk)]


def test_many_matches_of_a_season_get_one_task_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "SEASON_TASK_ABOVE", 2)
    matches = over(3)
    season = matches[0].season_id
    predictions(matches[0], {"A": (2, 1)})
    pipeline.start(matches)
    assert queued() == [("scoring.tasks.score_season", season)]
    assert tasks.score_season(season) == "3 matches settled, 0 still wait"
    assert queued()[1:] == [("stats.tasks.calculate_season_stats", season)]
    assert stats_tasks.calculate_season_stats(season) == "World Cup 2026: 3 matches counted, version 1"
    assert [(s.func, s.args) for s in Schedule.objects.all()] == [
        ("content.tasks.write_season_roundups", f"({season},)")
    ]
    assert set(MatchProgress.objects.values_list("step", flat=True)) == {WRITE}
    assert MatchStats.objects.count() == 3


def test_matches_handed_over_to_a_season_that_waits_already_wait_their_whole_delay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "SEASON_TASK_ABOVE", 2)
    matches = over(3)
    season = matches[0].season_id
    pipeline.start(matches, queue=False)
    tasks.score_season(season)
    pipeline.start_season_last(season)
    soon = timezone.now() + timedelta(seconds=1)
    Schedule.objects.update(next_run=soon)
    pipeline.start_season_last(season)
    assert Schedule.objects.get().next_run == soon
    stats_tasks.calculate_season_stats(season)
    assert Schedule.objects.get().next_run > soon + timedelta(seconds=25)


def test_a_season_task_that_runs_out_of_time_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "TIME_FOR_A_SEASON", -1.0)
    matches = over(2)
    pipeline.start(matches, queue=False)
    season = matches[0].season_id
    assert tasks.score_season(season) == "0 matches settled, 2 still wait"
    assert queued() == [("scoring.tasks.score_season", season)]


def test_a_match_that_fails_does_not_keep_its_season_back() -> None:
    good, bad = over(2)
    Settlement.objects.create(  # a settlement that can't be: the next one of this revision will be refused
        match=bad,
        revision=bad.revision,
        rule="x",
        rule_version=1,
        basis="regular_time",
        home_goals=0,
        away_goals=0,
        chosen_home=0,
        chosen_draw=0,
        chosen_away=0,
        settled_at=KICKOFF,
        superseded_at=KICKOFF,
    )
    pipeline.start([good, bad], queue=False)
    with pytest.raises(SeasonError, match=f"match {bad.pk}: IntegrityError"):
        tasks.score_season(good.season_id)
    assert queued() == [("stats.tasks.calculate_season_stats", good.season_id)]
    assert MatchProgress.objects.get(match=bad).attempts == 1
    assert Settlement.objects.current().get().match_id == good.pk


def test_a_lost_hand_over_is_made_up_for_when_the_step_runs_again() -> None:
    match = a_match()
    finish(match, 2, 1)
    score_match(match.pk, queue=False)
    OrmQ.objects.all().delete()
    score_match(match.pk)
    assert queued() == [(COUNT, match.pk)]
    score_match(match.pk)
    assert queued() == [(COUNT, match.pk)]


def test_an_attempt_is_counted_and_its_error_kept() -> None:
    match = a_match(season=a_season("Cup 2026"))
    finish(match, 2, 1)
    match.season.competition.rule = "no-such-rule"
    match.season.competition.save()
    for _ in range(2):
        with pytest.raises(KeyError):
            tasks.score_match(match.pk)
    progress = MatchProgress.objects.get()
    assert (progress.step, progress.attempts, progress.error) == (SCORE, 2, "KeyError: 'no-such-rule'")


def test_requeue_enqueues_only_what_is_not_in_flight() -> None:
    first, second, third = over(3)
    pipeline.start([third])
    OrmQ.objects.all().delete()
    pipeline.start([first])
    pipeline.start([second], queue=False)
    assert pipeline.requeue([first, second, third]) == [second, third]
    assert queued() == [(SCORE, first.pk), (SCORE, second.pk), (SCORE, third.pk)]
    assert pipeline.requeue([first, second, third]) == []


def test_two_schedules_of_one_name_become_one() -> None:
    (match,) = over(1)
    for _ in range(2):
        Schedule.objects.create(name=f"write_roundup:{match.pk}", func=WRITE, args="()", next_run=KICKOFF)
    when = timezone.now()
    schedule(pipeline.match_steps()[-1], match.pk, when)
    assert list(Schedule.objects.values_list("args", "next_run")) == [(f"({match.pk},)", when)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_two_that_plan_a_look_at_a_season_at_once_plan_one() -> None:
    season, planned, go_on = a_season(), Event(), Event()

    def plan(wait: float) -> None:
        try:
            with transaction.atomic():
                pipeline.start_season_last(season.pk)
                planned.set()
                go_on.wait(wait)
        finally:
            connection.close()

    with ThreadPoolExecutor() as both:
        first = both.submit(plan, 1.0)
        assert planned.wait(10)
        both.submit(plan, 0).result()
        first.result()
    assert Schedule.objects.filter(name=f"write_season_roundups:{season.pk}").count() == 1
