"""What --rename "OLD=NEW" makes of teams."""

from typing import Any

import pytest

from scoring.models import Match, Team, TeamAlias
from scoring.services import ImportedMatches, ImportOptions, MatchImportError, import_matches
from tests.scoring.documents import document, entry

pytestmark = pytest.mark.django_db


def bring(*matches: Any, name: str = "World Cup 2026", renames: tuple[tuple[str, str], ...] = ()) -> ImportedMatches:
    return import_matches(document(*matches, name=name), "cup.json", ImportOptions(renames=renames))


def names() -> tuple[list[str], list[tuple[str, str]]]:
    return (
        list(Team.objects.values_list("name", flat=True)),
        list(TeamAlias.objects.values_list("name", "team__name")),
    )


def test_a_known_team_takes_the_new_name_and_keeps_the_old_one_as_an_alias() -> None:
    bring(entry("Turkey", "Wales"))
    imported = bring(entry("Türkiye", "Wales"), renames=(("Turkey", "Türkiye"),))
    assert (imported.created, imported.unchanged, imported.renamed) == (0, 1, ("Turkey = Türkiye",))
    assert names() == (["Türkiye", "Wales"], [("Turkey", "Türkiye")])


def test_saying_it_again_and_files_with_the_old_name_change_nothing() -> None:
    bring(entry("Turkey", "Wales"))
    bring(entry("Türkiye", "Wales"), renames=(("Turkey", "Türkiye"),))
    assert bring(entry("Turkey", "Wales"), renames=(("Turkey", "Türkiye"),)) == ImportedMatches(
        "World Cup 2026", unchanged=1
    )
    assert names() == (["Türkiye", "Wales"], [("Turkey", "Türkiye")])


def test_a_new_name_for_a_known_team_is_an_alias() -> None:
    bring(entry("Türkiye", "Wales"))
    assert bring(entry("Turkey", "Wales"), renames=(("Turkey", "Türkiye"),)).unchanged == 1
    assert names() == (["Türkiye", "Wales"], [("Turkey", "Türkiye")])


def test_an_alias_that_becomes_the_name_changes_places_with_it() -> None:
    bring(entry("Turkey", "Wales"))
    bring(entry("Turkey", "Wales"), renames=(("Turkey", "Türkiye"),))
    bring(entry("Turkey", "Wales"), renames=(("Türkiye", "Turkey"),))
    assert names() == (["Turkey", "Wales"], [("Türkiye", "Turkey")])


def test_two_known_teams_become_one_in_all_their_matches() -> None:
    bring(entry("Turkey", "Wales", score=[1, 0]), name="World Cup 2022")
    bring(entry("Türkiye", "Wales", date="2026-06-20"))
    bring(entry("Türkiye", "Wales", date="2026-06-20"), renames=(("Turkey", "Türkiye"),))
    assert names() == (["Türkiye", "Wales"], [("Turkey", "Türkiye")])
    assert list(Match.objects.order_by("pk").values_list("home__name", "revision", "result_source")) == [
        ("Türkiye", 2, "import"),
        ("Türkiye", 1, ""),
    ]


def test_teams_that_play_each_other_are_not_one() -> None:
    bring(entry("Turkey", "Wales"))
    with pytest.raises(MatchImportError) as error:
        bring(entry("Turkey", "Wales"), renames=(("Turkey", "Wales"),))
    assert error.value.problems == (
        "Turkey and Wales can't be one team: they play each other in Turkey – Wales, 2026-06-11",
    )


def test_names_of_the_file_alone_can_be_one_team() -> None:
    bring(entry("Turkey", "Wales"), renames=(("Turkey", "Türkiye"),))
    assert names() == (["Türkiye", "Wales"], [("Turkey", "Türkiye")])


def test_names_that_nobody_knows_say_so() -> None:
    bring(entry("Turkey", "Wales"))
    with pytest.raises(MatchImportError) as error:
        bring(entry("Turkey", "Wales"), renames=(("Turky", "Türkiye"),))
    assert error.value.problems == ('--rename "Turky=Türkiye": there is no team "Turky"; did you mean Turkey?',)


def test_one_match_under_two_names_in_one_file_is_an_error() -> None:
    with pytest.raises(MatchImportError) as error:
        bring(entry("Turkey", "Wales"), entry("Türkiye", "Wales", score=[1, 0]), renames=(("Turkey", "Türkiye"),))
    assert error.value.problems == (
        "matches[1] Türkiye – Wales, 2026-06-11: is matches[0] Turkey – Wales, 2026-06-11 under another name; "
        "keep one of them",
    )
