"""The board: what each stage of a match says on its way, which matches are there, and what it costs to read."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from content.control_room.board import ROWS, Row, board
from content.control_room.choice import Choice, State
from content.control_room.stages import Light
from content.editing import hold
from content.services import write_roundup
from scoring.models import Match, MatchProgress
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, a_season, finish, predictions

pytestmark = pytest.mark.django_db
NOW = KICKOFF + timedelta(hours=2)
GREEN, AMBER, RED, GREY = Light.GREEN, Light.AMBER, Light.RED, Light.GREY


def only(choice: Choice | None = None, now: datetime | None = None) -> Row:
    (row,) = board(choice or Choice(), now or timezone.now()).rows
    return row


def lights(row: Row) -> list[Light]:
    return [stage.light for stage in row.stages]


def told(row: Row) -> list[str]:
    return [stage.text for stage in row.stages]


def a_played_match() -> Match:
    match = a_match()
    predictions(match, {"Alder": (2, 1), "Birch": (1, 1)})
    finish(match, 2, 1)
    return match


def test_a_match_turns_green_from_the_left() -> None:
    match = a_match()
    predictions(match, {"Alder": (2, 1)})
    row = only(now=NOW)
    assert (lights(row), told(row)[0]) == ([GREY] * 5, "being played")
    row = only(now=KICKOFF + timedelta(hours=4))
    assert (lights(row), told(row)[0]) == ([AMBER, GREY, GREY, GREY, GREY], "no result yet")
    finish(match, 2, 1)
    row = only()
    assert (lights(row), told(row)[:2], row.light) == ([GREEN, AMBER, GREY, GREY, GREY], ["2–1", "in the queue"], AMBER)
    score_match(match.pk)
    row = only()
    assert lights(row) == [GREEN, GREEN, AMBER, GREY, GREY]
    calculate_stats(match.pk)
    row = only()
    assert lights(row) == [GREEN, GREEN, GREEN, AMBER, GREY]
    due = row.stages[3].due
    assert due is not None
    assert timedelta(seconds=20) < due - timezone.now() <= timedelta(seconds=30)
    write_roundup(match.pk)
    row = only()
    assert (lights(row), row.light, row.is_public) == ([GREEN] * 5, GREEN, True)
    assert [stage.revision for stage in row.stages] == [Match.objects.get().revision] * 5
    assert all(stage.at for stage in row.stages)


def test_a_correction_says_what_still_stands_at_the_old_revision() -> None:
    match = a_played_match()
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)
    finish(match, 3, 1)
    row = only()
    assert lights(row) == [GREEN, AMBER, AMBER, AMBER, AMBER]
    assert told(row)[2:] == ["still at revision 2", "still at revision 2", "being rewritten"]


def test_a_failing_step_is_red_and_names_its_error_and_its_next_try() -> None:
    match = a_played_match()
    soon = timezone.now() + timedelta(minutes=1)
    MatchProgress.objects.filter(pk=match.pk).update(error="No space\nTraceback", attempts=3, next_try=soon)
    row = only()
    assert (row.stages[1].light, row.stages[1].text, row.stages[1].due) == (RED, "failed 3×: No space", soon)
    assert (row.light, row.can_run) == (RED, True)


def test_a_step_that_nobody_comes_to_is_red() -> None:
    a_played_match()
    long_ago = timezone.now() - timedelta(minutes=11)
    MatchProgress.objects.update(changed_at=long_ago, next_try=None)
    assert told(only())[1] == "waits too long"


def test_a_void_match_is_grey_with_what_was_taken_back() -> None:
    match = a_played_match()
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)
    change_match(match.pk, {"status": "abandoned"}, by="a test", reason="fog")
    for step in (score_match, calculate_stats, write_roundup):
        step(match.pk)
    row = only()
    assert (row.light, told(row)[0]) == (GREY, "abandoned, so void")
    assert told(row)[-1] == "match is void"


def test_a_finished_match_without_its_score_is_red() -> None:
    change_match(a_match().pk, {"status": "finished"}, by="a test")
    assert only().stages[0].text == "finished, but the full-time score is not known"
    assert only().light == RED


def test_what_a_person_keeps_back_is_grey_and_says_so() -> None:
    match = a_played_match()
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)
    hold(match.roundup.pk, by="an editor", note="wait")
    row = only()
    assert (lights(row)[4], told(row)[4], row.is_public) == (GREY, "held", False)


def test_each_state_finds_its_matches() -> None:
    done, on_its_way, void, open_one, unknown = (
        a_match(f"Home {n}", f"Away {n}", kickoff=KICKOFF + timedelta(days=n)) for n in range(5)
    )
    a_match("Later", "Still", kickoff=timezone.now() + timedelta(days=1))
    finish(done, 1, 0)
    for step in (score_match, calculate_stats, write_roundup):
        step(done.pk)
    finish(on_its_way, 1, 0)
    change_match(void.pk, {"status": "cancelled"}, by="a test", reason="snow")
    for step in (score_match, calculate_stats, write_roundup):
        step(void.pk)
    change_match(unknown.pk, {"status": "finished"}, by="a test")

    def found(choice: Choice) -> list[Match]:
        return [row.match for row in board(choice, timezone.now()).rows]

    assert found(Choice()) == [unknown, open_one, void, on_its_way, done]
    assert found(Choice(state=State.WITHOUT_RESULT)) == [open_one]
    assert found(Choice(state=State.ON_ITS_WAY)) == [unknown, on_its_way]
    assert found(Choice(state=State.ATTENTION)) == [unknown]
    assert found(Choice(state=State.VOID)) == [void]
    assert found(Choice(state=State.DONE)) == [done]
    assert found(Choice(day=on_its_way.date)) == [on_its_way]
    assert found(Choice(season=a_season("Other 2026").pk)) == []


def test_pages_follow_each_other_without_a_gap_though_matches_come_in_above() -> None:
    matches = [a_match(f"Home {n}", f"Away {n}", kickoff=KICKOFF) for n in range(ROWS + 2)]
    first = board(Choice(), NOW)
    assert first.older is not None
    a_match("New", "One", kickoff=KICKOFF + timedelta(hours=1))
    second = board(Choice(before=first.older), NOW)
    assert [row.match for row in (*first.rows, *second.rows)] == matches[::-1]
    assert second.older is None


def test_it_asks_as_often_for_many_rows_as_for_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            board(Choice(), timezone.now())
        return len(captured)

    first = a_played_match()
    for step in (score_match, calculate_stats, write_roundup):
        step(first.pk)
    one = queries()
    for number in range(3):
        match = a_match(f"Home {number}", f"Away {number}")
        finish(match, 1, 0)
        for step in (score_match, calculate_stats, write_roundup):
            step(match.pk)
    assert (queries(), one) == (one, 4)


def test_an_open_row_carries_the_whole_chain() -> None:
    match = a_played_match()
    assert only().trace is None
    trace = only(Choice(open=(match.pk,))).trace
    assert trace is not None
    assert trace.sections[0].title == "Result"
