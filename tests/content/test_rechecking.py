"""write_roundups --check: what claims to be current, and is not as it would be written now, is written anew."""

from collections.abc import Callable
from io import StringIO

from django.core.management import call_command

import pytest

from content.editing import Draft, edit
from content.models import Roundup, RoundupRevision
from content.rechecking import difference
from content.verify import verify
from content.versions import last_number
from scoring.models import Goal, Match
from tests.factories import a_match, finish, predictions
from tests.queue import run_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def match() -> Match:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    Goal.objects.create(match=match, side="home", position=0, scorer="Somebody", minute=9)
    finish(match, 2, 1)
    run_queue()
    return match


def check(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("write_roundups", "--check", *arguments, stdout=out)
    run_queue()
    return [line.strip() for line in out.getvalue().splitlines()]


def another_text() -> None:
    for rows in (Roundup.objects.all(), RoundupRevision.objects.all()):
        rows.update(text="All is well.")


def facts_with_another_venue() -> None:
    roundup = Roundup.objects.get()
    Roundup.objects.update(facts=roundup.facts | {"venue": "The Moon"})


def a_round_changed_past_the_services() -> None:
    Match.objects.update(round="Semi-final")


def goals_deleted_by_hand() -> None:
    Goal.objects.all().delete()


DAMAGES: dict[Callable[[], None], str] = {
    another_text: "its text was another",
    facts_with_another_venue: "its facts were others",
    a_round_changed_past_the_services: "its facts were others",
    goals_deleted_by_hand: "its facts were others",
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_what_differs_is_written_anew(match: Match, damage: Callable[[], None]) -> None:
    damage()
    assert verify(finished=True, facts=True).failed != ()
    assert check()[:2] == [
        "1 compared with what would be written now, 1 differed.",
        f"match {match.pk}: {DAMAGES[damage]}",
    ]
    assert verify(finished=True, facts=True).failed == ()
    assert Roundup.objects.get().versions.count() == 2


def test_what_is_as_it_would_be_written_stays(match: Match) -> None:
    before = list(Roundup.objects.values())
    assert check(str(match.pk))[0] == "1 compared with what would be written now, 0 differed."
    assert list(Roundup.objects.values()) == before


def test_a_text_edited_by_hand_is_never_touched(match: Match) -> None:
    roundup = Roundup.objects.get()
    edit(roundup.pk, Draft("Mine", "All mine."), by="an editor", reason="", seen_version=last_number(roundup))
    assert difference(match.pk) == ""
    a_round_changed_past_the_services()
    assert check()[0] == "1 compared with what would be written now, 1 differed."
    roundup.refresh_from_db()
    assert (roundup.headline, roundup.waiting and roundup.waiting.facts["round"]) == ("Mine", "Semi-final")
    assert check()[0] == "1 compared with what would be written now, 0 differed."
