"""Two things at once that must not get between each other: each is stopped where it would hurt most."""

from scoring.tasks import score_match
from tests.concurrency import plays
from tests.concurrency.stage import CONTEXT, PATIENCE, Stage

A_MOMENT = 1.0
"""Seconds in which something is done if nobody holds it up."""


def test_two_people_send_the_same_correction(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 2)
    for pk in matches:
        stage.run(plays.record, pk, 2, 1)
    stage.run(plays.work)
    told = stage.together([(plays.record, matches[0], 0, 3)] * 6)
    assert sum("nothing new" not in line for line in told) == 1
    stage.together([(plays.work,)] * 3)
    assert stage.run(plays.state, matches) == [(3, 3, 3, 3, True), (2, 2, 2, 2, True)]
    assert stage.run(plays.wrong) == []


def test_a_prediction_comes_in_while_its_match_is_finished_and_settled(stage: Stage) -> None:
    """Whoever looked at a match that was still open may not add a prediction to one that has been scored."""
    (match,) = stage.run(plays.set_up, 1, 1.0, 1)
    begun, go_on, done = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(plays.predict_slowly, match, begun, go_on):
        assert begun.wait(PATIENCE)
        with stage.beside(plays.finish_and_settle, match, done):
            done.wait(A_MOMENT)
            go_on.set()
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.counts, match)["scores"] == plays.MODELS + 1
    assert stage.run(plays.wrong) == []


def test_a_competition_changes_while_a_new_match_is_written_down_and_settled(stage: Stage) -> None:
    """No match keeps the old rule because it came between the locks of the change."""
    matches = stage.run(plays.set_up, 2)
    for pk in matches:
        stage.run(plays.record, pk, 2, 1)
    stage.run(plays.work)
    season, competition = stage.run(plays.season_of, matches[0])
    begun, go_on, done = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(plays.change_rule_slowly, competition, begun, go_on):
        assert begun.wait(PATIENCE)
        with stage.beside(plays.create_and_settle, season, done):
            done.wait(A_MOMENT)
            go_on.set()
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.names_of_rules, competition) == {"fixed-2-3-4"}
    assert stage.run(plays.wrong) == []


def test_a_competition_changes_while_its_matches_finish(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 6)
    _, competition = stage.run(plays.season_of, matches[0])
    rules = [{"rule": "fixed-2-3-4"}, {"rule": "kicktipp"}, {"basis": "after_extra_time"}]
    changes = [(plays.change_rule, competition, fields) for fields in rules]
    finishes = [(plays.record, pk, 2, number % 3) for number, pk in enumerate(matches)]
    stage.together([*finishes, *changes, *[(plays.work, 5)] * 3])
    stage.together([(plays.work,)] * 2)
    assert len(stage.run(plays.names_of_rules, competition)) == 1
    assert stage.run(plays.wrong) == []


def test_two_models_become_one_while_an_open_match_is_finished_and_settled(stage: Stage) -> None:
    """A prediction does not change hands under the feet of whoever scores it."""
    (match,) = stage.run(plays.set_up, 1, 1.0, 1)
    extra, into = stage.run(plays.a_second_name, [match])
    begun, go_on, done = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(plays.merge_slowly, extra, into, begun, go_on):
        assert begun.wait(PATIENCE)
        with stage.beside(plays.finish_and_settle, match, done):
            done.wait(A_MOMENT)
            go_on.set()
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.counts, match)["scores"] == plays.MODELS + 1
    assert stage.run(plays.wrong) == []


def test_two_models_become_one_while_their_matches_are_settled(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 5)
    extra, into = stage.run(plays.a_second_name, matches)
    finishes = [(plays.record, pk, 2, number % 3) for number, pk in enumerate(matches)]
    stage.together([*finishes, (plays.merge, extra, into), *[(plays.work, 5)] * 3])
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.counts, matches[0])["scores"] == plays.MODELS + 1
    assert stage.run(plays.wrong) == []


def test_two_sweeps_and_two_workers_after_the_queue_was_lost(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 8)
    for number, pk in enumerate(matches):
        stage.run(plays.record, pk, 2, number % 3)
    for pk in matches[:5]:
        stage.run(score_match, pk)
    assert stage.run(plays.lose_the_queue) == 13
    stage.together([(plays.sweep,)] * 3)
    assert stage.run(plays.queued_twice) == []
    stage.together([*[(plays.sweep,)] * 2, *[(plays.work, 5)] * 2])
    assert stage.run(plays.queued_twice) == []
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.state, matches) == [(2, 2, 2, 2, True)] * 8
    assert stage.run(plays.wrong) == []
