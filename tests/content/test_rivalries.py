"""Rivalries: kept in order, told in the roundups of their matches, and brought along when teams become one."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

import pytest

from content import collect, services
from content.collect import Collected, collect_facts
from content.editing import Draft, edit
from content.models import Rivalry, Roundup, RoundupRevision
from content.rivalries import Kept, RivalryError, change_rivalry, remove_rivalry, rename_rivalry, set_rivalry
from content.services import write_roundup
from content.verify import verify
from scoring.models import Match, MatchProgress, Merge, Team
from scoring.services import merge_teams, undo_merge
from tests.factories import KICKOFF, a_match, a_team, finish, predictions
from tests.queue import run_queue

pytestmark = pytest.mark.django_db

WHY = {"by": "an editor", "reason": "two names of one team"}


def played(home: str, away: str, day: int, *, over: bool = True) -> Match:
    match = a_match(home, away, kickoff=KICKOFF + timedelta(days=day))
    predictions(match, {"Bee": (1, 0), "Cat": (0, 2)})
    if over:
        finish(match, 2, 1)
    return match


@pytest.fixture
def matches() -> list[Match]:
    """Ayr and Bute at home and away, and each against Crail."""
    pairs = [("Ayr", "Bute"), ("Bute", "Ayr"), ("Ayr", "Crail"), ("Crail", "Bute")]
    found = [played(*pair, day) for day, pair in enumerate(pairs)]
    run_queue()
    return found


def told() -> list[str]:
    run_queue()
    report = verify(finished=True, facts=True)
    assert report.failed == (), report
    return [roundup.facts["rivalry"] for roundup in Roundup.objects.order_by("match__kickoff")]


def ids(*names: str) -> list[int]:
    return [a_team(name).pk for name in names]


def rivals(one: str, two: str, name: str) -> Kept:
    return set_rivalry(a_team(one).pk, a_team(two).pk, name)


def kept() -> list[tuple[str, str, str]]:
    return [(r.first.name, r.second.name, r.name) for r in Rivalry.objects.order_by("first", "second")]


def test_the_matches_between_the_two_are_written_again(matches: list[Match]) -> None:
    ayr, bute, crail = ids("Ayr", "Bute", "Crail")
    assert str(set_rivalry(bute, ayr, " the  Firth derby ")) == "the Firth derby: 2 roundups are written again"
    assert (kept(), told()) == ([("Ayr", "Bute", "the Firth derby")], ["the Firth derby", "the Firth derby", "", ""])
    pk = Rivalry.objects.get().pk
    assert rename_rivalry(pk, "the Clyde derby").ordered == 2
    assert told() == ["the Clyde derby", "the Clyde derby", "", ""]
    assert rename_rivalry(pk, "the Clyde derby").ordered == 0
    assert change_rivalry(pk, crail, ayr, "the Fife derby").ordered == 3
    assert told() == ["", "", "the Fife derby", ""]
    assert str(remove_rivalry(pk)) == "the Fife derby: 1 roundup is written again"
    assert (kept(), told()) == ([], [""] * 4)
    written = RoundupRevision.objects.order_by("roundup__match__kickoff").values_list("roundup__match", flat=True)
    assert [list(written).count(match.pk) for match in matches] == [4, 4, 3, 1]


def test_no_facts_but_those_of_the_two_change(matches: list[Match]) -> None:
    """How many matches were derbies is in no history: no version would name it."""
    before = [collect_facts(match.pk).facts.hash() for match in matches]
    rivals("Ayr", "Bute", "the Firth derby")
    after = [collect_facts(match.pk).facts.hash() for match in matches]
    assert [now == then for now, then in zip(after, before, strict=True)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("one", "two", "name", "why"),
    [
        ("Ayr", "Ayr", "x", "a rivalry is between two teams: choose another one"),
        ("Ayr", "Crail", " ", "a rivalry has a name: say what the match is called, such as the Old Firm derby"),
        ("Bute", "Ayr", "x", "Ayr and Bute are rivals already: change what that is called (the Firth derby)"),
    ],
)
def test_what_is_no_rivalry_is_refused(matches: list[Match], one: str, two: str, name: str, why: str) -> None:
    rivals("Ayr", "Bute", "the Firth derby")
    with pytest.raises(RivalryError) as error:
        rivals(one, two, name)
    assert str(error.value) == why
    other = rivals("Bute", "Crail", "the other")
    with pytest.raises(RivalryError) as error:
        change_rivalry(Rivalry.objects.get(name=other.name).pk, a_team(one).pk, a_team(two).pk, name)
    assert str(error.value) == why
    assert kept() == [("Ayr", "Bute", "the Firth derby"), ("Bute", "Crail", "the other")]


def test_a_team_that_is_not_there_has_no_rival() -> None:
    with pytest.raises(Team.DoesNotExist):
        set_rivalry(a_team("Ayr").pk, 10**6, "x")


def test_a_roundup_that_is_written_meanwhile_is_written_again(
    matches: list[Match], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its facts were collected before the change, and would be saved after it: nothing else would tell."""
    first = matches[0]
    collected = collect_facts(first.pk)

    def collect_before_the_change(match_id: int) -> Collected:
        monkeypatch.setattr(services, "collect_facts", collect.collect_facts)
        rivals("Ayr", "Bute", "the Firth derby")
        return collected

    monkeypatch.setattr(services, "collect_facts", collect_before_the_change)
    wrote = write_roundup(first.pk, fresh=True)
    assert wrote.outcome == "not saved, the match or the table changed meanwhile"
    assert MatchProgress.objects.get(match=first).ordered_at is not None
    assert told() == ["the Firth derby", "the Firth derby", "", ""]


