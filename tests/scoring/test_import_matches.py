"""Importing openfootball documents: what is created, changed, kept, and started."""

from datetime import UTC, date, datetime
from typing import Any

from django_q.models import OrmQ

import pytest

from scoring.models import Competition, Goal, Match, MatchProgress, ResultChange, Season, Team
from scoring.rules import Goals, Phases
from scoring.services import (
    ImportedMatches,
    Result,
    change_match,
    import_matches,
    record_result,
)
from scoring.services.match_changes import Kept
from scoring.services.match_plan import Plan, make_plan
from tests.scoring.documents import bring, counts, document, entry, only, wrong

pytestmark = pytest.mark.django_db

LABEL = "matches[0] Mexico – Wales, 2026-06-11: "
GOAL = {"name": "A. One", "minute": 9}


def test_a_new_match_is_written_with_everything_and_its_pipeline_starts() -> None:
    imported = bring(
        entry(
            stage="Groups", group="Group A", num=1, ground="Azteca", time="13:00 UTC-6",
            score={"ht": [1, 0], "ft": [2, 1]}, goals1=[GOAL],
            goals2=[{"name": "B", "minute": "90+3", "owngoal": True}],
        )
    )  # fmt: skip
    assert imported == ImportedMatches("World Cup 2026", created=1, new_teams=("Mexico", "Wales"))
    match = only()
    assert (match.season.name, match.season.label, match.season.competition.name) == (
        "World Cup 2026",
        "2026",
        "World Cup",
    )
    assert (match.round, match.stage, match.group, match.num, match.venue) == (
        "Matchday 1",
        "Groups",
        "Group A",
        1,
        "Azteca",
    )
    assert (match.date, match.kickoff) == (date(2026, 6, 11), datetime(2026, 6, 11, 19, tzinfo=UTC))
    assert (match.status, match.phases) == ("finished", Phases(Goals(1, 0), Goals(2, 1)))
    assert (match.result_source, match.revision, match.time_known) == ("import", 1, True)
    goals = match.goals.values_list("side", "position", "scorer", "minute", "stoppage", "own_goal")
    assert list(goals) == [("away", 0, "B", 90, 3, True), ("home", 0, "A. One", 9, None, False)]
    change = ResultChange.objects.get()
    assert (change.by, change.before, change.revision) == ("import cup.json", {}, 1)
    assert change.after == {
        "status": "finished", "half_time_home": 1, "half_time_away": 0, "full_time_home": 2, "full_time_away": 1,
    }  # fmt: skip
    assert MatchProgress.objects.get().step == "scoring.tasks.score_match"
    assert OrmQ.objects.count() == 1


def test_a_match_without_a_result_starts_nothing() -> None:
    bring(entry(score={}))
    assert (only().status, only().result_source) == ("scheduled", "")
    assert not ResultChange.objects.exists()
    assert not MatchProgress.objects.exists()


def test_importing_again_changes_nothing() -> None:
    matches = (
        entry(score={"ht": [1, 0], "ft": [2, 1]}, goals1=[GOAL]),
        entry("Ghana", "Qatar", time=None),
        entry("Ghana", "Iraq", date="2026-06-15", num=3, status="postponed"),
        entry("W1", "Iraq", date="2026-06-16", num=4),
    )
    assert counts(bring(*matches)) == (3, 0, 0)
    before = list(Match.objects.order_by("pk").values())
    queued = OrmQ.objects.count()
    again = bring(*matches)
    assert (counts(again), again.left_out, again.kept, again.new_teams) == ((0, 0, 3), 1, Kept(), ())
    assert list(Match.objects.order_by("pk").values()) == before
    assert (OrmQ.objects.count(), ResultChange.objects.count()) == (queued, 2)


def test_a_result_in_a_later_file_changes_the_match_and_starts_its_pipeline() -> None:
    bring(entry())
    assert counts(bring(entry(score={"ft": [2, 1]}, goals1=[GOAL]))) == (0, 1, 0)
    match = only()
    assert (match.status, match.phases.full_time, match.revision) == ("finished", Goals(2, 1), 2)
    assert (match.result_source, match.goals.count()) == ("import", 1)
    assert ResultChange.objects.get().by == "import cup.json"
    assert MatchProgress.objects.get().revision == 2
    assert counts(bring(entry(score={"ft": [2, 2]}, goals1=[GOAL]))) == (0, 1, 0)
    assert (only().phases.full_time, MatchProgress.objects.get().revision) == (Goals(2, 2), 3)


