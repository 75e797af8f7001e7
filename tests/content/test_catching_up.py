"""Whatever is lost, one catch_up and the queue worked off make the tables what they were."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import StringIO
from random import Random
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_migrate
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task

import pytest

from content import catching_up, tasks
from content.apps import CATCH_UP_NAME, install_catch_up
from content.catching_up import CatchUpError, catch_up
from content.models import Roundup, Sweep
from scoring import flight, pipeline
from scoring.models import Match, MatchProgress, Score, Settlement
from scoring.services import score_match
from scoring.steps import schedule
from stats.models import MatchStats, ModelStats
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, a_season, finish, predictions
from tests.queue import run_queue, waiting

pytestmark = pytest.mark.django_db

SEED = 20260611


def a_played_season(count: int) -> list[Match]:
    matches = []
    for day in range(count):
        match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day))
        predictions(match, {"A": (2, 1), "B": (day % 3, 1), "C": (0, 0)})
        finish(match, day % 4, 1)
        matches.append(match)
    return matches


def tables() -> list[Any]:
    """What was derived, without ids and times."""
    return [
        sorted(Settlement.objects.current().values_list("match", "revision", "home_goals", "quota_home")),
        sorted(Score.objects.values_list("match", "model", "points")),
        sorted(ModelStats.objects.values_list("season", "model", "predictions", "points", "best_streak")),
        sorted(MatchStats.objects.values_list("match", "revision")),
        sorted(Roundup.objects.public().values_list("match", "revision", "facts_hash")),
        sorted(MatchProgress.objects.values_list("match", "step", "revision")),
    ]


def test_with_nothing_lost_nothing_is_restarted() -> None:
    a_played_season(2)
    assert str(catch_up(everything=True)) == "2 compared, 0 restarted"
    run_queue()
    assert str(catch_up(everything=True)) == "2 compared, 0 restarted"
    assert OrmQ.objects.count() == 0


def forget_the_queue() -> None:
    OrmQ.objects.all().delete()
    Schedule.objects.all().delete()


def lost_queue_row(match: Match) -> None:
    finish(match, 4, 0)
    OrmQ.objects.all().delete()


def lost_between_the_steps(match: Match) -> None:
    finish(match, 4, 0)
    score_match(match.pk)
    OrmQ.objects.all().delete()


def deleted_schedule(match: Match) -> None:
    finish(match, 4, 0)
    score_match(match.pk)
    calculate_stats(match.pk)
    forget_the_queue()


def used_up_attempts(match: Match) -> None:
    """The queue gives a task up after the number of attempts it is told: the row is gone, whatever the pause was."""
    finish(match, 4, 0)
    OrmQ.objects.all().delete()
    MatchProgress.objects.filter(match=match).update(attempts=9, error="RuntimeError: no", next_try=KICKOFF)


def begun_and_killed_in_a_command(match: Match) -> None:
    """Without the queue: begun by run_stats, which did not live to score it."""
    finish(match, 4, 0)
    OrmQ.objects.all().delete()
    MatchProgress.objects.filter(match=match).update(queued_at=None, next_try=None)


def deleted_settlement(match: Match) -> None:
    Settlement.objects.filter(match=match).delete()


def deleted_stats(match: Match) -> None:
    MatchStats.objects.filter(match=match).delete()


def deleted_roundup(match: Match) -> None:
    Roundup.objects.filter(match=match).delete()


def deleted_progress(match: Match) -> None:
    MatchProgress.objects.filter(match=match).delete()


def raised_revision(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(revision=F("revision") + 1, full_time_home=4)


def void_but_settled(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(status=Match.Status.ABANDONED)


def void_but_its_table_is_not_told(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(status=Match.Status.ABANDONED)
    Settlement.objects.filter(match=match).delete()


def void_but_its_roundup_is_not_told(match: Match) -> None:
    void_but_its_table_is_not_told(match)
    calculate_stats(match.pk, queue=False)
    Schedule.objects.all().delete()


def roundup_of_an_older_table(match: Match) -> None:
    Roundup.objects.filter(match=match).update(stats_version=0)


def restored_backup(match: Match) -> None:
    """The tables of a moment at which much was on its way; those of the queue were left out of the backup."""
    finish(match, 4, 0)
    for other in Match.objects.exclude(pk=match.pk)[:2]:
        finish(other, 3, 3)
        score_match(other.pk)
    forget_the_queue()


DAMAGES: list[Callable[[Match], None]] = [
    lost_queue_row,
    lost_between_the_steps,
    deleted_schedule,
    used_up_attempts,
    begun_and_killed_in_a_command,
    deleted_settlement,
    deleted_stats,
    deleted_roundup,
    deleted_progress,
    raised_revision,
    void_but_settled,
    void_but_its_table_is_not_told,
    void_but_its_roundup_is_not_told,
    roundup_of_an_older_table,
    restored_backup,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_one_run_and_the_queue_repair(damage: Callable[[Match], None]) -> None:
    matches = a_played_season(4)
    run_queue()
    damage(Random(SEED).choice(matches))
    damaged = tables()
    assert run_queue() == []
    assert sum(catch_up(everything=True).restarted.values()) > 0
    run_queue()
    assert tables() == from_scratch() != damaged
    assert str(catch_up(everything=True)) == "4 compared, 0 restarted"


def test_everything_at_once_and_one_run_repair() -> None:
    matches = a_played_season(15)
    run_queue()
    for damage, match in zip(Random(SEED).sample(DAMAGES, len(DAMAGES)), matches, strict=True):
        damage(match)
    forget_the_queue()
    catch_up(everything=True)
    run_queue()
    assert tables() == from_scratch()
    assert str(catch_up(everything=True)) == "15 compared, 0 restarted"


def test_what_is_in_flight_is_left_alone_at_every_step() -> None:
    matches = a_played_season(2)
    seen = []
    for run in (score_match, calculate_stats):
        seen.append(catch_up(everything=True).restarted)
        for match in matches:
            run(match.pk)
    assert [*seen, catch_up(everything=True).restarted] == [{}, {}, {}]
    run_queue()
    finish(matches[0], 4, 4)
    run_queue(ahead=timedelta(0))
    assert Schedule.objects.filter(name__startswith="write_season_roundups").exists()
    assert catch_up(everything=True).restarted == {}


def test_a_task_for_the_season_carries_its_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "SEASON_TASK_ABOVE", 1)
    match, _ = a_played_season(2)
    forget_the_queue()
    MatchProgress.objects.all().delete()
    pipeline.start(list(Match.objects.all()))
    assert waiting() == [("scoring.tasks.score_season", (match.season_id,))]
    assert catch_up(everything=True).restarted == {}
    forget_the_queue()
    assert catch_up(everything=True).restarted == {"score_match": 2}


def test_many_lost_matches_of_a_season_get_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "SEASON_TASK_ABOVE", 2)
    match, *_ = a_played_season(3)
    forget_the_queue()
    assert catch_up(everything=True).restarted == {"score_match": 3}
    assert waiting() == [("scoring.tasks.score_season", (match.season_id,))]
    run_queue()
    assert tables() == from_scratch()


def test_what_was_due_just_now_is_given_a_minute() -> None:
    a_played_season(1)
    forget_the_queue()
    assert catch_up().restarted == {}
    MatchProgress.objects.update(next_try=F("queued_at") - timedelta(seconds=61))
    assert catch_up().restarted == {"score_match": 1}


def test_what_failed_before_it_was_lost_keeps_its_attempts() -> None:
    used_up_attempts(*a_played_season(1))
    catch_up(everything=True)
    progress = MatchProgress.objects.get()
    assert (progress.attempts, progress.error, len(waiting())) == (9, "RuntimeError: no", 1)


def test_rows_of_another_key_are_reported_and_their_matches_restarted() -> None:
    a_played_season(1)
    OrmQ.objects.update(payload="signed by somebody else")
    caught_up = catch_up(everything=True)
    assert (caught_up.restarted, caught_up.unreadable) == ({"score_match": 1}, 1)
    assert str(caught_up) == (
        "1 compared, 1 restarted: 1 at score_match; 1 rows of the queue can't be read: they were written under another "
        "SECRET_KEY, and their matches count as lost"
    )


def test_in_a_queue_too_long_to_be_looked_through_nothing_counts_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flight, "MOST_ROWS", 1)
    a_played_season(3)
    caught_up = catch_up(everything=True)
    assert (caught_up.restarted, caught_up.undecided) == ({}, 2)
    assert str(caught_up).endswith("2 wait: the queue has over 1 rows, too many to look through")


def test_a_sweep_goes_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "SLICE", 2)
    monkeypatch.setattr(catching_up, "NEWEST", 1)
    matches = a_played_season(5)
    run_queue()
    Match.objects.update(kickoff=KICKOFF - timedelta(days=9))
    positions, restarted = [], []
    for match in matches[1:4]:
        deleted_stats(match)
    for _ in range(4):
        restarted.append(catch_up().restarted)
        positions.append(Sweep.objects.get().position)
    assert positions == [matches[1].pk, matches[3].pk, 0, matches[1].pk]
    assert restarted == [{"calculate_stats": 1}, {"calculate_stats": 2}, {}, {}]


def test_the_newest_matches_are_compared_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "SLICE", 1)
    matches = a_played_season(3)
    run_queue()
    Match.objects.filter(pk=matches[2].pk).update(kickoff=timezone.now() - timedelta(minutes=200))
    deleted_stats(matches[2])
    assert catch_up().restarted == {"calculate_stats": 1}


def test_a_season_that_cannot_be_restarted_does_not_keep_the_others_back(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = a_match(season=a_season("Cup 2026")), a_match(season=a_season("League 2026"))
    for match in (bad, good):
        finish(match, 1, 1)
    forget_the_queue()
    real = pipeline.restart

    def restart(matches: Sequence[Match], place: int, *, season_task_above: int) -> None:
        if matches[0].season_id == bad.season_id:
            raise OSError("no")
        real(matches, place, season_task_above=season_task_above)

    monkeypatch.setattr(pipeline, "restart", restart)
    with pytest.raises(CatchUpError, match=f"1 failed: season {bad.season_id}: OSError: no"):
        catch_up(everything=True)
    assert waiting() == [("scoring.tasks.score_match", (good.pk,))]


def test_a_match_that_moved_meanwhile_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    (match,) = a_played_season(1)
    forget_the_queue()
    look = flight.look

    def look_and_be_overtaken() -> flight.Flight:
        seen = look()
        score_match(match.pk)
        return seen

    monkeypatch.setattr(flight, "look", look_and_be_overtaken)
    assert catch_up(everything=True).restarted == {}
    assert waiting() == [("stats.tasks.calculate_stats", (match.pk,))]


def test_the_command_finds_at_once_what_the_task_gives_a_minute() -> None:
    a_played_season(1)
    forget_the_queue()
    assert tasks.catch_up() == "1 compared, 0 restarted"
    out = StringIO()
    call_command("catch_up", stdout=out)
    assert out.getvalue() == "1 compared, 1 restarted: 1 at score_match\n"
    forget_the_queue()
    call_command("catch_up", all=True, stdout=out)
    assert out.getvalue().splitlines()[1] == "1 compared, 1 restarted: 1 at score_match"


def test_its_schedule_is_installed_once_and_belongs_to_the_operator() -> None:
    for _ in range(2):
        install_catch_up()
    schedule = Schedule.objects.get(name="catch_up")
    assert (schedule.func, schedule.schedule_type, schedule.minutes) == ("content.tasks.catch_up", "I", 5)
    schedule.minutes = 60
    schedule.save()
    Schedule.objects.create(name="catch_up", func="content.tasks.catch_up")
    install_catch_up()
    assert [row.minutes for row in Schedule.objects.all()] == [60]
    Schedule.objects.all().delete()
    install_catch_up()
    assert [row.minutes for row in Schedule.objects.all()] == [5]


@pytest.mark.django_db(transaction=True)
def test_migrate_installs_it() -> None:
    config = apps.get_app_config("content")
    config.ready()  # as at every start; the tests' own start has taken it back
    try:
        call_command("migrate", verbosity=0)
    finally:
        post_migrate.disconnect(dispatch_uid=CATCH_UP_NAME, sender=config)
    assert [row.name for row in Schedule.objects.all()] == ["catch_up"]


def test_old_results_of_tasks_are_removed() -> None:
    now = timezone.now()
    kept = {True: 14, False: 90}
    for success, days in kept.items():
        for age in (days - 1, days + 1):
            at = now - timedelta(days=age)
            Task.objects.create(id=f"{success}{age}", func="x", success=success, started=at, stopped=at)
    assert catch_up().pruned == 2
    assert set(Task.objects.values_list("pk", flat=True)) == {"True13", "False89"}


def from_scratch() -> list[Any]:
    """What the tables would be if everything were derived anew from the facts; leaves them as they were.

    Superseded settlements are history, of which a roundup tells: they stay.
    """
    point = transaction.savepoint()
    Settlement.objects.current().delete()
    for rows in (Roundup.objects, MatchStats.objects, ModelStats.objects, MatchProgress.objects):
        rows.all().delete()
    forget_the_queue()
    over = list(Match.objects.exclude(status__in=Match.OPEN_STATUSES))
    pipeline.start(over)
    run_queue()
    wanted = tables()
    transaction.savepoint_rollback(point)
    return wanted


def test_rows_that_cannot_be_read_do_not_hide_those_that_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flight, "MOST_ROWS", 2)
    now = timezone.now()
    OrmQ.objects.bulk_create([OrmQ(key="fulltime", payload="of another key", lock=now) for _ in range(5)])
    a_played_season(2)
    OrmQ.objects.filter(pk=OrmQ.objects.order_by("-pk")[0].pk).delete()
    caught_up = catch_up(everything=True)
    assert (caught_up.restarted, caught_up.unreadable, caught_up.undecided) == ({"score_match": 1}, 5, 0)
    monkeypatch.setattr(flight, "MOST_UNREADABLE", 4)
    OrmQ.objects.filter(pk=OrmQ.objects.order_by("-pk")[0].pk).delete()
    caught_up = catch_up(everything=True)
    assert (caught_up.restarted, caught_up.undecided) == ({}, 2)


def test_what_waits_for_the_time_of_a_wrong_clock_counts_as_lost() -> None:
    match, other = a_played_season(2)
    run_queue()
    tomorrow = timezone.now() + timedelta(days=1)
    finish(match, 4, 0)
    OrmQ.objects.update(lock=tomorrow)
    MatchProgress.objects.filter(match=match).update(next_try=tomorrow, changed_at=tomorrow)
    write = pipeline.match_steps()[-1]
    schedule(write, other.pk, tomorrow)
    MatchProgress.objects.filter(match=other).update(step=write.path, next_try=tomorrow, queued_at=tomorrow)
    assert catch_up().restarted == {"score_match": 1, "write_roundup": 1}
    assert catch_up().restarted == {}
