"""run_stats: what is behind is brought up to date, in this process or by the queue, and can be derived again."""

import io
from datetime import timedelta

from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import OrmQ, Schedule

import pytest

from scoring.models import Match, MatchProgress, Score, Settlement
from scoring.services import change_match
from stats.models import MatchStats, ModelStats
from stats.rebuild import rebuild_season
from tests.factories import KICKOFF, a_match, a_season, finish, predictions

pytestmark = pytest.mark.django_db


def run(*args: str) -> list[str]:
    out = io.StringIO()
    call_command("run_stats", *args, stdout=out)
    return [line.strip() for line in out.getvalue().splitlines()]


def played(day: int, season: str = "World Cup 2026") -> Match:
    match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day), season=a_season(season))
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    finish(match, 2, 1)
    return match


def test_everything_behind_is_scored_counted_and_its_roundup_scheduled() -> None:
    first, second = played(1), played(2)
    a_match(home="Not yet")
    assert run() == [
        "2 matches scored, 2 counted.",
        "World Cup 2026: 2 matches counted, version 1",
        "2 roundups scheduled.",
    ]
    assert Score.objects.count() == 4
    assert set(Schedule.objects.values_list("name", flat=True)) == {
        f"write_roundup:{first.pk}",
        f"write_roundup:{second.pk}",
    }
    assert run()[0] == "0 matches scored, 0 counted."


def test_matches_are_settled_in_kickoff_order() -> None:
    second, first = played(2), played(1)
    run()
    assert list(Settlement.objects.order_by("id").values_list("match", flat=True)) == [first.pk, second.pk]


def test_one_match_or_one_season() -> None:
    first, _, other = played(1), played(2), played(3, "League 2025/26")
    run(str(first.pk))
    assert list(MatchStats.objects.values_list("match", flat=True)) == [first.pk]
    run("--season", "League 2025/26")
    assert set(MatchStats.objects.values_list("match", flat=True)) == {first.pk, other.pk}


def test_a_match_by_its_teams_and_date() -> None:
    match = played(1)
    run("Home 1 - Wales", "--date", "2026-06-12")
    assert list(MatchStats.objects.values_list("match", flat=True)) == [match.pk]


def test_no_roundups() -> None:
    played(1)
    assert run("--no-roundups")[-1] == "Waiting for write_roundups: 1 roundup."
    assert not Schedule.objects.exists()


def test_the_queue_gets_what_is_not_in_flight_already() -> None:
    played(1)
    assert run("--queue") == ["0 matches handed to the queue; queued already: 1."]
    MatchProgress.objects.update(queued_at=None)
    OrmQ.objects.all().delete()
    assert run("--queue") == ["1 match handed to the queue."]
    assert OrmQ.objects.count() == 1
    assert not Score.objects.exists()


def test_a_match_whose_pipeline_never_began_is_found() -> None:
    match = played(1)
    MatchProgress.objects.all().delete()
    run()
    assert MatchStats.objects.get().match_id == match.pk


def test_a_finished_match_without_full_time_goals_is_named() -> None:
    match = a_match()
    change_match(match.pk, {"status": "finished"}, by="a test")
    assert run() == [
        "0 matches scored, 0 counted. Not counting (void, or not known): 1.",
        "World Cup 2026: counted already, version 0",
        "Mexico – Wales, 2026-06-11 (World Cup 2026): finished, but the full-time score is not known; "
        "it can't be scored",
        "No roundups are due.",
    ]


def test_a_match_that_no_longer_counts_is_taken_out() -> None:
    match = played(1)
    run()
    change_match(match.pk, {"status": "abandoned"}, by="a test")
    assert run()[:2] == [
        "0 matches scored, 0 counted, 1 taken out. Not counting (void, or not known): 1.",
        "World Cup 2026: 1 match taken out, version 2",
    ]


def test_a_rebuild_of_sound_rows_changes_none() -> None:
    played(1)
    played(2)
    run()
    tables = [Settlement, Score, ModelStats, MatchStats, MatchProgress, Schedule]
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert run("--rebuild")[-1] == "Rebuilt from scratch: 10 rows compared, 0 differed."
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_rebuild_reports_damage_puts_it_right_and_has_the_roundups_looked_at() -> None:
    match = played(1)
    run()
    ModelStats.objects.filter(model__name="A").update(points=99)
    errors = io.StringIO()
    with pytest.raises(CommandError, match="1 rows differed and were put right"):
        call_command("run_stats", "--rebuild", stdout=io.StringIO(), stderr=errors)
    model = ModelStats.objects.get(model__name="A")
    assert errors.getvalue().split(": ", 1)[1].split(",")[0] == f"model stats of model {model.model_id}: was 1"
    assert model.points == 7
    assert Schedule.objects.filter(name=f"write_season_roundups:{match.season_id}").count() == 1
    assert run("--rebuild")[-1] == "Rebuilt from scratch: 6 rows compared, 0 differed."


def test_one_match_that_fails_is_reported_and_the_others_go_on() -> None:
    good, bad = played(1), played(2, "Broken Cup 2026")
    bad.season.competition.rule = "no-such-rule"
    bad.season.competition.save()
    errors = io.StringIO()
    with pytest.raises(CommandError, match="1 failed"):
        call_command("run_stats", stdout=io.StringIO(), stderr=errors)
    assert errors.getvalue().strip() == f"match {bad.pk} could not be scored: KeyError: 'no-such-rule'"
    assert MatchStats.objects.get().match_id == good.pk
    progress = MatchProgress.objects.get(match=bad)
    assert (progress.attempts, progress.error) == (1, "KeyError: 'no-such-rule'")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--season", "Cup"], 'There is no season "Cup". There are: World Cup 2026.'),
        (["--date", "2026-06-12"], '--date says which "Home - Away" is meant: name the match, too.'),
        (["--queue", "--rebuild"], "--queue can't be used with --rebuild or --no-roundups: do those without it."),
    ],
)
def test_bad_arguments(args: list[str], message: str) -> None:
    a_season("World Cup 2026")
    with pytest.raises(CommandError) as error:
        run(*args)
    assert str(error.value) == message


def test_a_rebuild_does_what_only_waits_and_takes_it_for_no_difference() -> None:
    played(1)
    run()
    second = played(2)
    rebuilt = rebuild_season(second.season_id)
    assert rebuilt.differences == ()
    assert set(Schedule.objects.values_list("name", flat=True)) >= {f"write_roundup:{second.pk}"}
    assert list(MatchStats.objects.order_by("kickoff").values_list("version", flat=True)) == [1, 2]


def test_what_is_long_past_its_time_is_queued_again() -> None:
    played(1)
    OrmQ.objects.all().delete()
    MatchProgress.objects.update(next_try=timezone.now() - timedelta(hours=1))
    assert run("--queue") == ["1 match handed to the queue."]
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize("version", [0, 9])
def test_a_rebuild_replaces_versions_in_an_impossible_order(version: int) -> None:
    """They can't be derived: none is the right one, but a new one is right for all."""
    played(1)
    second = played(2)
    run()
    third = played(3)
    run()
    before = third.season.stats_version
    MatchStats.objects.filter(match=second).update(version=version)
    lines = rebuild_season(second.season_id).differences
    named = [third, second] if version else [second]
    assert [line.partition(": ")[0] for line in lines] == [f"match stats of match {match.pk}" for match in named]
    assert len(set(MatchStats.objects.values_list("version", flat=True))) == 1
    assert MatchStats.objects.filter(version__gt=max(before, version)).count() == 3
    assert rebuild_season(second.season_id).differences == ()
