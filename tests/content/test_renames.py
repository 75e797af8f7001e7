"""Once a team, a model, a season or a competition has another name, no article says the old one."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

import pytest

from content.models import Roundup, RoundupRevision
from content.verify import verify
from scoring.models import Match
from scoring.services import change_competition, rename
from tests.factories import KICKOFF, a_match, a_model, a_season, a_team, finish, predictions
from tests.queue import run_queue

pytestmark = pytest.mark.django_db

WHY = {"by": "an editor", "reason": "so it is called"}
ALL = {"Bee": (1, 1), "Cat": (0, 2)}


@pytest.fixture
def published() -> list[Match]:
    """Five matches, all written about. Oldnam predicted the second, which begins with the third, and the fourth."""
    with_oldnam = {**ALL, "Oldnam": (2, 1)}
    days = [(0, ALL), (1, with_oldnam), (1, ALL), (2, with_oldnam), (3, ALL)]
    season = a_season("Oldcomp Oldseas")
    matches = []
    for number, (day, tips) in enumerate(days):
        home = "Oldteam" if number % 2 else f"Home {number}"
        match = a_match(home, f"Away {number}", season=season, kickoff=KICKOFF + timedelta(days=day))
        predictions(match, tips)
        matches.append(match)
    for match in matches:
        finish(match, 2, 1)
    run_queue()
    assert Roundup.objects.public().count() == 5
    return matches


def pages(client: Client, matches: list[Match]) -> list[str]:
    return [client.get(reverse("roundup", args=[match.pk])).content.decode() for match in matches]


def rename_team(matches: list[Match]) -> None:
    rename(a_team("Oldteam"), "Newteam", **WHY)


def rename_model(matches: list[Match]) -> None:
    rename(a_model("Oldnam"), "Newnam", **WHY)


def rename_season(matches: list[Match]) -> None:
    rename(matches[0].season, "Newcomp Newseas", **WHY)


def rename_competition(matches: list[Match]) -> None:
    change_competition(matches[0].season.competition_id, {"name": "Newcomp"}, **WHY)
    rename(matches[0].season, "Newcomp Newseas", **WHY)


@pytest.mark.parametrize(
    ("change", "old", "new", "bear_it"),
    [
        (rename_team, "Oldteam", "Newteam", [1, 3]),
        (rename_model, "Oldnam", "Newnam", [1, 3, 4]),
        (rename_season, "Oldseas", "Newseas", [0, 1, 2, 3, 4]),
        (rename_competition, "Oldcomp", "Newcomp", [0, 1, 2, 3, 4]),
    ],
)
def test_everything_public_has_the_new_name(
    client: Client,
    published: list[Match],
    change: Callable[[list[Match]], None],
    old: str,
    new: str,
    bear_it: list[int],
) -> None:
    said = [old in str(roundup.facts) for roundup in Roundup.objects.order_by("match_id")]
    assert [place for place, says in enumerate(said) if says] == bear_it
    change(published)
    run_queue()
    report = verify(finished=True, facts=True)
    assert report.failed == (), report
    told = [(new in str(roundup.facts), old in str(roundup.facts)) for roundup in Roundup.objects.order_by("match_id")]
    assert told == [(place in bear_it, False) for place in range(5)]
    read = [*pages(client, published), client.get(reverse("home")).content.decode()]
    assert [page.count(old) for page in read] == [0] * 6
    assert (
        [new in page for page in read] == [True] * 6 if old != "Oldteam" else [n in (1, 3) for n in range(5)] + [False]
    )


def test_it_is_no_correction_and_until_it_is_written_nothing_is_shown(client: Client, published: list[Match]) -> None:
    rename_team(published)
    page = pages(client, published)[1]
    assert (page.count("Oldteam"), "Being rewritten: the match was changed" in page) == (0, True)
    run_queue()
    assert [roundup.facts["corrections"] for roundup in Roundup.objects.order_by("match_id")] == [[]] * 5
    assert [roundup.text.count("Corrected on") for roundup in Roundup.objects.all()] == [0] * 5


def test_an_article_that_does_not_name_it_is_not_written_again(published: list[Match]) -> None:
    rename_model(published)
    run_queue()
    written = [RoundupRevision.objects.filter(roundup__match=match).count() for match in published]
    assert written == [1, 2, 1, 2, 2]
