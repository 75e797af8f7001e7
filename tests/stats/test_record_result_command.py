"""manage.py record_result."""

from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from scoring.models import Match, MatchProgress, ResultChange
from scoring.rules import Goals, Phases
from scoring.services import GoalFact
from tests.factories import a_match, a_season, finish
from tests.stats.moves import a_counted_season

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("record_result", *arguments, stdout=out)
    return out.getvalue()


def wrong(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value)


def test_a_result_is_recorded_and_the_pipeline_started() -> None:
    match = a_match()
    assert run("Mexico - Wales", "--score", "2-1", "--half-time", "1–0", "--reason", "seen on the day") == (
        "Mexico – Wales, 2026-06-11: finished 2–1 (half-time 1–0), revision 2.\n"
    )
    match.refresh_from_db()
    assert (match.status, match.phases) == ("finished", Phases(Goals(1, 0), Goals(2, 1)))
    assert (match.result_source, MatchProgress.objects.get().revision) == ("person", 2)
    change = ResultChange.objects.get()
    assert (change.reason, change.by.split()[0]) == ("seen on the day", "record_result")


def test_the_same_result_again_is_nothing_new() -> None:
    match = a_match()
    run(str(match.pk), "--score", "2:1")
    assert run(str(match.pk), "--score", "2-1") == "Mexico – Wales, 2026-06-11: nothing new, still at revision 2.\n"


def test_every_phase_can_be_said() -> None:
    match = a_match()
    arguments = ["--score", "2-2", "--half-time", "2-0", "--extra-time", "3-3", "--shootout", "4-2"]
    assert run(str(match.pk), *arguments) == (
        "Mexico – Wales, 2026-06-11: finished 2–2 (half-time 2–0, extra-time 3–3, shootout 4–2), revision 2.\n"
    )
    match.refresh_from_db()
    assert match.phases == Phases(Goals(2, 0), Goals(2, 2), Goals(3, 3), Goals(4, 2))


def test_another_status_needs_no_score() -> None:
    match = a_match()
    assert run(str(match.pk), "--status", "cancelled") == "Mexico – Wales, 2026-06-11: cancelled, revision 2.\n"


def test_several_matches_that_fit_are_listed_and_a_season_or_a_date_tells_them_apart() -> None:
    first, second = a_match(), a_match(season=a_season("Friendlies 2026"))
    assert wrong("Mexico - Wales", "--score", "2-1") == (
        '2 matches are "Mexico - Wales"; say which one by its id:'
        f"\n  {first.pk}: Mexico – Wales, 2026-06-11 (World Cup 2026, Matchday 1)"
        f"\n  {second.pk}: Mexico – Wales, 2026-06-11 (Friendlies 2026, Matchday 1)"
    )
    run("Mexico - Wales", "--score", "2-1", "--season", "Friendlies 2026", "--date", "2026-06-11")
    assert Match.objects.get(status="finished") == second


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "A finished match needs a score: --score 2-1; or say another --status."),
        (("--score", "two"), 'Error: argument --score: "two" is not a score; write it like 2-1'),
        (
            ("--score", "2-1", "--date", "11.6."),
            'Error: argument --date: "11.6." is not a date; write it like 2026-06-11',
        ),
        (
            ("--score", "0-1", "--half-time", "1-0"),
            "Mexico – Wales, 2026-06-11: the half-time score 1–0 can't be followed by full-time 0–1: "
            "goals are never taken off; correct one of the two.",
        ),
    ],
)
def test_what_cannot_be_says_so_and_changes_nothing(arguments: tuple[str, ...], message: str) -> None:
    match = a_match()
    assert wrong(str(match.pk), *arguments) == message
    match.refresh_from_db()
    assert (match.status, match.revision) == ("scheduled", 1)


def test_what_is_known_changes_only_with_a_reason() -> None:
    match = a_match()
    run(str(match.pk), "--score", "2-1")
    assert wrong(str(match.pk), "--score", "2-2") == (
        "Mexico – Wales, 2026-06-11: this changes a result that is known: say why, with --reason."
    )
    run(str(match.pk), "--half-time", "1-0")
    assert wrong(str(match.pk), "--score", "2-2", "--reason", "x" * 301) == (
        "Mexico – Wales, 2026-06-11: the reason has 301 characters, and 300 are kept: shorten it."
    )
    assert ResultChange.objects.count() == 2
    run(str(match.pk), "--score", "2-2", "--reason", "the report")
    assert list(ResultChange.objects.values_list("reason", flat=True)) == ["the report", "", ""]


