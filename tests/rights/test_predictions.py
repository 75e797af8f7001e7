"""Once its match has begun a prediction is read-only, for a POST that no form made as well, except to be voided."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from scoring.models import MatchProgress, Prediction
from tests.factories import a_match, a_model, finish, predictions
from tests.rights.scene import writes

pytestmark = pytest.mark.django_db

CHANGED = {"home_goals": 5, "away_goals": 0, "reason": "a better idea"}


@pytest.fixture
def someone(client: Client) -> Client:
    person = User.objects.create_user("someone", is_staff=True)
    person.groups.add(Group.objects.get(name="Operator"))
    client.force_login(person)
    return client


def tip(*, hours: int) -> Prediction:
    """Return a prediction for a match that kicks off in so many hours."""
    match = a_match(kickoff=timezone.now() + timedelta(hours=hours))
    predictions(match, {"A": (2, 1)})
    return Prediction.objects.get()


def begun(prediction: Prediction) -> Prediction:
    return prediction


def over_before_its_kickoff(prediction: Prediction) -> Prediction:
    """As when the kickoff was entered wrong."""
    prediction.match.status = "cancelled"
    prediction.match.save()
    return prediction


def worked_on(prediction: Prediction) -> Prediction:
    MatchProgress.objects.create(match=prediction.match, revision=1)
    return prediction


def page(prediction: Prediction, name: str) -> str:
    return reverse(f"admin:scoring_prediction_{name}", args=[prediction.pk])


def exclude(client: Client, prediction: Prediction, **posted: Any) -> Any:
    return client.post(page(prediction, "exclusion"), posted)


def test_before_the_match_a_prediction_can_be_changed(someone: Client) -> None:
    prediction = tip(hours=1)
    at = prediction.submitted_at or timezone.now()
    same = {"submitted_at_0": f"{at:%Y-%m-%d}", "submitted_at_1": f"{at:%H:%M:%S}"}
    assert someone.post(page(prediction, "change"), {**CHANGED, **same}).status_code == 302
    prediction.refresh_from_db()
    assert prediction.scoreline == (5, 0)
    assert LogEntry.objects.get().change_message == ("Changed Home goals: 2 → 5; Away goals: 1 → 0. Why: a better idea")


@pytest.mark.parametrize(("hours", "arrange"), [(-1, begun), (1, over_before_its_kickoff), (1, worked_on)])
def test_afterwards_it_can_only_be_looked_at(someone: Client, hours: int, arrange: Any) -> None:
    prediction = arrange(tip(hours=hours))
    shown = someone.get(page(prediction, "change"))
    assert (shown.status_code, shown.context["has_change_permission"]) == (200, False)
    assert 'name="home_goals"' not in shown.content.decode()
    with writes() as written:
        assert someone.post(page(prediction, "change"), CHANGED).status_code == 403
        assert someone.post(page(prediction, "delete"), {"post": "yes"}).status_code == 403
    assert written == []


def test_a_second_one_of_the_same_model_can_not_take_its_place(someone: Client) -> None:
    prediction = tip(hours=-1)
    again = {**CHANGED, "match": prediction.match_id, "model": prediction.model_id, "_confirmed": "on"}
    someone.post(reverse("admin:scoring_prediction_add"), again)
    assert [row.scoreline for row in Prediction.objects.all()] == [(2, 1)]


def test_one_that_joins_late_needs_a_reason(someone: Client) -> None:
    prediction = tip(hours=-1)
    late = {"match": prediction.match_id, "model": a_model("B").pk, "home_goals": 1, "away_goals": 1}
    shown = someone.post(reverse("admin:scoring_prediction_add"), {**late, "_confirmed": "on"})
    assert list(shown.context["adminform"].form.errors) == ["reason"]
    assert Prediction.objects.count() == 1


def test_it_is_voided_with_a_reason_which_the_log_keeps(someone: Client) -> None:
    prediction = tip(hours=-1)
    finish(prediction.match, 2, 1)
    for posted in ({"kind": "voided"}, {"kind": "voided", "reason": " "}, {"kind": "withdrawn", "reason": "late"}):
        assert exclude(someone, prediction, **posted, _confirmed="on").status_code == 200
        prediction.refresh_from_db()
        assert prediction.excluded == ""
    why = {"kind": "voided", "reason": "made after the match"}
    assert exclude(someone, prediction, **why).status_code == 200
    assert (Prediction.objects.get().excluded, LogEntry.objects.count()) == ("", 0)
    assert exclude(someone, prediction, **why, _confirmed="on").status_code == 302
    assert Prediction.objects.get().excluded == "voided"
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id) == ("someone", str(prediction.pk))
    assert entry.change_message.endswith("declared void, revision 3. Why: made after the match")


def test_its_maker_can_withdraw_it_until_the_match_begins(someone: Client) -> None:
    prediction = tip(hours=1)
    assert exclude(someone, prediction, kind="withdrawn", reason="they asked", _confirmed="on").status_code == 302
    assert Prediction.objects.get().excluded == "withdrawn"
