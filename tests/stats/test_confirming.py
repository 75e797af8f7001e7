"""The admin shows what a change of something settled would do before it is made, and makes it when it is confirmed."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

import pytest

from scoring.models import AIModel, Match, Merge, Prediction, ResultChange, Team
from scoring.services import change_match
from tests.factories import KICKOFF, a_match, a_model, a_team, predictions
from tests.scoring.test_admin import errors, fields_of, save, tip
from tests.stats.moves import a_counted_season, settle, table
from tests.web import Forms

pytestmark = pytest.mark.django_db

WHY = "the referee's report"


def shown(response: Any) -> list[str]:
    """The effect on the page; checks that it is the page which asks."""
    assert (response.status_code, response.templates[0].name) == (200, "admin/stats/confirm.html")
    lines: list[str] = response.context["effect"].lines()
    return lines


def confirm(client: Client, address: str, page: Any) -> Any:
    """Presses the page's button: sends its form as a browser would."""
    forms = [fields for fields in Forms(page.content.decode()).forms if "_confirmed" in fields]
    assert len(forms) == 1
    return client.post(address, forms[0])


def address(match: Match) -> str:
    return reverse("admin:scoring_match_change", args=[match.pk])


def counts() -> tuple[int, int, int, int]:
    return ResultChange.objects.count(), OrmQ.objects.count(), LogEntry.objects.count(), Merge.objects.count()


@pytest.fixture
def counted() -> Match:
    match = a_counted_season()[0]
    OrmQ.objects.all().delete()
    return match


def test_a_correction_is_shown_first_and_made_when_it_is_confirmed(operator: Client, counted: Match) -> None:
    before = counts()
    page = save(operator, counted, full_time_home=1, reason=WHY)
    assert shown(page)[1] == "  World Cup 2026, A: 21 → 14 points, rank 1, 3 counted"
    assert shown(page)[-1] == "  Mexico – Wales, 2026-06-11 (World Cup 2026): 2–1 → 1–1"
    assert counts() == before
    assert Match.objects.get(pk=counted.pk).revision == 2
    assert [str(message) for message in get_messages(page.wsgi_request)] == []
    response = confirm(operator, address(counted), page)
    assert response.status_code == 302
    change = ResultChange.objects.get(match=counted, revision=3)
    assert (change.after, change.reason, change.by) == ({"full_time_home": 1}, WHY, "operator")
    assert len(list(get_messages(response.wsgi_request))) == 2
    settle()
    assert table()[0] == (1, "A", 14, 3)


def test_the_reason_can_be_put_better_on_the_page_that_asks(operator: Client, counted: Match) -> None:
    page = save(operator, counted, full_time_home=1, reason="hm")
    (form,) = [fields for fields in Forms(page.content.decode()).forms if "_confirmed" in fields]
    operator.post(address(counted), {**form, "reason": "the report of the referee"})
    assert ResultChange.objects.get(revision=3).reason == "the report of the referee"


def test_a_first_result_and_a_change_that_moves_nothing_are_saved_at_once(operator: Client, counted: Match) -> None:
    fresh = a_match("Ghana", "Togo")
    predictions(fresh, {"A": (2, 1)})
    assert save(operator, fresh, status="finished", full_time_home=0, full_time_away=0).status_code == 302
    response = save(operator, counted, venue="Cardiff", half_time_home=0, half_time_away=0, reason=WHY)
    assert response.status_code == 302
    assert len(list(get_messages(response.wsgi_request))) == 4
    assert Match.objects.get(pk=counted.pk).venue == "Cardiff"


def test_a_score_that_was_never_known_is_saved_at_once(operator: Client, counted: Match) -> None:
    fresh = a_match("Ghana", "Togo", status="finished")
    predictions(fresh, {"A": (2, 1)})
    assert save(operator, fresh, full_time_home=2, full_time_away=1).status_code == 302


def test_a_correction_before_the_first_result_was_scored_is_shown_too(operator: Client) -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    save(operator, match, status="finished", full_time_home=2, full_time_away=1)
    match.refresh_from_db()
    assert shown(save(operator, match, full_time_home=3, reason=WHY))[1] == (
        "  World Cup 2026, A: 6 → 2 points, rank 1, 1 counted"
    )


def test_a_kickoff_that_makes_predictions_late_is_shown_before_the_match_is_over(operator: Client) -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)}, before=timedelta(hours=1))
    page = save(operator, match, kickoff_1="16:00:00")
    assert shown(page)[3] == "  A, 2–1 for Mexico – Wales, 2026-06-11: in time → late, does not count"
    assert confirm(operator, address(match), page).status_code == 302
    assert Match.objects.get().kickoff == KICKOFF - timedelta(hours=2)
    match.refresh_from_db()
    assert save(operator, match, kickoff_1="15:59:00").status_code == 302


