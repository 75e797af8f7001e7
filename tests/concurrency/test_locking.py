"""Teams that become one, new matches, imports and previews: nobody refers to what another takes away."""

from time import sleep
from uuid import uuid4

from django.db import connection

from tests.concurrency import locking, plays
from tests.concurrency.stage import CONTEXT, PATIENCE, Stage

A_MOMENT = 1.0
"""Seconds in which something is done if nobody holds it up."""

FREE = PATIENCE if connection.vendor == "postgresql" else A_MOMENT
"""Seconds for what only SQLite, with its one writer at a time, holds up."""


def played(stage: Stage, number: int) -> list[int]:
    """Return matches of a new season that were settled and told of."""
    matches: list[int] = stage.run(plays.set_up, number)
    for pk in matches:
        stage.run(plays.record, pk, 2, 1)
    stage.run(plays.work)
    return matches


def test_two_teams_become_one_while_a_match_of_the_old_one_comes_in_and_is_told_of(stage: Stage) -> None:
    """Every revision has one change, and no article says a name that is gone."""
    (match,) = played(stage, 1)
    season, _ = stage.run(plays.season_of, match)
    old, into = stage.run(locking.teams_of, match)
    stops = [CONTEXT.Event() for _ in range(4)]
    created, told = CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(locking.merge_in_steps, old, into, *stops):
        assert stops[0].wait(PATIENCE)
        with stage.beside(locking.create_for, season, old, "Old", created) as outcome:
            created.wait(FREE)
            stops[1].set()
            assert stops[2].wait(PATIENCE)
            with stage.beside(locking.publish_late, season, told):
                told.wait(A_MOMENT)
                stops[3].set()
    stage.together([(plays.work,)] * 2)
    late = stage.run(locking.changes_of_late, season)
    gone = f"the team Old is no longer there: it is part of New {match} by now, choose that"
    # SQLite lets nobody write meanwhile.
    expected = [(f"New {match}", [2, 3])] if outcome == ["1"] else []
    assert (outcome[0] in ("1", gone), late) == (True, expected)
    assert stage.run(plays.wrong) == []


def test_a_match_of_a_team_that_is_being_merged_is_refused(stage: Stage) -> None:
    (match,) = played(stage, 1)
    season, _ = stage.run(plays.season_of, match)
    old, into = stage.run(locking.teams_of, match)
    stops = [CONTEXT.Event() for _ in range(4)]
    stops[1].set()
    done = CONTEXT.Event()
    with stage.beside(locking.merge_in_steps, old, into, *stops):
        assert stops[2].wait(PATIENCE)
        with stage.beside(locking.create_for, season, old, "Old", done) as outcome:
            done.wait(A_MOMENT)
            stops[3].set()
    assert outcome == [f"the team Old is no longer there: it is part of New {match} by now, choose that"]
    stage.run(plays.work)
    assert stage.run(plays.wrong) == []


def test_the_same_new_file_is_imported_twice_at_once(stage: Stage) -> None:
    name = f"Cup {uuid4().hex[:8]} 2026"
    begun, go_on, done = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(locking.import_slowly, name, begun, go_on) as slow:
        assert begun.wait(PATIENCE)
        with stage.beside(locking.import_beside, name, done) as other:
            done.wait(A_MOMENT)
            go_on.set()
    assert sorted([*slow, *other]) == [(0, 3), (3, 0)]


def test_a_preview_has_its_matches_before_it_locks_a_season(stage: Stage) -> None:
    """Whoever settles another match of the competition meanwhile waits: nobody has to begin again."""
    matches = played(stage, 2)
    stage.run(locking.award, matches[0])
    stage.run(plays.work)
    begun, go_on, scoring = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(locking.preview_slowly, matches[0], begun, go_on) as made:
        assert begun.wait(PATIENCE)
        with stage.beside(locking.score_again, matches[1], scoring) as tries:
            scoring.wait(FREE)
            sleep(A_MOMENT / 2)  # it has the match by now if nobody else has, and waits for the season
            go_on.set()
    assert (made, tries) == ([2], [1])
    assert stage.run(plays.wrong) == []


def test_a_match_is_settled_while_its_season_is_about_to_be_rebuilt(stage: Stage) -> None:
    """A match that came in after the others were locked does not lose its scores."""
    matches = played(stage, 2)
    season, _ = stage.run(plays.season_of, matches[0])
    begun, go_on, done = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Event()
    with stage.beside(locking.rebuild_slowly, season, begun, go_on) as differences:
        assert begun.wait(PATIENCE)
        with stage.beside(locking.create_predicted_and_settle, season, done):
            done.wait(FREE)
            go_on.set()
    assert differences == [()]
    stage.together([(plays.work,)] * 2)
    assert stage.run(plays.wrong) == []
