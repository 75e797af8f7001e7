"""Which match of a later file is which stored match, and what is refused as probably the same."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from scoring.models import Match, MatchProgress, Team
from scoring.services.match_changes import Kept
from tests.scoring.documents import bring, counts, entry, only, wrong

pytestmark = pytest.mark.django_db


def test_a_new_date_is_the_same_match_and_starts_its_pipeline() -> None:
    bring(entry(score={"ft": [2, 1]}))
    assert counts(bring(entry(date="2026-07-01", score={"ft": [2, 1]}))) == (0, 1, 0)
    match = only()
    assert (match.date, match.kickoff) == (date(2026, 7, 1), datetime(2026, 7, 1, 18, tzinfo=UTC))
    assert MatchProgress.objects.get().revision == match.revision == 2


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({"num": 7}, {"num": 7, "round": "Final", "date": "2026-07-09"}),
        ({"num": 7}, {"num": 7, "team1": "Ghana"}),
        ({}, {"num": 7, "date": "2026-09-01"}),
        ({"round": "Matchday 1"}, {"round": "1. Round", "date": "2026-06-25"}),
    ],
)
def test_the_same_match_in_a_later_file_is_the_same_match(first: dict[str, Any], later: dict[str, Any]) -> None:
    bring(entry(**first))
    pk = only().pk
    assert counts(bring({**entry(), **later})) == (0, 1, 0)
    match = only()
    assert match.pk == pk
    told = {"num": match.num, "round": match.round, "date": str(match.date), "team1": match.home.name}
    assert {key: told[key] for key in later} == later


def test_a_number_that_gets_another_team_is_said() -> None:
    bring(entry(num=7))
    assert bring(entry("Ghana", "Wales", num=7)).notices == (
        "matches[0] Ghana – Wales, 2026-06-11: num 7 was Mexico – Wales, 2026-06-11 (Matchday 1); "
        "it has the teams of the file now",
    )


def test_a_number_that_gets_two_other_teams_is_refused() -> None:
    bring(entry(num=7))
    assert wrong(entry("Ghana", "Qatar", num=7)) == (
        "matches[0] Ghana – Qatar, 2026-06-11: num 7 is Mexico – Wales, 2026-06-11 (Matchday 1) so far: correct the "
        'num, or remove it; if the teams have new names, --rename "OLD=NEW" for each',
    )


def test_a_played_match_is_not_moved_into_another_round_months_later() -> None:
    bring(entry(score=[2, 1]))
    final = entry(round="Final", date="2026-09-01")
    assert wrong(final) == (
        "matches[0] Mexico – Wales, 2026-09-01: probably another match than Mexico – Wales, 2026-06-11 (Matchday 1), "
        'which was played; --new if it is, or the round "Matchday 1" if it is the same',
    )
    assert counts(bring(final, new=True)) == (1, 0, 0)
    assert counts(bring(final)) == (0, 0, 1)


def test_what_is_probably_the_same_match_is_refused_and_nothing_is_written() -> None:
    bring(entry("Turkey", "Wales"))
    assert wrong(entry("Türkiye", "Wales"), entry("Ghana", "Qatar", round="Matchday 9", score=[1, 1])) == (
        "matches[0] Türkiye – Wales, 2026-06-11: probably the same match as Turkey – Wales, 2026-06-11 (Matchday 1), "
        'which the file no longer has; --rename "Turkey=Türkiye" if it is, --new if it is not',
    )
    assert (Match.objects.count(), Team.objects.count()) == (1, 2)


def test_new_says_that_it_is_another_match() -> None:
    bring(entry("Turkey", "Wales"))
    assert counts(bring(entry("Türkiye", "Wales"), new=True)) == (1, 0, 0)


def test_exchanged_sides_are_probably_the_same_match() -> None:
    bring(entry())
    assert wrong(entry("Wales", "Mexico")) == (
        "matches[0] Wales – Mexico, 2026-06-11: probably the same match as Mexico – Wales, 2026-06-11 (Matchday 1), "
        "which the file no longer has; home and away are exchanged: correct the file if it is, --new if it is not",
    )


def test_a_row_is_new_if_the_file_still_has_the_matches_near_it() -> None:
    bring(entry())
    assert counts(bring(entry(), entry("Ghana", "Qatar"))) == (1, 0, 1)


def test_a_match_whose_teams_are_not_known_to_the_file_is_not_gone() -> None:
    bring(entry(num=89))
    imported = bring(entry("W73", "W74", num=89), entry("Mexico", "Ghana", num=90, date="2026-06-12"))
    assert (counts(imported), imported.left_out, imported.kept) == ((1, 0, 0), 1, Kept(matches=1))


def test_two_matches_that_would_become_one_are_an_error() -> None:
    bring(entry(num=1), entry("Ghana", "Wales"))
    (problem,) = wrong(entry("Ghana", "Wales", num=1))
    assert problem.partition(" (")[0] == "two matches would become one"
    assert problem.rpartition("); ")[2] == "correct the rounds, dates and nums"
    assert Match.objects.filter(home__name="Ghana").count() == 1
