"""A correction arrives between the steps and while the writer is writing; readers never see what it made untrue."""

import pytest

from scoring.tasks import score_match
from stats.tasks import calculate_stats
from tests.concurrency import plays
from tests.concurrency.stage import CONTEXT, PATIENCE, Stage


def corrected(stage: Stage, match: int) -> None:
    stage.run(plays.record, match, 0, 3)


@pytest.mark.parametrize("after", ["the result", "scoring", "stats"])
def test_a_correction_between_the_steps(stage: Stage, after: str) -> None:
    matches = stage.run(plays.set_up, 3)
    with stage.beside(plays.watch, matches) as watched:
        for pk in matches:
            stage.run(plays.record, pk, 2, 1)
        stage.run(plays.work)
        stage.run(plays.record, matches[0], 3, 1)
        if after != "the result":
            stage.run(score_match, matches[0])
        if after == "stats":
            stage.run(calculate_stats, matches[0])
        corrected(stage, matches[0])
        stage.together([(plays.work,)] * 3)
    looks, seen = watched[0]
    assert seen == []
    assert looks > 5
    assert stage.run(plays.state, matches) == [(4, 4, 4, 4, True), (2, 2, 2, 2, True), (2, 2, 2, 2, True)]
    assert stage.run(plays.wrong) == []


@pytest.mark.parametrize("which", [0, 1], ids=["of the match", "of an earlier match"])
def test_a_correction_while_the_writer_is_writing(stage: Stage, which: int) -> None:
    """What the writer wrote of the old result, or of the old table, is never saved."""
    early, late = stage.run(plays.set_up, 2)
    for pk in (early, late):
        stage.run(plays.record, pk, 2, 1)
        stage.run(score_match, pk)
        stage.run(calculate_stats, pk)
    written, changed = (early, early) if which == 0 else (late, early)
    begun, go_on = CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(plays.watch, [early, late]) as watched:
        with stage.beside(plays.write_late, written, begun, go_on) as outcome:
            assert begun.wait(PATIENCE)
            corrected(stage, changed)
            if which == 1:
                stage.run(score_match, early)
                stage.run(calculate_stats, early)
            go_on.set()
        assert outcome[0].endswith("not saved, the match or the table changed meanwhile")
        stage.together([(plays.work,)] * 2)
    assert watched[0][1] == []
    assert stage.run(plays.state, [early, late]) == [(3, 3, 3, 3, True), (2, 2, 2, 2, True)]
    assert stage.run(plays.wrong) == []


def test_corrections_rain_on_a_season_while_four_workers_are_at_it(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 4)
    for pk in matches:
        stage.run(plays.record, pk, 2, 1)
    with stage.beside(plays.watch, matches) as watched:
        stage.together([*[(plays.correct_often, matches, seed) for seed in range(3)], *[(plays.work, 6)] * 4])
        stage.together([(plays.work,)] * 2)
    looks, seen = watched[0]
    assert seen == []
    assert looks > 5
    assert stage.run(plays.wrong) == []
