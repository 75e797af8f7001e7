"""Many processes finish matches, settle, count, write and catch up at the same moment."""

from content.tasks import write_roundup
from scoring.tasks import score_match
from stats.tasks import calculate_stats
from tests.concurrency import plays
from tests.concurrency.stage import Stage

CROWD = 16
ALONE = {"queued counts": 0, "schedules": 0}


def test_sixteen_processes_settle_count_and_write_about_the_same_match(stage: Stage) -> None:
    (match,) = stage.run(plays.set_up, 1)
    stage.run(plays.record, match, 2, 1)
    settled = {"current settlements": 1, "scores": plays.MODELS, "queued counts": 1}
    nothing = {"counted": 0, "schedules": 0, "roundups": 0, "versions": 0}

    stage.together([(score_match, match)] * CROWD)
    assert stage.run(plays.counts, match) == {**settled, **nothing}
    stage.together([(calculate_stats, match)] * CROWD)
    assert stage.run(plays.counts, match) == {**settled, **nothing, "counted": 1, "schedules": 1}
    stage.together([(write_roundup, match)] * CROWD)
    written = {"counted": 1, "schedules": 0, "roundups": 1, "versions": 1}
    assert stage.run(plays.counts, match) == {**settled, **written}

    stage.run(plays.work)
    assert stage.run(plays.state, [match]) == [(2, 2, 2, 2, True)]
    assert stage.run(plays.wrong) == []


def test_the_steps_of_one_match_at_the_same_moment(stage: Stage) -> None:
    (match,) = stage.run(plays.set_up, 1)
    stage.run(plays.record, match, 2, 1)
    steps = [(score_match, match), (calculate_stats, match), (write_roundup, match)]
    stage.together(steps * 4)
    stage.together([(plays.work,)] * 4)
    assert stage.run(plays.state, [match]) == [(2, 2, 2, 2, True)]
    assert stage.run(plays.wrong) == []


def test_ten_matches_of_one_season_finish_in_the_same_second(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 10)
    stage.together([(plays.record, pk, number % 4, number % 3) for number, pk in enumerate(matches)])
    stage.together([(plays.work,)] * 4)
    assert stage.run(plays.state, matches) == [(2, 2, 2, 2, True)] * 10
    assert stage.run(plays.wrong) == []


def test_ten_matches_that_kick_off_together_finish_while_workers_are_at_it(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 10, 0.0)
    finish = [(plays.record, pk, number % 4, number % 3) for number, pk in enumerate(matches)]
    stage.together([*finish, *[(plays.work, 5)] * 4])
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.state, matches) == [(2, 2, 2, 2, True)] * 10
    assert stage.run(plays.wrong) == []


def test_a_day_s_budget_is_never_overdrawn(stage: Stage) -> None:
    stage.run(plays.a_new_day)
    matches = stage.run(plays.set_up, 16)
    taken = stage.together([(plays.take_a_call, match, 5, "100") for match in matches])
    assert (sum(taken), stage.run(plays.spent)) == (5, (5, 5, "1.50"))
    taken = stage.together([(plays.take_a_call, match, 100, "2.50") for match in matches])
    assert (sum(taken), stage.run(plays.spent)) == (3, (8, 8, "2.40"))