def test_a_file_takes_nothing_away() -> None:
    full = entry(score={"ht": [1, 0], "ft": [2, 1]}, goals1=[GOAL], ground="Azteca", num=1)
    bring(full, entry("Ghana", "Qatar"))
    before = list(Match.objects.order_by("pk").values())
    poor = {"date": "2026-06-11", "team1": "Mexico", "team2": "Wales", "score": {}, "goals1": [], "goals2": []}
    imported = bring(poor)
    assert (counts(imported), imported.kept) == ((0, 0, 1), Kept(matches=1, scores=1, times=1, goals=1))
    assert list(Match.objects.order_by("pk").values()) == before
    assert Goal.objects.count() == 1


def test_goals_of_one_side_leave_the_other_side_alone_unless_its_list_is_empty() -> None:
    other = {"name": "B. Two", "minute": 80}
    bring(entry(score=[1, 1], goals1=[GOAL], goals2=[other]))
    bring(entry(score=[1, 1], goals1=[{**GOAL, "minute": 10}]))
    assert sorted(Goal.objects.values_list("side", "minute")) == [("away", 80), ("home", 10)]
    bring(entry(score=[2, 0], goals1=[GOAL, other], goals2=[]))
    assert sorted(Goal.objects.values_list("side", "minute")) == [("home", 9), ("home", 80)]


@pytest.mark.parametrize(
    ("first", "later", "status"),
    [
        ({"score": [3, 0], "status": "awarded"}, {"score": [3, 0]}, "awarded"),
        ({"score": [1, 0], "status": "abandoned"}, {"score": [2, 1]}, "finished"),
        ({"status": "cancelled"}, {"score": {}}, "cancelled"),
        ({"status": "postponed"}, {"score": {}}, "postponed"),
        ({"status": "postponed"}, {"score": [1, 0]}, "finished"),
        ({"score": [1, 0]}, {"status": "postponed"}, "finished"),
        ({"score": [1, 0]}, {"score": {"ht": [0, 0]}}, "finished"),
        ({"score": [1, 0]}, {"score": [1, 0], "status": "awarded"}, "awarded"),
        ({"score": [1, 0]}, {"status": "cancelled"}, "cancelled"),
    ],
)
def test_a_status_is_corrected_and_not_taken_away(first: dict[str, Any], later: dict[str, Any], status: str) -> None:
    bring(entry(**first))
    bring(entry(**later))
    assert only().status == status


def test_a_result_of_a_person_is_kept_and_the_difference_reported() -> None:
    bring(entry())
    record_result(only().pk, Result(full_time=Goals(2, 1)), by="somebody")
    imported = bring(entry(score={"ht": [1, 0], "ft": [2, 2]}, goals1=[GOAL], ground="Azteca"))
    assert imported.differences == (
        f"{LABEL}a person recorded full-time 2–1; the file says full-time 2–2; not applied, --overwrite applies it",
    )
    match = only()
    assert (match.phases, match.goals.count(), match.result_source) == (Phases(full_time=Goals(2, 1)), 0, "person")
    assert match.venue == "Azteca"
    assert bring(entry(score={"ft": [2, 2]}), overwrite=True).differences == ()
    assert (only().phases.full_time, only().result_source) == (Goals(2, 2), "import")


def test_a_file_adds_to_the_result_of_a_person() -> None:
    bring(entry())
    record_result(only().pk, Result(full_time=Goals(2, 1)), by="somebody")
    assert bring(entry(score={"ht": [1, 0], "ft": [2, 1]}, goals1=[GOAL])).differences == ()
    match = only()
    assert (match.phases.half_time, match.goals.count(), match.result_source) == (Goals(1, 0), 1, "person")


