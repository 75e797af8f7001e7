"""Changing what a competition is scored by: a new revision of every match that it touches, or of none."""

from django_q.models import OrmQ

import pytest

from scoring.models import Competition, Match, ResultChange
from scoring.services import change_competition
from tests.factories import a_match, a_season, finish

pytestmark = pytest.mark.django_db


def revisions() -> dict[str, int]:
    return dict(Match.objects.values_list("home__name", "revision"))


def a_cup() -> Competition:
    """A cup with a finished match, an awarded one and one to come; and a league beside it."""
    finish(a_match("Finished"), 1, 0)
    a_match("Awarded", status="awarded", full_time_home=3, full_time_away=0)
    a_match("Coming")
    finish(a_match("League", season=a_season("League 2026")), 1, 0)
    OrmQ.objects.all().delete()
    return a_season().competition


def test_another_rule_is_a_new_revision_of_every_match_that_is_over() -> None:
    cup = a_cup()
    outcome = change_competition(cup.pk, {"rule": "kicktipp"}, by="somebody", reason="as agreed")
    assert (outcome.changed, outcome.matches) == ({"rule": ("quota-2-6", "kicktipp")}, 2)
    assert revisions() == {"Finished": 3, "Awarded": 2, "Coming": 1, "League": 2}
    assert OrmQ.objects.count() == 2
    change = ResultChange.objects.get(match__home__name="Awarded")
    assert (change.revision, change.by, change.reason) == (2, "somebody", "as agreed")


def test_whether_awarded_matches_count_touches_only_those() -> None:
    outcome = change_competition(a_cup().pk, {"score_awarded": True}, by="somebody")
    assert outcome.matches == 1
    assert revisions() == {"Finished": 2, "Awarded": 2, "Coming": 1, "League": 2}


def test_what_is_already_so_changes_nothing_and_other_fields_are_refused() -> None:
    cup = a_cup()
    before = revisions()
    assert change_competition(cup.pk, {"rule": cup.rule, "basis": cup.basis}, by="somebody").matches == 0
    with pytest.raises(ValueError, match="time_zone can't be changed here"):
        change_competition(cup.pk, {"time_zone": "Europe/London"}, by="somebody")
    assert revisions() == before
