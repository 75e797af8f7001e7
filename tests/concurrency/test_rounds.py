"""Many people save the results of a round at the same moment: one of them does, nobody waits for ever."""

from collections import Counter

from tests.concurrency import entering, plays
from tests.concurrency.stage import Stage

REFUSED = "somebody changed this match while you were looking at revision 1; it is at revision 2 now"


def test_of_eight_who_save_the_same_round_one_does_whatever_the_order(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 6)
    orders = [matches, matches[::-1], matches[3:] + matches[:3], sorted(matches, key=lambda pk: pk % 3)]
    outcomes = stage.together([(entering.record_together, order, goals) for goals, order in enumerate(orders * 2)])
    assert Counter(outcomes) == {"saved": 1, REFUSED: 7}
    stage.run(plays.work)
    assert stage.run(plays.state, matches) == [(2, 2, 2, 2, True)] * 6
    assert stage.run(plays.wrong) == []


def test_rounds_that_share_a_match_are_saved_whole_or_not_at_all_while_workers_are_at_it(stage: Stage) -> None:
    matches = stage.run(plays.set_up, 7)
    early, late = matches[:4], matches[3:]
    saved = stage.together(
        [(entering.record_together, early, 1), (entering.record_together, late, 2), *[(plays.work, 6)] * 3]
    )[:2]
    assert sorted(saved) == sorted([REFUSED, "saved"])
    stage.run(plays.work)
    whole = early if saved[0] == "saved" else late
    assert stage.run(entering.revisions, matches) == [2 if pk in whole else 1 for pk in matches]
    assert stage.run(plays.state, whole) == [(2, 2, 2, 2, True)] * 4
    assert stage.run(plays.wrong) == []