def test_a_match_that_is_not_over_is_a_derby_when_it_is(matches: list[Match]) -> None:
    open_match = played("Bute", "Ayr", 9, over=False)
    assert rivals("Ayr", "Bute", "the Firth derby").ordered == 2
    finish(open_match, 0, 0)
    assert told() == ["the Firth derby", "the Firth derby", "", "", "the Firth derby"]


def test_while_it_is_ordered_it_is_in_flight(matches: list[Match]) -> None:
    rivals("Ayr", "Bute", "the Firth derby")
    assert verify(facts=True).failed == ()


def test_beside_a_text_changed_by_hand_the_new_one_waits(matches: list[Match]) -> None:
    roundup = Roundup.objects.get(match=matches[0])
    edit(roundup.pk, Draft("By hand", "By hand."), by="an editor", reason="better", seen_version=1)
    rivals("Ayr", "Bute", "the Firth derby")
    assert told()[:2] == ["", "the Firth derby"]
    roundup.refresh_from_db()
    assert roundup.waiting is not None
    assert (roundup.text, roundup.waiting.facts["rivalry"]) == ("By hand.\n", "the Firth derby")


def test_a_team_takes_its_rivalries_along(matches: list[Match]) -> None:
    old, crail = ids("Old Ayr", "Crail")
    played("Old Ayr", "Crail", 7)
    set_rivalry(old, crail, "the Fife derby")
    assert told() == ["", "", "", "", "the Fife derby"]
    merge = merge_teams(old, a_team("Ayr").pk, **WHY).merge
    assert kept() == [("Ayr", "Crail", "the Fife derby")]
    assert told() == ["", "", "the Fife derby", "", "the Fife derby"]
    undo_merge(merge.pk, **WHY)
    assert {frozenset(pair[:2]): pair[2] for pair in kept()} == {frozenset({"Old Ayr", "Crail"}): "the Fife derby"}
    assert told() == ["", "", "", "", "the Fife derby"]


def test_of_two_rivalries_with_one_rival_that_of_the_team_that_stays_is_kept(matches: list[Match]) -> None:
    old, ayr, crail = ids("Old Ayr", "Ayr", "Crail")
    played("Crail", "Old Ayr", 7)
    set_rivalry(old, crail, "the old derby")
    set_rivalry(ayr, crail, "the derby")
    merge = merge_teams(old, ayr, **WHY).merge
    assert (kept(), told()) == ([("Ayr", "Crail", "the derby")], ["", "", "the derby", "", "the derby"])
    undo_merge(merge.pk, **WHY)
    assert sorted(name for _, _, name in kept()) == ["the derby", "the old derby"]
    assert told() == ["", "", "the derby", "", "the old derby"]


def test_rivals_that_become_one_team_are_rivals_again_when_they_are_two(matches: list[Match]) -> None:
    old, ayr = ids("Old Ayr", "Ayr")
    set_rivalry(old, ayr, "a mistake")
    merge = merge_teams(old, ayr, **WHY).merge
    assert kept() == []
    assert Merge.objects.get().moved["along"]["content.rivalries.follow_merge"][0]["name"] == "a mistake"
    undo_merge(merge.pk, **WHY)
    assert [name for _, _, name in kept()] == ["a mistake"]


def test_what_an_editor_removed_since_does_not_come_back(matches: list[Match]) -> None:
    old, ayr, crail = ids("Old Ayr", "Ayr", "Crail")
    set_rivalry(old, crail, "the Fife derby")
    merge = merge_teams(old, ayr, **WHY).merge
    remove_rivalry(Rivalry.objects.get().pk)
    undo_merge(merge.pk, **WHY)
    assert kept() == []


def test_a_team_with_a_rivalry_is_not_simply_deleted(matches: list[Match], operator: Client) -> None:
    lone, ayr = ids("Lone", "Ayr")
    set_rivalry(lone, ayr, "the derby")
    operator.post(reverse("admin:scoring_team_delete", args=[lone]), {"post": "yes"})
    assert (Team.objects.filter(pk=lone).exists(), len(kept())) == (True, 1)


def test_editors_keep_them_in_the_admin(matches: list[Match], operator: Client) -> None:
    ayr, bute = ids("Ayr", "Bute")
    add = reverse("admin:content_rivalry_add")
    operator.post(add, {"first": bute, "second": ayr, "name": "the Firth derby"})
    assert (kept(), told()[:2]) == ([("Ayr", "Bute", "the Firth derby")], ["the Firth derby"] * 2)
    page = operator.post(add, {"first": ayr, "second": bute, "name": "x"}).content.decode()
    assert "Ayr and Bute are rivals already: change what that is called (the Firth derby)." in page
    page = operator.post(add, {"first": ayr, "second": ayr, "name": "x"}).content.decode()
    assert "A rivalry is between two teams: choose another one." in page
    rivalry = Rivalry.objects.get()
    change = reverse("admin:content_rivalry_change", args=[rivalry.pk])
    page = operator.post(change, {"first": ayr, "second": bute, "name": "the derby"}, follow=True).content.decode()
    assert "the derby: 2 roundups are written again." in page
    assert told()[:2] == ["the derby"] * 2
    operator.post(reverse("admin:content_rivalry_delete", args=[rivalry.pk]), {"post": "yes"})
    assert (kept(), told()[:2]) == ([], ["", ""])


def test_several_are_deleted_at_once(matches: list[Match], operator: Client) -> None:
    ayr, bute, crail = ids("Ayr", "Bute", "Crail")
    set_rivalry(ayr, bute, "one")
    set_rivalry(ayr, crail, "two")
    chosen = list(Rivalry.objects.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    operator.post(reverse("admin:content_rivalry_changelist"), data)
    assert (kept(), told()) == ([], [""] * 4)