def test_a_person_who_takes_a_result_back_is_not_overwritten() -> None:
    bring(entry(score=[2, 1]))
    fields = {"status": "postponed", "full_time_home": None, "full_time_away": None}
    change_match(only().pk, fields, by="somebody")
    assert bring(entry(score=[2, 1])).differences == (
        f"{LABEL}a person recorded postponed; the file says finished; not applied, --overwrite applies it",
    )
    assert only().status == "postponed"


def test_the_time_zone_is_said_once_and_remembered() -> None:
    imported = bring(entry(time="20:00"), entry("Ghana", "Qatar", time="21:00 UTC+0"))
    assert imported.notices == (
        "1 match has a time without an offset, and the time zone of World Cup is not known: locked from the beginning "
        "of the day (UTC); say it once with --timezone Europe/London",
    )
    match = Match.objects.get(home__name="Mexico")
    assert (match.kickoff, match.time_known) == (datetime(2026, 6, 11, tzinfo=UTC), False)
    again = bring(entry(time="20:00"), entry("Ghana", "Qatar", time="21:00 UTC+0"), time_zone="Europe/London")
    assert (counts(again), again.notices) == ((0, 1, 1), ())
    match.refresh_from_db()
    assert (match.kickoff, match.time_known) == (datetime(2026, 6, 11, 19, tzinfo=UTC), True)
    assert Competition.objects.get().time_zone == "Europe/London"
    assert counts(bring(entry(time="20:00"), entry("Ghana", "Qatar", time=None))) == (0, 0, 2)


def test_a_zone_that_was_stored_wrongly_says_so() -> None:
    bring(entry())
    Competition.objects.update(time_zone="Mars/Base")
    assert wrong(entry()) == (
        'there is no time zone "Mars/Base"; say it like Europe/London (--timezone), in place of the one that '
        "World Cup has",
    )


def test_a_dry_run_says_everything_and_writes_nothing() -> None:
    expected = ImportedMatches("World Cup 2026", created=1, new_teams=("Mexico", "Wales"), dry_run=True)
    assert bring(entry(score=[2, 1]), dry_run=True, time_zone="Europe/London") == expected
    for model in (Competition, Season, Team, Match, ResultChange, MatchProgress, OrmQ):
        assert not model.objects.exists()
    bring(entry())
    assert counts(bring(entry(score=[2, 1]), dry_run=True)) == (0, 1, 0)
    assert only().status == "scheduled"


def test_one_wrong_row_keeps_everything_out_and_all_wrong_rows_are_named() -> None:
    bring(entry())
    rows = [entry(score={"ft": [2, 1], "et": [1, 1]}), entry("Ghana", "Qatar")]
    assert wrong(*rows, entry("Iraq", "Peru", score={"ft": [3, 0], "et": [1, 0]})) == (
        f"{LABEL}the full-time score 2–1 can't be followed by extra-time 1–1: goals are never taken off; "
        "correct one of the two",
        "matches[2] Iraq – Peru, 2026-06-11: the full-time score 3–0 can't be followed by extra-time 1–0: "
        "goals are never taken off; correct one of the two",
    )
    assert (Match.objects.count(), only().status) == (1, "scheduled")


def test_a_season_is_found_by_its_name_or_by_its_competition_and_years() -> None:
    import_matches(document(entry(), name="Liga 2025/26"), "a.json")
    import_matches(document(entry(), name="2025-26 Liga"), "b.json")
    assert [season.name for season in Season.objects.all()] == ["Liga 2025/26"]


def test_many_finished_matches_at_once_are_one_task() -> None:
    teams = [f"Team {number:02}" for number in range(22)]
    rows = [entry(home, away, score=[1, 0]) for home in teams for away in teams if home != away]
    assert counts(bring(*rows)) == (462, 0, 0)
    assert OrmQ.objects.count() == 1


def test_a_result_recorded_while_the_file_was_compared_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(entry())
    pk = only().pk

    def slow_plan(*arguments: Any) -> Plan:
        plan = make_plan(*arguments)
        record_result(pk, Result(full_time=Goals(2, 1)), by="somebody")
        return plan

    monkeypatch.setattr("scoring.services.matches.make_plan", slow_plan)
    assert len(bring(entry(score=[0, 0])).differences) == 1
    assert (only().phases.full_time, only().result_source) == (Goals(2, 1), "person")
