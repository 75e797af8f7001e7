"""What may be is no damage: corrections, voids, moves, and all that editors can decide about roundups."""

from collections.abc import Callable

import pytest

from content.editing import Draft, drop_edit, edit, hold, keep_edited, publish, take_waiting, withdraw
from content.models import EditorialPolicy, Roundup
from content.services import write_roundup
from content.verify import verify
from content.versions import last_number
from scoring.models import Match
from scoring.rules import Goals
from scoring.services import Result, change_match, record_result, score_match
from stats.services import calculate_stats
from tests.content.verify.season import Played
from tests.factories import finish

pytestmark = pytest.mark.django_db


def work_off(match: Match) -> None:
    """Does what the workers would do for a match that is the last of its season."""
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)


def correct(match: Match) -> None:
    record_result(match.pk, Result(full_time=Goals(5, 5)), by="a person", reason="a goal was overlooked")
    work_off(match)


def edited(match: Match) -> tuple[int, int]:
    """Changes the text of a roundup by hand; returns its id and the number of its newest version."""
    roundup = Roundup.objects.get(match=match)
    edit(roundup.pk, Draft("Mine", "All mine."), by="an editor", reason="style", seen_version=last_number(roundup))
    return roundup.pk, last_number(roundup)


def test_a_season_that_has_been_through_everything_is_clean(played: Played) -> None:
    report = verify(finished=True, facts=True)
    assert report.failed == (), str(report)


def keep(roundup: int, version: int) -> None:
    keep_edited(roundup, Draft("Still mine", "All mine."), by="an editor", reason="", seen_version=version)


def take(roundup: int, version: int) -> None:
    take_waiting(roundup, by="an editor", reason="", seen_version=version)


@pytest.mark.parametrize("decide", [None, keep, take], ids=["undecided", "kept", "given up"])
def test_an_edited_roundup_out_of_date_is_clean(played: Played, decide: Callable[[int, int], None] | None) -> None:
    roundup, _ = edited(played.plain)
    assert verify(finished=True, facts=True).failed == ()
    correct(played.plain)
    if decide:
        decide(roundup, last_number(Roundup.objects.get(pk=roundup)))
    report = verify(finished=True, facts=True)
    assert report.failed == (), str(report)


def test_an_edit_that_was_dropped_is_clean(played: Played) -> None:
    roundup, version = edited(played.plain)
    drop_edit(roundup, by="an editor", reason="", seen_version=version)
    assert verify(finished=True, facts=True).failed == ()


def test_what_is_held_or_withdrawn_or_waits_for_review_is_clean(played: Played) -> None:
    EditorialPolicy.objects.create(competition=played.plain.season.competition, review_first=True)
    finish(played.to_come, 1, 0)
    work_off(played.to_come)
    hold(Roundup.objects.get(match=played.mixed).pk, by="an editor")
    withdraw(Roundup.objects.get(match=played.plain).pk, by="an editor", note="a mistake")
    assert set(Roundup.objects.filter(match__in=played[3:]).values_list("status", flat=True)) == {
        "held",
        "withdrawn",
        "published",
        "review",
    }
    report = verify(finished=True, facts=True)
    assert report.failed == (), str(report)
    correct(played.to_come)
    written = Roundup.objects.get(match=played.to_come)
    publish(written.pk, by="an editor", seen_version=last_number(written))
    report = verify(finished=True, facts=True)
    assert report.failed == (), str(report)


def test_a_match_void_and_back_is_clean(played: Played) -> None:
    finish(played.to_come, 1, 0)
    work_off(played.to_come)
    for status in (Match.Status.CANCELLED, Match.Status.FINISHED, Match.Status.POSTPONED, Match.Status.FINISHED):
        change_match(played.to_come.pk, {"status": status}, by="a person", reason="a protest")
        work_off(played.to_come)
        report = verify(finished=True, facts=True)
        assert report.failed == (), f"{status}:\n{report}"