def test_what_was_settled_is_not_even_added_to_without_a_reason() -> None:
    match = a_counted_season()[0]
    refused = "this changes a result that is known: say why, with --reason."
    assert wrong(str(match.pk), "--extra-time", "3-3").endswith(refused)
    run(str(match.pk), "--status", "live", "--clear", "--reason", "a replay")
    assert wrong(str(match.pk), "--score", "5-5").endswith(refused)


def test_a_match_that_is_over_keeps_its_status_and_a_void_one_is_not_reinstated_by_a_score() -> None:
    match = a_match(status="awarded", full_time_home=3, full_time_away=0)
    assert "awarded 0–3" in run(str(match.pk), "--score", "0-3", "--reason", "the other side")
    void = a_match("Peru", "Chile", status="abandoned")
    assert wrong(str(void.pk), "--score", "2-1", "--reason", "x") == (
        "Peru – Chile, 2026-06-11: the match is abandoned, so void: say --status finished if the score is to count, "
        "or --status abandoned if it stays void."
    )
    assert "abandoned (half-time 1–0)" in run(str(void.pk), "--half-time", "1-0", "--reason", "x")
    assert "finished 2–1" in run(str(void.pk), "--score", "2-1", "--status", "finished", "--reason", "x")


@pytest.mark.parametrize("status", ["scheduled", "postponed"])
def test_a_result_can_be_taken_back_with_its_goals(status: str) -> None:
    match = a_match()
    finish(match, 2, 1, half_time=Goals(1, 0), goals=[GoalFact("home", "Ada", 5)])
    again = (str(match.pk), "--status", status, "--reason", "the wrong match")
    assert wrong(*again) == (
        f"Mexico – Wales, 2026-06-11: a match with a score can't be {status}: --clear removes the score."
    )
    assert run(*again, "--clear") == f"Mexico – Wales, 2026-06-11: {status}, revision 3.\n"
    match.refresh_from_db()
    assert (match.status, match.phases, match.goals.count()) == (status, Phases(), 0)
    assert wrong(str(match.pk), "--clear") == (
        "--clear removes every score: say the --status that is left, and no score."
    )


def test_a_match_is_not_finished_long_before_its_day() -> None:
    match = a_match(kickoff=timezone.now() + timedelta(days=9))
    assert wrong(str(match.pk), "--score", "2-1") == (
        f"{match}: a match that is finished can't begin on {match.date}, which is still to come: "
        "correct the date, or take its result back first."
    )
    assert "awarded 3–0" in run(str(match.pk), "--score", "3-0", "--status", "awarded")


def test_a_dry_run_says_what_would_change_and_writes_nothing() -> None:
    match = a_counted_season()[0]
    before = Match.objects.values().get(pk=match.pk)
    assert run(str(match.pk), "--score", "1-1", "--dry-run", "--reason", "the referee's report").splitlines() == [
        "Mexico – Wales, 2026-06-11: finished 1–1, revision 3.",
        "Models:",
        "  World Cup 2026, A: 21 → 14 points, rank 1, 3 counted",
        "  World Cup 2026, C: 0 → 8 points, rank 3 → 2, 3 counted",
        "  World Cup 2026, B: 12 → 8 points, rank 2 → 3, 3 counted",
        "  World Cup 2026, D: 0 points, rank 3 → 4, 3 counted",
        "Matches with a new revision:",
        "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1 → 1–1",
        "Dry run: nothing was written.",
    ]
    assert Match.objects.values().get(pk=match.pk) == before
    assert wrong(str(match.pk), "--score", "1-1", "--half-time", "2-0", "--reason", "x", "--dry-run") == (
        "Mexico – Wales, 2026-06-11: the half-time score 2–0 can't be followed by full-time 1–1: "
        "goals are never taken off; correct one of the two."
    )
