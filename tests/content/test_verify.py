"""manage.py verify: what it prints, and how it ends."""

from io import StringIO

from django.core.management import CommandError, call_command
from django_q.models import Schedule

import pytest

from content.apps import install_catch_up
from content.verify import BY_MIGRATE, BY_REBUILD, verify
from scoring.models import Match, ResultChange, Score, Settlement
from scoring.services import score_match
from tests.factories import KICKOFF, a_match, finish

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[list[str], str]:
    """What the command printed, and how it ended if it failed."""
    out = StringIO()
    try:
        call_command("verify", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error).partition(", in ")[0]
    return out.getvalue().splitlines(), ""


def test_every_check_is_printed_with_its_counts() -> None:
    finish(a_match(), 2, 1)
    lines, failure = run()
    assert failure == ""
    assert lines[:2] == ["note   in flight: 1 looked at, 1 offending", "        1 × scoring.tasks.score_match"]
    assert lines[2:4] == [
        "ok     nothing is lost: 1 looked at, 0 offending",
        "ok     every revision of a match says what changed: 1 looked at, 0 offending",
    ]
    checks = [line for line in lines if line.startswith(("ok ", "note "))]
    assert lines[-1].startswith(f"{len(checks)} checks, all is as it must be, in ")


def test_nothing_may_be_in_flight_once_all_is_finished() -> None:
    finish(a_match(), 2, 1)
    lines, failure = run("--finished")
    assert failure == f"1 of {sum(not line.startswith(' ') for line in lines)} checks failed"
    assert lines[:2] == [
        "FAILED nothing is in flight: 1 looked at, 1 offending",
        "        1 × scoring.tasks.score_match",
    ]


def test_offending_rows_are_named_up_to_twenty_and_counted() -> None:
    for number in range(23):
        finish(a_match(f"Home {number}", kickoff=KICKOFF), 1, 0)
    ResultChange.objects.all().delete()
    lines, failure = run()
    start = lines.index("FAILED every revision of a match says what changed: 23 looked at, 23 offending")
    named = [f"        match {pk}: at revision 2, 0 changes" for pk in Match.objects.values_list("pk", flat=True)]
    assert set(lines[start + 1 : start + 21]) < set(named)
    assert lines[start + 21] == "        and 3 more"
    assert failure.startswith("2 of ")


def test_the_facts_are_collected_anew_if_asked_for() -> None:
    def about(lines: list[str]) -> list[str]:
        return [line.partition(": ")[0] for line in lines if "facts of public roundups" in line]

    assert about(run()[0]) == []
    assert about(run("--facts")[0]) == [
        "ok     facts of public roundups have the hash that is kept with them",
        "ok     facts of public roundups, collected anew, have the same hash",
    ]
    assert len([line for line in run("--facts")[0] if "texts of public roundups" in line]) == 1


def test_what_failed_names_the_way_out() -> None:
    match = a_match()
    finish(match, 2, 1)
    score_match(match.pk)
    Score.objects.all().delete()
    Settlement.objects.update(home_goals=9)
    lines, _ = run()
    ways_out = {line.strip() for line in lines if line.startswith("        → ")}
    assert ways_out == {f"→ {BY_REBUILD}", f"→ {BY_MIGRATE}"}


def test_every_check_has_a_way_out() -> None:
    assert [found.name for found in verify(finished=True, facts=True).checks if not found.way_out] == []


def test_that_nothing_looks_for_lost_work_is_noted_until_it_is_scheduled_again() -> None:
    def noted() -> list[str]:
        return [line for line in run()[0] if "catch_up is scheduled" in line]

    assert noted() == ["note   catch_up is scheduled: 0 looked at, 1 offending"]
    install_catch_up()
    assert noted() == ["ok     catch_up is scheduled: 1 looked at, 0 offending"]
    Schedule.objects.update(repeats=0)
    assert noted() == ["note   catch_up is scheduled: 1 looked at, 1 offending"]
