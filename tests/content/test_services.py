"""Writing roundups: once for a state of the facts, saved only while they hold, hidden as soon as they don't."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ, Schedule

import pytest

from content import editing, services, tasks
from content.collect import NotYetError, collect_facts
from content.editing import Draft
from content.facts import MatchFacts
from content.models import Roundup, RoundupRevision
from content.ordering import order_again
from content.render import lines_above
from content.writers import Article, TemplateWriter, default_writer
from scoring.models import Match, MatchProgress
from scoring.rules import Goals
from scoring.services import Result, change_match, record_result, score_match
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, finish, predictions

pytestmark = pytest.mark.django_db

TIPS = {"A": (2, 1), "B": (1, 1), "C": (0, 1)}


def played(day: int = 1, home: int = 2, away: int = 1) -> Match:
    """A match that ended, scored and counted."""
    match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day))
    predictions(match, TIPS)
    finish(match, home, away)
    settle(match)
    return match


def settle(match: Match) -> None:
    score_match(match.pk)
    calculate_stats(match.pk)


def public() -> list[int]:
    return list(Roundup.objects.public().order_by("match").values_list("match", flat=True))


def test_a_roundup_is_published_with_its_facts_and_the_step_is_done() -> None:
    match = played()
    assert Schedule.objects.count() == 1
    assert str(services.write_roundup(match.pk)) == "Home 1 – Wales, 2026-06-12: roundup published"
    roundup = Roundup.objects.get()
    assert roundup.headline == TemplateWriter().write(collect_facts(match.pk).facts).headline
    assert (roundup.revision, roundup.stats_version, roundup.writer) == (2, 1, "template")
    assert roundup.facts_hash == collect_facts(match.pk).facts.hash()
    assert roundup.facts["counted"] == [2, 1]
    assert public() == [match.pk]
    assert MatchProgress.objects.get().step == ""
    assert not Schedule.objects.exists()


def test_writing_twice_is_writing_once() -> None:
    match = played()
    services.write_roundup(match.pk)
    before = list(Roundup.objects.values())
    assert services.write_roundup(match.pk).outcome == "its roundup is current already"
    assert list(Roundup.objects.values()) == before
    assert RoundupRevision.objects.count() == 1


def test_a_correction_hides_the_roundup_at_once_and_the_new_one_says_so() -> None:
    match = played()
    services.write_roundup(match.pk)
    finish(match, 1, 1)
    assert public() == []
    score_match(match.pk)
    assert public() == []
    assert services.write_roundup(match.pk).published is False
    calculate_stats(match.pk)
    assert public() == []
    services.write_roundup(match.pk)
    assert public() == [match.pk]
    (line,) = lines_above(Roundup.objects.get())
    assert line.startswith("Corrected on ")
    assert line.endswith(": this match had been scored as 2–1; everything below follows from 1–1.")
    assert RoundupRevision.objects.count() == 2


def test_a_correction_hides_the_later_roundups_of_the_season_until_they_are_looked_at() -> None:
    first, second = played(1), played(2)
    for match in (first, second):
        services.write_roundup(match.pk)
    finish(first, 1, 1)
    settle(first)
    assert public() == []
    assert tasks.write_season_roundups(first.season_id) == "1 roundups looked at, 0 left"
    assert public() == [second.pk]  # the first waits for its own 30 seconds
    services.write_roundup(first.pk)
    assert public() == [first.pk, second.pk]
    assert RoundupRevision.objects.filter(roundup__match=second).count() == 2


def test_a_later_roundup_whose_facts_are_the_same_keeps_its_text() -> None:
    first, second = played(1), played(2)
    for match in (first, second):
        services.write_roundup(match.pk)
    change_match(first.pk, {"venue": "Elsewhere"}, by="a test")
    settle(first)
    assert public() == []
    assert services.write_roundup(second.pk).outcome == "its roundup still holds"
    assert public() == [second.pk]
    assert RoundupRevision.objects.filter(roundup__match=second).count() == 1


def test_a_newer_match_leaves_older_roundups_public() -> None:
    first = played(1)
    services.write_roundup(first.pk)
    played(2)
    assert public() == [first.pk]


def test_an_earlier_match_that_is_scored_and_not_counted_makes_the_table_wait() -> None:
    first, second = played(1), played(2)
    finish(first, 1, 1)
    score_match(first.pk)
    with pytest.raises(NotYetError):
        collect_facts(second.pk)
    Schedule.objects.all().delete()
    assert services.write_roundup(second.pk).outcome == (
        "not written yet, an earlier match of the season is still being counted"
    )
    assert Schedule.objects.get().name == f"write_roundup:{second.pk}"
    calculate_stats(first.pk)
    assert services.write_roundup(second.pk).published


@pytest.mark.parametrize("step", ["the match", "the table"])
def test_what_changed_while_the_writer_wrote_is_not_saved(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = played(1), played(2)

    class SlowWriter:
        def write(self, facts: MatchFacts) -> Article:
            finish(second if step == "the match" else first, 0, 0)
            if step == "the table":
                settle(first)
            return Article("Old news", "Old news.", "slow")

    monkeypatch.setattr(services, "default_writer", SlowWriter)
    assert services.write_roundup(second.pk).outcome == "not saved, the match or the table changed meanwhile"
    assert not Roundup.objects.exists()


def test_a_void_match_loses_its_roundup_with_a_note_and_gets_it_back() -> None:
    match = played()
    services.write_roundup(match.pk)
    change_match(match.pk, {"status": "abandoned"}, by="a test")
    settle(match)
    assert services.write_roundup(match.pk).outcome == "its roundup was taken down, abandoned, so void"
    roundup = Roundup.objects.get()
    assert (roundup.status, roundup.match_is_void) == ("published", "abandoned, so void")
    assert services.write_roundup(match.pk).outcome == "its roundup is down, abandoned, so void"
    assert (public(), MatchProgress.objects.get().step) == ([], "")
    change_match(match.pk, {"status": "finished"}, by="a test")
    settle(match)
    services.write_roundup(match.pk)
    assert public() == [match.pk]


def test_a_match_that_never_counted_has_no_roundup_and_is_done() -> None:
    match = a_match()
    change_match(match.pk, {"status": "cancelled"}, by="a test")
    settle(match)
    assert services.write_roundup(match.pk).outcome == "no roundup, cancelled, so void"
    assert not Roundup.objects.exists()
    assert MatchProgress.objects.get().step == ""


def test_matches_of_the_same_moment_are_not_in_each_others_tables() -> None:
    first = played(1)
    twin = a_match(home="Twin", kickoff=first.kickoff)
    predictions(twin, {"D": (2, 1)})
    finish(twin, 2, 1)
    settle(twin)
    assert [line.model for line in collect_facts(first.pk).facts.after] == ["A", "B", "C"]
    assert [line.model for line in collect_facts(twin.pk).facts.after] == ["D"]


def test_facts_are_collected_in_a_fixed_number_of_queries() -> None:
    counts = set()
    for size in (1, 3, 60):
        match = a_match(home=f"Field of {size}", kickoff=KICKOFF + timedelta(days=size))
        predictions(match, {f"Model {n}": (n % 4, n % 3) for n in range(size)})
        finish(match, 2, 1)
        settle(match)
        with CaptureQueriesContext(connection) as context:
            collect_facts(match.pk)
        counts.add(len(context))
    assert len(counts) == 1


def ordered() -> Match:
    """A match whose roundup was written, and is to be written again."""
    match = played()
    services.write_roundup(match.pk)
    order_again([match.pk])
    return match


def test_written_again_once_for_each_time_it_was_ordered() -> None:
    match = ordered()
    assert tasks.write_roundup(match.pk) == "Home 1 – Wales, 2026-06-12: roundup published"
    assert tasks.write_roundup(match.pk) == "Home 1 – Wales, 2026-06-12: its roundup is current already"
    assert list(RoundupRevision.objects.order_by("number").values_list("reason", flat=True)) == ["", "written again"]
    order_again([match.pk])
    tasks.write_roundup(match.pk)
    assert RoundupRevision.objects.count() == 3


def test_two_workers_at_one_order_write_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    match = ordered()
    order_again([match.pk])
    writer, told = default_writer(), []

    class Slow:
        def write(self, facts: MatchFacts) -> Article:
            monkeypatch.undo()
            told.append(tasks.write_roundup(match.pk))
            return writer.write(facts)

    monkeypatch.setattr(services, "default_writer", Slow)
    told.append(tasks.write_roundup(match.pk))
    assert [line.partition(": ")[2] for line in told] == ["roundup published", "its roundup still holds"]
    assert RoundupRevision.objects.count() == 2


def test_an_order_that_comes_while_the_text_is_written_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    match = played()
    services.write_roundup(match.pk)
    Roundup.objects.update(stats_version=0, facts_hash="0" * 64)
    writer = default_writer()

    class Slow:
        def write(self, facts: MatchFacts) -> Article:
            order_again([match.pk])
            return writer.write(facts)

    monkeypatch.setattr(services, "default_writer", Slow)
    tasks.write_roundup(match.pk)
    assert RoundupRevision.objects.count() == 2
    assert MatchProgress.objects.get().ordered_at is None


def test_a_season_task_fulfils_an_order_that_was_lost() -> None:
    match = ordered()
    OrmQ.objects.all().delete()
    assert tasks.write_season_roundups(match.season_id) == "1 roundups looked at, 0 left"
    assert RoundupRevision.objects.count() == 2
    assert MatchProgress.objects.get().ordered_at is None


def test_an_order_outlives_a_table_that_moves() -> None:
    first, second = played(1), played(2)
    for match in (first, second):
        services.write_roundup(match.pk)
    order_again([second.pk])
    finish(first, 0, 0)
    score_match(first.pk)
    assert tasks.write_roundup(second.pk).endswith("an earlier match of the season is still being counted")
    finish(first, 2, 1)
    settle(first)
    assert tasks.write_roundup(second.pk).endswith("roundup published")
    assert RoundupRevision.objects.filter(roundup__match=second, reason="written again").count() == 1


def test_an_order_that_came_with_its_task_is_fulfilled_once() -> None:
    match = played()
    services.write_roundup(match.pk)
    ordered_at = timezone.now().isoformat()
    assert tasks.write_again(match.pk, ordered_at) == "Home 1 – Wales, 2026-06-12: roundup published"
    assert tasks.write_again(match.pk, ordered_at) == "Home 1 – Wales, 2026-06-12: its roundup is current already"
    assert RoundupRevision.objects.count() == 2


def test_an_edit_after_the_order_does_not_swallow_the_new_version() -> None:
    match = ordered()
    roundup = Roundup.objects.get()
    editing.edit(roundup.pk, Draft("What I saw", "My own words."), by="ed", reason="", seen_version=1)
    again = "Home 1 – Wales, 2026-06-12: a new version waits beside the edited text"
    assert tasks.write_roundup(match.pk) == again
    assert tasks.write_roundup(match.pk) == "Home 1 – Wales, 2026-06-12: its roundup is current already"


def test_what_takes_too_long_keeps_no_other_of_its_season_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = played(1), played(2), played(3)
    for match in (first, second, third):
        services.write_roundup(match.pk)
    finish(first, 0, 0)
    settle(first)
    services.write_roundup(first.pk)
    Schedule.objects.all().delete()

    def hangs(match_id: int) -> object:
        if match_id == second.pk:
            raise TimeoutException("too long")
        return collect_facts(match_id)

    monkeypatch.setattr(services, "collect_facts", hangs)
    with pytest.raises(TimeoutException):
        tasks.write_season_roundups(first.season_id)
    assert set(Schedule.objects.values_list("name", flat=True)) == {
        f"write_roundup:{second.pk}",
        f"write_season_roundups:{first.season_id}",
    }
    progress = MatchProgress.objects.get(match=second)
    assert (progress.step, progress.attempts, progress.error) == (services.STEP, 1, "TimeoutException: too long")
    MatchProgress.objects.filter(match=second).update(next_try=KICKOFF)
    Schedule.objects.all().delete()
    with pytest.raises(TimeoutException):
        tasks.write_season_roundups(first.season_id)
    assert public() == [first.pk, third.pk]


def test_a_match_that_is_not_ready_waits_longer_each_time_and_says_why_at_last() -> None:
    first, second = played(1), played(2)
    finish(first, 0, 0)
    score_match(first.pk)
    pauses = []
    for attempt in range(1, 7):
        assert not MatchProgress.objects.get(match=second).error
        tasks.write_roundup(second.pk)
        progress = MatchProgress.objects.get(match=second)
        assert progress.attempts == attempt
        pauses.append(
            round((Schedule.objects.get(name=f"write_roundup:{second.pk}").next_run - progress.changed_at).seconds)
        )
    assert pauses == [30, 30, 60, 300, 300, 300]
    assert progress.error == "it still waits, an earlier match of the season is still being counted"
    calculate_stats(first.pk)
    tasks.write_roundup(second.pk)
    progress.refresh_from_db()
    assert (progress.step, progress.attempts, progress.error) == ("", 0, "")


def test_a_season_that_takes_too_long_goes_on_later(monkeypatch: pytest.MonkeyPatch) -> None:
    match = played()
    Schedule.objects.all().delete()
    monkeypatch.setattr(tasks, "TIME_FOR_A_SEASON", -1.0)
    assert tasks.write_season_roundups(match.season_id) == "0 roundups looked at, 1 left"
    assert Schedule.objects.filter(name=f"write_season_roundups:{match.season_id}").count() == 1


def test_an_error_of_the_writer_is_kept_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    match = played()

    def broken() -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr(services, "default_writer", broken)
    with pytest.raises(RuntimeError, match="no ink"):
        tasks.write_roundup(match.pk)
    progress = MatchProgress.objects.get()
    assert (progress.step, progress.attempts, progress.error) == (services.STEP, 1, "RuntimeError: no ink")
    assert OrmQ.objects.count() == 2


def test_one_roundup_that_fails_keeps_no_other_of_its_season_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = played(1), played(2), played(3)
    for match in (first, second, third):
        services.write_roundup(match.pk)
    finish(first, 0, 0)
    settle(first)

    def broken(match_id: int) -> object:
        if match_id == second.pk:
            raise RuntimeError("no ink")
        return collect_facts(match_id)

    monkeypatch.setattr(services, "collect_facts", broken)
    with pytest.raises(services.SeasonError, match=f"match {second.pk}: RuntimeError: no ink"):
        tasks.write_season_roundups(first.season_id)
    assert public() == [third.pk]
    progress = MatchProgress.objects.get(match=second)
    assert (progress.step, progress.error) == (services.STEP, "RuntimeError: no ink")
    monkeypatch.undo()
    services.write_roundup(second.pk)
    assert public() == [second.pk, third.pk]


def test_void_matches_of_a_season_task_lose_their_roundups() -> None:
    match = played()
    services.write_roundup(match.pk)
    change_match(match.pk, {"status": "cancelled"}, by="a test")
    settle(match)
    Schedule.objects.all().delete()
    assert tasks.write_season_roundups(match.season_id) == "1 roundups looked at, 0 left"
    assert Roundup.objects.get().match_is_void == "cancelled, so void"


def test_an_earlier_match_that_moved_and_is_not_counted_yet_makes_the_table_wait() -> None:
    first, second = played(1), played(2)
    change_match(second.pk, {"kickoff": KICKOFF}, by="a test")
    with pytest.raises(NotYetError):
        collect_facts(first.pk)


def test_a_corrected_shoot_out_is_told_though_the_score_that_counts_is_the_same() -> None:
    match = played(1, 1, 1)
    record_result(match.pk, Result(extra_time=Goals(1, 1), shootout=Goals(4, 2)), by="a test")
    record_result(match.pk, Result(shootout=Goals(2, 4)), by="a test")
    settle(match)
    services.write_roundup(match.pk)
    roundup = Roundup.objects.get()
    assert [line.partition(" UTC: ")[2] for line in lines_above(roundup)] == ["the shoot-out had been given as 4–2."]
    assert ("Wales win" in roundup.headline, "4–2" in roundup.headline) == (True, True)
    assert "4–2" in roundup.text.partition("\n\n")[0]
