"""Reports are there when their round is over, true whenever they are public, and written again when they are not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.db import transaction
from django_q.models import OrmQ, Schedule

import pytest
from pytest_django import DjangoAssertNumQueries

from content.catching_up import catch_up
from content.models import EditorialPolicy, Report, ReportPin, ReportProgress, ReportVersion
from content.reports import services
from content.reports.collect import collect_round
from content.reports.facts import RoundFacts
from content.reports.ordering import Subject, order
from content.reports.writer import ReportArticle, TemplateReportWriter
from content.services import write_roundup
from content.tasks import write_round_report, write_season_report
from scoring.models import Match, MatchProgress
from scoring.services import change_match, create_match, rename, score_match
from stats.models import MatchStats
from stats.services import calculate_stats
from tests.content.reports.conftest import a_round
from tests.factories import KICKOFF, a_match, a_model, finish, predictions
from tests.queue import run_queue, waiting

pytestmark = pytest.mark.django_db

Rounds = list[list[Match]]


def public() -> list[str]:
    return list(Report.objects.public().on_rounds().order_by("until").values_list("round", flat=True))


def report(name: str = "Matchday 1") -> Report:
    return Report.objects.get(round=name)


def versions(name: str) -> int:
    return ReportVersion.objects.filter(report__round=name).count()


def ordered() -> list[tuple[str, tuple[object, ...]]]:
    return [task for task in waiting() if "report" in task[0]]


def test_a_round_has_its_report_when_its_last_match_is_settled_and_not_before() -> None:
    first, second = a_round(1)
    finish(first, 2, 1)
    run_queue()
    assert public() == []
    finish(second, 0, 0)
    ran = run_queue()
    assert [task.result for task in ran if "report" in task.func] == [
        f"write_round_report:{first.season_id}:Matchday 1: report published"
    ]
    assert (public(), versions("Matchday 1")) == (["Matchday 1"], 1)
    facts = RoundFacts.from_json(report().facts)
    assert [(match.home, match.score, match.right) for match in facts.matches] == [
        ("Home 10", (2, 1), 1),
        ("Home 11", (0, 0), 1),
    ]
    assert [(taken.model, taken.points) for taken in facts.takings] == [("Ant", 7), ("Bee", 7), ("Cat", 0)]
    assert facts.hash() == report().facts_hash


def test_the_report_is_ordered_in_the_transaction_that_ends_the_last_roundup(season: Rounds) -> None:
    Report.objects.all().delete()
    match = season[0][0]
    with patch("content.reports.ordering.async_task", side_effect=RuntimeError("the queue is gone")):
        finish(match, 3, 1)
        score_match(match.pk)
        calculate_stats(match.pk)
        with pytest.raises(RuntimeError, match="the queue is gone"):
            write_roundup(match.pk)
    assert MatchProgress.objects.get(match=match).step == "content.tasks.write_roundup"
    run_queue()
    assert "Matchday 1" in public()


def test_one_task_is_queued_for_a_round_however_often_it_is_due(season: Rounds) -> None:
    subject = Subject(season[0][0].season_id, "Matchday 1")
    with transaction.atomic():
        assert (order(subject), order(subject)) == (True, False)
    assert ordered() == [("content.tasks.write_round_report", (subject.season_id, "Matchday 1"))]
    run_queue()
    assert versions("Matchday 1") == 1
    with transaction.atomic():
        assert order(subject)


def test_a_correction_hides_the_report_on_its_round_and_on_every_later_one_and_they_are_written_again(
    season: Rounds,
) -> None:
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]
    finish(season[1][0], 1, 1)
    assert public() == ["Matchday 1"]
    run_queue()
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]
    assert [versions(f"Matchday {number}") for number in (1, 2, 3)] == [1, 2, 2]
    assert "was corrected: it was 2–1 before." in report("Matchday 2").text


def test_a_match_that_does_not_count_is_named_and_one_that_counts_again_is_back(season: Rounds) -> None:
    match = season[0][1]
    change_match(match.pk, {"status": "abandoned"}, by="a test", reason="fog")
    assert public() == []
    run_queue()
    assert "Home 11 – Away 11 is void: it was abandoned." in report().text
    change_match(match.pk, {"status": "finished"}, by="a test", reason="no fog")
    run_queue()
    assert "is void" not in report().text
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]


def test_a_postponed_match_is_not_waited_for_and_the_report_is_written_again_when_it_is_played() -> None:
    first, second = a_round(1)
    finish(first, 2, 1)
    change_match(second.pk, {"status": "postponed"}, by="a test")
    run_queue()
    assert "Still to be played: Home 11 – Away 11." in report().text
    assert "Not complete: 1 of 2 matches are in these numbers." in report().text
    finish(second, 0, 0)
    assert public() == []
    run_queue()
    assert (public(), "Still to be played" in report().text) == (["Matchday 1"], False)


def test_a_match_put_off_until_the_next_round_has_begun_is_not_waited_for() -> None:
    (first, second), (other, _) = a_round(1), a_round(2)
    finish(first, 2, 1)
    run_queue()
    assert public() == []
    change_match(second.pk, {"kickoff": other.kickoff + timedelta(days=3)}, by="a test")
    catch_up()
    run_queue()
    assert public() == ["Matchday 1"]


def test_a_match_that_joins_or_leaves_a_round_hides_its_report(season: Rounds) -> None:
    moved = season[0][1]
    change_match(moved.pk, {"round": "Matchday 2"}, by="a test")
    assert public() == []
    run_queue()
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]
    assert [len(report(f"Matchday {number}").facts["matches"]) for number in (1, 2)] == [1, 3]
    new = {"home": moved.home, "away": season[2][0].away, "round": "Matchday 3", "date": KICKOFF.date()}
    create_match(moved.season, {**new, "kickoff": KICKOFF + timedelta(weeks=9)}, by="a test")
    assert public() == ["Matchday 1", "Matchday 2"]


def test_a_report_is_not_public_while_an_earlier_match_is_on_its_way(season: Rounds) -> None:
    early = a_match("New", "Newer", kickoff=KICKOFF - timedelta(days=1), round="")
    finish(early, 1, 0)
    assert public() == []
    run_queue()
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]


def test_a_report_on_matches_still_to_play_does_not_outlive_a_new_name_of_a_team() -> None:
    first, second = a_round(1)
    Match.objects.filter(pk=second.pk).update(status="postponed", kickoff=KICKOFF + timedelta(days=9999))
    finish(first, 2, 1)
    run_queue()
    assert public() == ["Matchday 1"]
    rename(second.home, "Homer", by="a test", reason="it moved")
    assert public() == []
    catch_up(everything=True)
    run_queue()
    assert "Still to be played: Homer – Away 11." in report().text


def test_a_round_without_a_name_has_no_report() -> None:
    finish(a_match(round=""), 1, 0)
    run_queue()
    assert list(Report.objects.all()) == []


@contextmanager
def interfering(act: Callable[[], object]) -> Iterator[None]:
    """While the writer writes, something else happens."""

    class Writer:
        def write(self, facts: RoundFacts) -> ReportArticle:
            act()
            return TemplateReportWriter().write(facts)

    with patch("content.reports.services.default_writer", return_value=Writer()):
        yield


def test_what_was_written_while_a_match_changed_is_not_saved_and_comes_again(season: Rounds) -> None:
    match = season[0][0]
    Report.objects.filter(round="Matchday 1").delete()
    with interfering(lambda: finish(match, 4, 0)):
        said = write_round_report(match.season_id, "Matchday 1")
    assert said.endswith("not saved, a match of the round changed meanwhile")
    assert "Matchday 1" not in public()
    run_queue()
    assert report().facts["matches"][0]["score"] == [4, 0]
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]


def test_a_report_that_waits_for_a_count_comes_again_by_itself(season: Rounds) -> None:
    match = season[0][0]
    finish(match, 4, 0)
    OrmQ.objects.all().delete()
    said = write_round_report(match.season_id, "Matchday 1")
    assert said.endswith("not written yet, a result of the season is still being settled or counted")
    progress = ReportProgress.objects.get(round="Matchday 1")
    assert (progress.attempts, progress.error) == (1, "")
    assert Schedule.objects.get(name=progress.name).next_run == progress.next_try


def test_a_report_that_fails_says_why_and_comes_again_after_a_growing_pause(season: Rounds) -> None:
    subject = Subject(season[0][0].season_id, "Matchday 1")
    Report.objects.filter(round="Matchday 1").delete()
    pauses = []
    with patch("content.reports.services.default_writer", side_effect=RuntimeError("no ink")):
        for _ in range(3):
            with pytest.raises(RuntimeError, match="no ink"):
                write_round_report(subject.season_id, subject.round)
            progress = ReportProgress.objects.failing().get()
            assert progress.next_try is not None
            pauses.append(round((progress.next_try - progress.changed_at).total_seconds()))
    assert (pauses, progress.error, progress.attempts) == ([10, 30, 60], "RuntimeError: no ink", 3)
    assert Schedule.objects.filter(name=subject.name).count() == 1
    run_queue()
    progress.refresh_from_db()
    assert (progress.error, progress.attempts, progress.queued_at) == ("", 0, None)
    assert "Matchday 1" in public()


def test_writing_twice_is_writing_once_and_the_pins_move_with_the_table(season: Rounds) -> None:
    match = season[2][0]
    change_match(season[0][0].pk, {"venue": "Elsewhere"}, by="a test")
    run_queue()
    assert [versions(f"Matchday {number}") for number in (1, 2, 3)] == [1, 1, 1]
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]
    pin = ReportPin.objects.get(match=match)
    assert pin.stats_version == MatchStats.objects.get(match=match).version
    assert write_round_report(match.season_id, "Matchday 3").endswith("its report is current already")


def test_a_competition_with_a_policy_sees_its_reports_first() -> None:
    first, second = a_round(1)
    EditorialPolicy.objects.create(competition=first.season.competition, review_first=True)
    finish(first, 2, 1)
    finish(second, 0, 0)
    run_queue()
    assert (report().status, report().published_at, public()) == ("review", None, [])


def test_a_lost_task_is_found_and_what_is_queued_is_left_alone(season: Rounds) -> None:
    Report.objects.filter(round="Matchday 2").delete()
    ReportProgress.objects.update(queued_at=KICKOFF)
    assert catch_up().reports == 1
    assert ordered() == [("content.tasks.write_round_report", (season[0][0].season_id, "Matchday 2"))]
    assert catch_up().reports == 0
    run_queue()
    assert public() == ["Matchday 1", "Matchday 2", "Matchday 3"]
    assert str(catch_up()) == "6 compared, 0 restarted"


def test_a_report_on_a_season_is_written_on_demand_and_kept_true_from_then_on(season: Rounds) -> None:
    match, model = season[1][0], a_model("Ant")
    said = write_season_report(match.season_id, model.pk)
    assert said == f"write_season_report:{match.season_id}:{model.pk}: report published"
    on_season = Report.objects.on_seasons().public()
    assert on_season.get().facts["total"]["points"] == 21
    finish(match, 0, 3)
    assert not on_season.exists()
    run_queue()
    assert on_season.get().facts["total"]["points"] == 14
    assert on_season.get().versions.count() == 2


def test_a_model_without_a_counted_prediction_has_no_report(season: Rounds) -> None:
    said = write_season_report(season[0][0].season_id, a_model("Nobody").pk)
    assert said.endswith("no report, none of its predictions counts in this season")
    assert not Report.objects.on_seasons().exists()


def test_two_rounds_of_one_address_get_two(season: Rounds) -> None:
    finish(a_match("New", "Newer", kickoff=KICKOFF + timedelta(weeks=5), round="Matchday: 1"), 1, 0)
    run_queue()
    assert (report().slug, report("Matchday: 1").slug) == ("matchday-1", "matchday-1-2")
    assert services.write_round_report(season[0][0].season_id, "Matchday: 1").published


def test_facts_need_the_same_queries_whatever_the_round(
    season: Rounds, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    season_id = season[0][0].season_id
    large = a_round(4, matches=4)
    for match in large:
        predictions(match, {f"Model {number}": (1, 0) for number in range(9)})
        finish(match, 1, 0)
    run_queue()
    for name in ("Matchday 1", "Matchday 4"):
        with django_assert_num_queries(17):
            collect_round(season_id, name)
