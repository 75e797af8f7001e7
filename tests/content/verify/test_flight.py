"""What is on its way is counted, and not taken for damage; nothing may be on its way once all is finished."""

from datetime import timedelta

from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

import pytest

from content.services import write_roundup
from content.verify import Checked, Report, verify
from scoring import flight
from scoring.models import Match, MatchProgress, Score
from scoring.rules import Goals
from scoring.services import change_match, record_result, score_match
from scoring.services.results import Result
from stats.services import calculate_stats
from tests.content.verify.season import Played
from tests.factories import finish

pytestmark = pytest.mark.django_db

FINISHED = "nothing is in flight"


def found(report: Report, name: str) -> Checked:
    return next(check for check in report.checks if check.name == name)


def standing() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What fails while things may be on their way, what fails once they may not, and what is on its way."""
    live = verify(facts=True)
    return live.failed, verify(finished=True).failed, found(live, "in flight").lines


def test_a_new_result_may_be_on_its_way_at_every_step(played: Played) -> None:
    match = played.to_come
    finish(match, 2, 1)
    assert standing() == ((), (FINISHED,), ("1 × scoring.tasks.score_match",))
    score_match(match.pk)
    assert standing() == ((), (FINISHED,), ("1 × stats.tasks.calculate_stats",))
    calculate_stats(match.pk)
    assert standing() == ((), (FINISHED,), ("1 × content.tasks.write_roundup",))
    write_roundup(match.pk)
    assert standing() == ((), (), ())


def test_a_correction_may_be_on_its_way_at_every_step(played: Played) -> None:
    match = played.plain
    record_result(match.pk, Result(full_time=Goals(0, 3)), by="a person", reason="the other way round")
    assert standing() == ((), (FINISHED,), ("1 × scoring.tasks.score_match",))
    score_match(match.pk)
    assert standing() == ((), (FINISHED,), ("1 × stats.tasks.calculate_stats",))
    calculate_stats(match.pk)
    assert standing() == ((), (FINISHED,), ("1 × content.tasks.write_roundup",))
    write_roundup(match.pk)
    assert standing() == ((), (), ())


def test_a_result_may_be_corrected_before_the_last_one_was_counted(played: Played) -> None:
    match = played.plain
    record_result(match.pk, Result(full_time=Goals(0, 3)), by="a person", reason="the other way round")
    score_match(match.pk)
    record_result(match.pk, Result(full_time=Goals(0, 4)), by="a person", reason="another one")
    assert standing() == ((), (FINISHED,), ("1 × scoring.tasks.score_match",))


def test_a_match_that_moved_changes_streaks_before_it_is_counted_anew(played: Played) -> None:
    match = played.corrected
    change_match(match.pk, {"kickoff": match.kickoff + timedelta(days=3, hours=2)}, by="a person", reason="rain")
    assert standing() == ((), (FINISHED,), ("1 × scoring.tasks.score_match",))


def test_in_a_queue_too_long_to_be_opened_nothing_counts_as_lost(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(played.to_come, 2, 1)
    MatchProgress.objects.filter(match=played.to_come).update(next_try=timezone.now() - timedelta(days=1))
    assert verify().failed == ()
    OrmQ.objects.all().delete()
    assert verify().failed == ("nothing is lost",)
    async_task("content.tasks.catch_up")
    monkeypatch.setattr(flight, "MOST_ROWS", 0)
    assert verify().failed == ()


def test_roundups_of_later_matches_wait_for_the_task_of_their_season(played: Played) -> None:
    match = played.corrected
    change_match(match.pk, {"status": Match.Status.ABANDONED}, by="a person", reason="a protest")
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)
    assert standing() == ((), (FINISHED,), (f"season {match.season_id}: a task for it is queued or scheduled",))
    report = verify()
    assert found(report, "roundups are of the present revision and table").in_flight == 3


def test_the_rows_on_their_way_are_counted(played: Played) -> None:
    finish(played.to_come, 2, 1)
    missing = found(verify(), "every match that counts has a settlement of its revision")
    assert (missing.looked_at, missing.offending, missing.in_flight) == (6, 0, 1)


def test_a_match_whose_progress_says_nothing_is_named(played: Played) -> None:
    MatchProgress.objects.filter(match=played.plain).delete()
    assert found(verify(), "in flight").lines == ("1 × not begun for its revision",)


def test_damage_is_found_beside_what_is_on_its_way(played: Played) -> None:
    finish(played.to_come, 2, 1)
    Score.objects.filter(match=played.other, model__name="Ant").update(timing=Score.Timing.IN_TIME)
    assert verify().failed == (
        "scores say rightly whether their prediction counts",
        "public roundups tell the goals, quotas and points that hold",
    )


def test_rows_that_no_worker_can_run_are_told_and_no_failure(played: Played) -> None:
    async_task("content.tasks.write_poem", 1)
    OrmQ.objects.create(key="fulltime", payload="written under another key", lock=timezone.now())
    report = verify(finished=True)
    rows = found(report, "queue rows that can't be run")
    known, other = OrmQ.objects.order_by("pk").values_list("pk", flat=True)
    assert report.ok
    assert rows.lines == (
        f"queue row {known}: there is no content.tasks.write_poem",
        f"queue row {other}: it can't be read with this SECRET_KEY",
    )
