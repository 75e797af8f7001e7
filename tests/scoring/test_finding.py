"""The match a person means."""

from datetime import UTC, date, datetime

import pytest

from scoring.finding import MatchNotFoundError, find_match
from scoring.models import TeamAlias
from tests.factories import a_match, a_season, a_team

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["Mexico - Wales", "Mexico – Wales", " mexico-WALES ", "Mexico — Cymru"])
def test_a_match_is_found_by_its_teams(text: str) -> None:
    match = a_match()
    TeamAlias.objects.create(name="Cymru", team=a_team("Wales"))
    assert find_match(text) == match


def test_a_match_is_found_by_its_id() -> None:
    match = a_match()
    assert find_match(f" {match.pk} ") == match


def test_names_may_have_hyphens() -> None:
    match = a_match("Al-Hilal", "Saint-Étienne")
    assert find_match("Al-Hilal - Saint-Étienne") == match
    assert find_match("al-hilal-saint-étienne") == match
    assert find_match("Al-Hilal - Saint-E\u0301tienne") == match


def test_a_date_is_that_of_the_place_or_of_utc_and_narrows() -> None:
    first = a_match(kickoff=datetime(2026, 6, 12, 2, tzinfo=UTC))
    first.date = date(2026, 6, 11)
    first.save()
    second = a_match(kickoff=datetime(2026, 7, 1, 18, tzinfo=UTC), round="Final")
    assert find_match("Mexico - Wales", date=date(2026, 6, 11)) == first
    assert find_match("Mexico - Wales", date=date(2026, 6, 12)) == first
    assert find_match("Mexico - Wales", date=date(2026, 7, 1)) == second


def test_a_season_narrows() -> None:
    first = a_match()
    a_match(season=a_season("Friendlies 2026"))
    assert find_match("Mexico - Wales", season="World Cup 2026") == first


def test_several_that_fit_are_listed() -> None:
    first, second = a_match(), a_match(kickoff=datetime(2026, 7, 1, 18, tzinfo=UTC), round="Final")
    with pytest.raises(MatchNotFoundError) as error:
        find_match("Mexico - Wales", season="World Cup 2026")
    assert str(error.value) == (
        '2 matches are "Mexico - Wales" in World Cup 2026; say which one by its id:'
        f"\n  {first.pk}: Mexico – Wales, 2026-06-11 (World Cup 2026, Matchday 1)"
        f"\n  {second.pk}: Mexico – Wales, 2026-07-01 (World Cup 2026, Final)"
    )


def test_none_that_fits_lists_what_there_is() -> None:
    match = a_match()
    with pytest.raises(MatchNotFoundError) as error:
        find_match("Mexico - Wales", date=date(2026, 6, 20))
    assert str(error.value) == (
        'no match is "Mexico - Wales" on 2026-06-20; there is:'
        f"\n  {match.pk}: Mexico – Wales, 2026-06-11 (World Cup 2026, Matchday 1)"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Mexiko - Wales", 'there is no team "Mexiko"; did you mean Mexico?'),
        ("Xyz - Qqq", 'there is no team "Xyz"\nthere is no team "Qqq"'),
        ("Mexico", '"Mexico" is neither the id of a match nor "Home - Away"'),
        ("999999", 'no match is "999999"'),
        ("9" * 30, f'"{"9" * 30}" is neither the id of a match nor "Home - Away"'),
        ("-", '"-" is neither the id of a match nor "Home - Away"'),
        ("", '"" is neither the id of a match nor "Home - Away"'),
        ("Wales - Mexico", 'no match is "Wales - Mexico"'),
    ],
)
def test_a_text_that_is_no_match_says_so(text: str, message: str) -> None:
    a_match()
    with pytest.raises(MatchNotFoundError) as error:
        find_match(text)
    assert str(error.value) == message