def test_a_void_match_and_a_wrong_form(operator: Client, counted: Match) -> None:
    assert "does not count (abandoned, so void)" in shown(save(operator, counted, status="abandoned", reason=WHY))[-1]
    assert errors(save(operator, counted, status="abandoned")) == {
        "reason": ["This corrects a result that is known: say why."]
    }


def test_a_void_match_that_counts_again_is_shown_first(operator: Client, counted: Match) -> None:
    change_match(counted.pk, {"status": "abandoned"}, by="x", reason=WHY)
    settle()
    counted.refresh_from_db()
    page = save(operator, counted, status="finished", reason="played on")
    assert shown(page)[1] == "  World Cup 2026, A: 14 → 21 points, rank 1, 2 → 3 counted"


def test_awarded_matches_that_count_from_now_on_are_shown_first(operator: Client) -> None:
    match = a_match(status="awarded", full_time_home=3, full_time_away=0)
    predictions(match, {"A": (3, 0)})
    competition = match.season.competition
    page = reverse("admin:scoring_competition_change", args=[competition.pk])
    posted = {"name": "Cup", "basis": competition.basis, "rule": competition.rule, "time_zone": ""}
    asked = operator.post(page, {**posted, "score_awarded": "on", "reason": "the statutes"})
    assert shown(asked)[1] == "  World Cup 2026, A: – → 6 points, rank – → 1, – → 1 counted"


def test_a_page_that_asks_and_was_overtaken_is_refused(operator: Client, counted: Match) -> None:
    page = save(operator, counted, full_time_home=1, reason=WHY)
    change_match(counted.pk, {"venue": "Cardiff"}, by="x")
    assert list(errors(confirm(operator, address(counted), page))) == ["__all__"]
    assert Match.objects.get(pk=counted.pk).full_time_home == 2


def test_another_rule_is_shown_first(operator: Client, counted: Match) -> None:
    competition = counted.season.competition
    page = reverse("admin:scoring_competition_change", args=[competition.pk])
    posted = {
        "name": "Cup",
        "basis": competition.basis,
        "rule": "fixed-2-3-4",
        "time_zone": "",
        "reason": "the statutes",
    }
    asked = operator.post(page, posted)
    assert shown(asked)[1] == "  World Cup 2026, A: 21 → 12 points, rank 1, 3 counted"
    competition.refresh_from_db()
    assert (competition.name, competition.rule) == ("World Cup", "quota-2-6")
    assert confirm(operator, page, asked).status_code == 302
    competition.refresh_from_db()
    assert (competition.name, competition.rule) == ("Cup", "fixed-2-3-4")


def test_a_prediction_that_joins_a_match_that_is_over_is_shown_first(operator: Client, counted: Match) -> None:
    page = reverse("admin:scoring_prediction_add")
    sent = {"submitted_at_0": "2026-06-10", "submitted_at_1": "12:00:00", "reason": "came by letter"}
    asked = operator.post(page, tip(counted, model=a_model("E").pk, **sent))
    # Three of five chose the home win, which is worth 2 now, where it was 3 for two of four.
    assert shown(asked)[1:4] == [
        "  World Cup 2026, A: 21 → 20 points, rank 1, 3 counted",
        "  World Cup 2026, E: – → 6 points, rank – → 2, – → 1 counted",
        "  World Cup 2026, B: 12 → 11 points, rank 2 → 3, 3 counted",
    ]
    assert Prediction.objects.filter(model__name="E").count() == 0
    assert confirm(operator, page, asked).status_code == 302
    assert Prediction.objects.filter(model__name="E").count() == 1


def test_a_prediction_is_taken_out_of_the_field_and_put_back(operator: Client, counted: Match) -> None:
    row = Prediction.objects.get(match=counted, model__name="A")
    page, own = (reverse(f"admin:scoring_prediction_{name}", args=[row.pk]) for name in ("exclusion", "change"))
    assert f'href="{page}"' in operator.get(own).content.decode()
    assert operator.get(page).status_code == 200
    assert dict(operator.post(page, {"kind": "voided", "reason": " "}).context["form"].errors) == {
        "reason": ["This field is required."]
    }
    asked = operator.post(page, {"kind": "voided", "reason": "sent twice"})
    assert shown(asked)[1] == "  World Cup 2026, A: 21 → 14 points, rank 1, 3 → 2 counted"
    row.refresh_from_db()
    assert row.excluded == ""
    assert confirm(operator, page, asked)["Location"] == own
    row.refresh_from_db()
    assert (row.excluded, row.excluded_because, row.excluded_by) == ("voided", "sent twice", "operator")
    assert "Declared void: sent twice (operator," in operator.get(own).content.decode()
    settle()
    asked = operator.post(page, {"reason": "proved"})
    assert shown(asked)[1] == "  World Cup 2026, A: 14 → 21 points, rank 1, 2 → 3 counted"
    confirm(operator, page, asked)
    row.refresh_from_db()
    assert row.excluded == ""


