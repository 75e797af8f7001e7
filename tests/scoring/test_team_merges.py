"""Two records of one team become one, by hand or by an import, and two again."""

from typing import Any

import pytest

from scoring.models import Match, Merge, ResultChange, Team, TeamAlias
from scoring.services import (
    ImportOptions,
    MoveError,
    change_match,
    import_matches,
    merge_teams,
    team_merges,
    undo_merge,
)
from tests.factories import a_match, a_season, a_team, finish
from tests.scoring.documents import document, entry

pytestmark = pytest.mark.django_db

WHY: dict[str, Any] = {"by": "an editor", "reason": "two names of one team"}


def facts() -> list[Any]:
    """Everything that a merge may change, as plain values; revisions left out."""
    return [
        list(Match.objects.order_by("pk").values_list("pk", "home", "away", "result_source")),
        list(Team.objects.order_by("pk").values_list("pk", "name")),
        list(TeamAlias.objects.order_by("name").values_list("name", "team")),
    ]


def sides() -> list[tuple[str, str, int]]:
    return list(Match.objects.order_by("pk").values_list("home__name", "away__name", "revision"))


def test_the_matches_and_names_go_to_the_other_team_and_come_back() -> None:
    at_home, away = a_match("Turkey", "Wales"), a_match("Peru", "Turkey")
    a_match("Türkiye", "Peru")
    finish(at_home, 1, 0)
    TeamAlias.objects.create(name="TUR", team=a_team("Turkey"))
    before = facts()
    merged = merge_teams(a_team("Turkey").pk, a_team("Türkiye").pk, **WHY)
    assert str(merged) == "Turkey = Türkiye: 2 matches moved, 2 matches have a new revision"
    assert sides() == [("Türkiye", "Wales", 3), ("Peru", "Türkiye", 2), ("Türkiye", "Peru", 1)]
    assert list(TeamAlias.objects.values_list("name", "team__name")) == [("TUR", "Türkiye"), ("Turkey", "Türkiye")]
    change = ResultChange.objects.get(match=away)
    assert (change.before, change.after, change.by) == ({"away": "Turkey"}, {"away": "Türkiye"}, "an editor")
    undo_merge(merged.merge.pk, **WHY)
    assert facts() == before
    assert [revision for *_, revision in sides()] == [4, 3, 1]


def test_an_import_writes_its_merge_down_so_that_it_can_be_undone() -> None:
    bring(entry("Turkey", "Wales", score=[1, 0]), entry("Turkey", "Peru", date="2026-06-15"))
    bring(entry("Turkey", "Chile"), name="World Cup 2022")
    bring(entry("Türkiye", "Chile", date="2026-06-20"), name="Cup 2026")
    before = facts()
    # In this file one of its matches has a score that is new: one revision for both changes.
    bring(
        entry("Türkiye", "Wales", score=[1, 0]),
        entry("Türkiye", "Peru", date="2026-06-15", score=[2, 2]),
        renames=(("Turkey", "Türkiye"),),
    )
    assert sides() == [
        ("Türkiye", "Wales", 2),
        ("Türkiye", "Peru", 2),
        ("Türkiye", "Chile", 2),
        ("Türkiye", "Chile", 1),
    ]
    merge = Merge.objects.get()
    assert (merge.old_name, merge.into_name, merge.by) == ("Turkey", "Türkiye", "import cup.json")
    undo_merge(merge.pk, **WHY)
    before[0][1] = (*before[0][1][:3], "import")
    assert facts() == before


def bring(*matches: Any, name: str = "World Cup 2026", renames: tuple[tuple[str, str], ...] = ()) -> None:
    import_matches(document(*matches, name=name), "cup.json", ImportOptions(renames=renames))


def test_teams_that_play_each_other_are_refused() -> None:
    a_match("Turkey", "Wales")
    before = facts()
    with pytest.raises(MoveError) as error:
        merge_teams(a_team("Turkey").pk, a_team("Wales").pk, **WHY)
    assert str(error.value) == (
        "Turkey and Wales can't be one team: they play each other in Turkey – Wales, 2026-06-11"
    )
    assert facts() == before


def test_matches_that_would_be_one_are_refused() -> None:
    twin = a_match("Turkey", "Wales")
    a_match("Türkiye", "Wales")
    before = facts()
    with pytest.raises(MoveError) as error:
        merge_teams(a_team("Turkey").pk, a_team("Türkiye").pk, **WHY)
    assert str(error.value) == (
        f"Turkey – Wales, 2026-06-11 ({twin.pk}) would be the same match as one of Türkiye: remove the one that "
        f"nothing hangs on, or give it another round or date"
    )
    assert facts() == before


def test_the_same_number_in_two_seasons_is_no_twin() -> None:
    a_match("Turkey", "Wales", num=1)
    a_match("Türkiye", "Wales", num=1, season=a_season("Cup 2026"))
    merge_teams(a_team("Turkey").pk, a_team("Türkiye").pk, **WHY)
    assert sides() == [("Türkiye", "Wales", 2), ("Türkiye", "Wales", 1)]


def test_what_has_changed_since_is_not_undone() -> None:
    match = a_match("Turkey", "Wales")
    merge = merge_teams(a_team("Turkey").pk, a_team("Türkiye").pk, **WHY).merge
    change_match(match.pk, {"home": a_team("Peru")}, by="x")
    before = facts()
    with pytest.raises(MoveError) as error:
        undo_merge(merge.pk, **WHY)
    assert str(error.value) == f"Peru – Wales, 2026-06-11 ({match.pk}) no longer has Türkiye: nothing is undone"
    change_match(match.pk, {"home": a_team("Türkiye")}, by="x")
    a_team("Turkey")
    with pytest.raises(MoveError, match="there is a team called Turkey by now: rename that first"):
        undo_merge(merge.pk, **WHY)
    Team.objects.filter(name="Turkey").delete()
    assert facts() == [[(match.pk, a_team("Türkiye").pk, match.away_id, "")], *before[1:]]


def test_three_names_become_one_and_are_taken_apart_from_the_last() -> None:
    a_match("Turkey", "Wales")
    a_match("Türkiye", "Peru")
    a_team("Turkiye")
    before = facts()
    one = merge_teams(a_team("Turkey").pk, a_team("Türkiye").pk, **WHY).merge
    two = merge_teams(a_team("Türkiye").pk, a_team("Turkiye").pk, **WHY).merge
    with pytest.raises(MoveError, match="Türkiye has become part of Turkiye since: undo that first"):
        undo_merge(one.pk, **WHY)
    for merge in (two, one):
        undo_merge(merge.pk, **WHY)
    assert facts() == before


def test_an_import_locks_the_matches_of_every_season_in_one_go_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(entry("Turkey", "Chile"), name="World Cup 2022")
    bring(entry("Peru", "Wales"))
    bring(entry("Cuba", "Turkey"), name="Cup 2026")
    bring(entry("Türkiye", "Wales", date="2026-06-20"), name="League 2026")
    locked: list[list[int]] = []
    real = team_merges.lock_matches

    def lock(which: Any) -> list[Match]:
        found = real(which)
        locked.append([match.pk for match in found])
        return found

    monkeypatch.setattr("scoring.services.team_merges.lock_matches", lock)
    bring(entry("Peru", "Wales"), renames=(("Turkey", "Türkiye"),))
    assert locked == [
        list(Match.objects.exclude(season__name="League 2026").order_by("pk").values_list("pk", flat=True))
    ]
