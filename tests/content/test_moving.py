"""An earlier match on its way into the table: what is shown of the roundups after it, and what workers make of them."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

import pytest
from pytest_django import DjangoAssertNumQueries

from content import editing
from content.comparing import behind
from content.editing import Draft, EditingError
from content.models import Roundup
from content.services import due_in_season, without_current, write_roundup
from scoring.models import Match, MatchProgress
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.content.test_standing import CHECKED, REWRITTEN, SHOWN, standing, told
from tests.factories import KICKOFF, a_match, a_season, finish, predictions
from tests.queue import run_queue

pytestmark = pytest.mark.django_db


def played(day: int, season: str = "World Cup 2026") -> Match:
    kickoff = KICKOFF + timedelta(days=day)
    match = a_match(home=f"Home {day}", away=season, kickoff=kickoff, season=a_season(season))
    predictions(match, {"A": (2, 1), "B": (1, 1), "C": (0, 1)})
    finish(match, 2, 1)
    return match


@pytest.fixture
def matches() -> list[Match]:
    """Three of one season, all done."""
    found = [played(day) for day in (1, 2, 3)]
    run_queue()
    assert public() == [match.pk for match in found]
    return found


def public() -> list[int]:
    return list(Roundup.objects.public().order_by("match__kickoff").values_list("match", flat=True))


def not_scored(match: Match) -> None:
    """Corrected, and still to be scored."""
    finish(match, 0, 1)


def not_counted(match: Match) -> None:
    finish(match, 0, 1)
    score_match(match.pk)


def void(match: Match) -> None:
    change_match(match.pk, {"status": "abandoned"}, by="a test")
    score_match(match.pk)


@pytest.mark.parametrize("stands", [not_scored, not_counted, void])
def test_later_roundups_are_off_the_page_until_an_earlier_match_is_counted(
    client: Client, matches: list[Match], stands: Callable[[Match], None]
) -> None:
    first, second, third = matches
    roundup = Roundup.objects.get(match=third)
    stands(second)
    assert public() == [first.pk]
    assert (standing(roundup), told(client, third)) == ("being rewritten", REWRITTEN)
    html = client.get(reverse("home")).content.decode()
    notice = html.partition("Home 3")[2].partition("</p>")[0]
    assert " ".join(notice.split()).count("<p>Being rewritten: the table under it changes.") == 1
    run_queue()
    assert public() == [match.pk for match in ((first, third) if stands is void else matches)]
    assert (standing(roundup), told(client, third)) == ("published", SHOWN)


def test_a_match_that_was_moved_counts_as_the_earlier_of_its_two_kickoffs(matches: list[Match]) -> None:
    first, second, third = matches
    change_match(first.pk, {"kickoff": third.kickoff + timedelta(days=9)}, by="a test")
    assert public() == []
    run_queue()
    assert public() == [second.pk, third.pk, first.pk]
    change_match(first.pk, {"kickoff": third.kickoff - timedelta(hours=1)}, by="a test")
    assert public() == [second.pk]


def test_what_does_not_move_the_table_hides_nothing(matches: list[Match]) -> None:
    other, same_time = played(0, "Cup 2025"), played(4)
    Match.objects.filter(pk=same_time.pk).update(kickoff=matches[2].kickoff)
    later = played(5)
    assert list(MatchProgress.objects.unfinished().order_by("pk").values_list("pk", flat=True)) == [
        other.pk,
        same_time.pk,
        later.pk,
    ]
    assert public() == [match.pk for match in matches]
    for match in (other, same_time, later):
        score_match(match.pk)
        calculate_stats(match.pk)
    # All of them wait for their roundup now: the tables have changed already.
    Match.objects.filter(pk=same_time.pk).update(kickoff=KICKOFF)
    assert MatchProgress.objects.unfinished().count() == 3
    assert public() == [match.pk for match in matches]


def test_for_workers_there_is_nothing_to_do_before_the_earlier_match_is_counted(matches: list[Match]) -> None:
    first, _, third = matches
    not_counted(first)
    assert [row.match_id for row in behind([match.pk for match in matches])] == [first.pk]
    assert list(without_current()) == list(due_in_season(first.season_id)) == []
    wrote = write_roundup(third.pk)
    assert (wrote.outcome, wrote.published) == ("its roundup is current already", False)
    assert list(MatchProgress.objects.unfinished().values_list("pk", flat=True)) == [first.pk]
    calculate_stats(first.pk)
    assert list(without_current()) == matches
    assert public() == []


def test_an_edited_roundup_is_checked_meanwhile_and_one_that_waits_is_not_released(
    client: Client, matches: list[Match]
) -> None:
    first, second, third = matches
    edited, held = (Roundup.objects.get(match=match) for match in (second, third))
    editing.edit(edited.pk, Draft("What I saw", "My own words.\n"), by="ed", reason="", seen_version=1)
    editing.hold(held.pk, by="ed")
    not_counted(first)
    assert (standing(edited), told(client, second)) == ("out of date", CHECKED)
    assert standing(held) == "held"
    with pytest.raises(EditingError, match="an earlier match of the season is not counted yet: wait until"):
        editing.publish(held.pk, by="ed", seen_version=1)


def test_the_list_of_roundups_asks_for_all_of_them_at_once(
    admin_client: Client, matches: list[Match], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    not_counted(matches[0])
    with django_assert_max_num_queries(14):
        html = admin_client.get(reverse("admin:content_roundup_changelist")).content.decode()
    assert re.findall(r"<tbody.*?(being rewritten|published).*?</tbody>", html, re.DOTALL) == [
        "being rewritten",
        "being rewritten",
        "being rewritten",
    ]