def test_two_models_are_merged_and_taken_apart(operator: Client, counted: Match) -> None:
    Prediction.objects.filter(match=counted, model__name="A").update(model=a_model("E"))
    change_match(counted.pk, {"venue": "Cardiff"}, by="x")
    settle()
    page = reverse("admin:scoring_aimodel_merge", args=[a_model("E").pk])
    wrong = operator.post(page, {"into": "Aa", "reason": "one model"})
    assert wrong.context["form"].errors["into"] == ['There is no model "Aa"; did you mean A?']
    refused = operator.post(page, {"into": "B", "reason": "one model"})
    assert refused.context["form"].non_field_errors() == [
        f"E and B both predicted Mexico – Wales, 2026-06-11 ({counted.pk}): withdraw or void the prediction of E there "
        f"first; it then stays with E."
    ]
    asked = operator.post(page, {"into": "A", "reason": "one model"})
    assert shown(asked)[1] == "  World Cup 2026, A: 14 → 21 points, rank 1, 2 → 3 counted"
    assert Merge.objects.count() == 0
    assert confirm(operator, page, asked).status_code == 302
    merge = Merge.objects.get()
    undo = reverse("admin:scoring_merge_undo", args=[merge.pk])
    assert f'href="{undo}"' in operator.get(reverse("admin:scoring_merge_change", args=[merge.pk])).content.decode()
    settle()
    asked = operator.post(undo, {"reason": "two after all"})
    assert shown(asked)[1] == "  World Cup 2026, A: 21 → 14 points, rank 1, 3 → 2 counted"
    confirm(operator, undo, asked)
    merge.refresh_from_db()
    assert (merge.undone_by, merge.undone_because) == ("operator", "two after all")
    assert AIModel.objects.get(name="E").is_active


def test_two_teams_are_merged(operator: Client, counted: Match) -> None:
    page = reverse("admin:scoring_team_merge", args=[a_team("Cuba").pk])
    asked = operator.post(page, {"into": "Mexico", "reason": "one team"})
    assert shown(asked)[:2] == ["Models:", "  none gains or loses anything"]
    assert confirm(operator, page, asked).status_code == 302
    assert not Team.objects.filter(name="Cuba").exists()


def test_names_do_not_become_ambiguous(operator: Client, counted: Match) -> None:
    alias = {"name": "A", "model": a_model("B").pk}
    assert errors(operator.post(reverse("admin:scoring_aimodelalias_add"), alias)) == {
        "name": ["There is a model called “A”: merge the two instead, on its page."]
    }
    a_model("B").aliases.create(name="Bee")
    model = {"name": "Bee", "kind": "unknown", "is_active": "on"}
    assert errors(operator.post(reverse("admin:scoring_aimodel_add"), model)) == {
        "name": ["Bee is another name of B: remove that alias first, or merge the two."]
    }


def test_people_who_may_only_look_can_not_move_anything(client: Client, counted: Match) -> None:
    looker = User.objects.create(username="looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looker)
    merge = Merge.objects.create(
        kind="team", old_pk=1, old_name="Old", into_pk=2, into_name="New", old_fields={}, moved={}, by="x", at=KICKOFF
    )
    row = Prediction.objects.filter(match=counted).earliest("pk")
    pages = [
        reverse("admin:scoring_prediction_exclusion", args=[row.pk]),
        reverse("admin:scoring_aimodel_merge", args=[a_model("A").pk]),
        reverse("admin:scoring_team_merge", args=[counted.home_id]),
        reverse("admin:scoring_merge_undo", args=[merge.pk]),
    ]
    before = counts()
    posted = {"reason": "why", "kind": "voided", "into": "B", "_confirmed": "on"}
    assert [client.get(page).status_code for page in pages] == [403] * 4
    assert [client.post(page, posted).status_code for page in pages] == [403] * 4
    assert client.post(address(counted), fields_of(counted, full_time_home=1)).status_code == 403
    assert counts() == before
