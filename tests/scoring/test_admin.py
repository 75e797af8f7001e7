"""What people enter goes through the services: results, matches, rules and predictions."""

from datetime import timedelta
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

import pytest

from scoring.models import Match, MatchProgress, Prediction, ResultChange, Score, TeamAlias
from scoring.services import score_match
from tests.factories import KICKOFF, a_match, a_model, a_season, a_team, finish, predictions

pytestmark = pytest.mark.django_db
PHASES = ("half_time", "full_time", "extra_time", "shootout")


def fields_of(match: Match, **changes: Any) -> dict[str, Any]:
    """Return what a browser posts for the page of this match, with some fields typed over."""
    posted = {
        "seen_revision": match.revision,
        "status": match.status,
        "home": match.home_id,
        "away": match.away_id,
        "round": match.round,
        "date": match.date.isoformat(),
        "kickoff_0": match.kickoff.date().isoformat(),
        "kickoff_1": f"{match.kickoff:%H:%M:%S}",
        "time_known": "on" if match.time_known else "",
        "reason": "",
    }
    for phase in PHASES:
        for side in ("home", "away"):
            value = getattr(match, f"{phase}_{side}")
            posted[f"{phase}_{side}"] = "" if value is None else value
    return {**posted, **changes}


def save(client: Client, match: Match, **changes: Any) -> Any:
    return client.post(reverse("admin:scoring_match_change", args=[match.pk]), fields_of(match, **changes))


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


def stored(match: Match) -> dict[str, Any]:
    return dict(Match.objects.values().get(pk=match.pk))


def test_a_result_entered_in_the_form_is_recorded_and_its_pipeline_started(operator: Client) -> None:
    match = a_match()
    response = save(operator, match, status="finished", full_time_home=2, full_time_away=1)
    assert response.status_code == 302
    match.refresh_from_db()
    assert (match.status, match.phases.full_time, match.revision) == ("finished", (2, 1), 2)
    assert [task.task["args"] for task in OrmQ.objects.all()] == [(match.pk,)]
    assert [task.task["func"] for task in OrmQ.objects.all()] == ["scoring.tasks.score_match"]
    assert MatchProgress.objects.get().step == "scoring.tasks.score_match"
    assert ResultChange.objects.get().by == "operator"
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[0] == (
        "Revision 2. Scoring is queued; the roundup follows 30 seconds after the stats. "
        "This page shows how far it has come."
    )


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"full_time_home": 2}, "full_time_away", "Give the goals of both sides, or of neither."),
        ({"full_time_home": "two", "full_time_away": 1}, "full_time_home", "Enter a whole number."),
        (
            {"full_time_home": -1, "full_time_away": 1},
            "full_time_home",
            "Ensure this value is greater than or equal to 0.",
        ),
        (
            {"half_time_home": 3, "half_time_away": 0, "full_time_home": 2, "full_time_away": 1},
            "__all__",
            "The half-time score 3–0 can't be followed by full-time 2–1: goals are never taken off; correct one of the "
            "two.",
        ),
        (
            {"status": "scheduled", "full_time_home": 2, "full_time_away": 1},
            "__all__",
            "A match with a score can't be scheduled: set its status, or remove the score.",
        ),
        (
            {"kickoff_0": "", "kickoff_1": ""},
            "kickoff",
            "Say when the match begins, or that its time of day is not known.",
        ),
    ],
)
def test_a_result_that_cannot_be_is_said_beside_the_field_and_changes_nothing(
    operator: Client, typed: dict[str, Any], field: str, words: str
) -> None:
    match = a_match()
    before = stored(match)
    assert errors(save(operator, match, **{"status": "finished", **typed})) == {field: [words]}
    assert stored(match) == before
    assert (OrmQ.objects.count(), ResultChange.objects.count()) == (0, 0)


def test_a_team_can_not_play_itself_and_no_number_is_given_twice(operator: Client) -> None:
    match = a_match(num=1)
    other = a_match("Peru", "Chile", num=2)
    assert list(errors(save(operator, match, away=match.home_id))) == ["__all__"]
    assert list(errors(save(operator, other, num=1))) == ["__all__"]


def test_a_correction_needs_a_reason_and_the_first_result_does_not(operator: Client) -> None:
    match = a_match()
    assert save(operator, match, status="finished", full_time_home=2, full_time_away=1).status_code == 302
    match.refresh_from_db()
    refused = save(operator, match, full_time_away=2)
    assert errors(refused) == {"reason": ["This corrects a result that is known: say why."]}
    assert save(operator, match, full_time_away=2, reason="the referee's report", _confirmed="on").status_code == 302
    change = ResultChange.objects.get(revision=3)
    assert (change.before, change.after, change.reason) == (
        {"full_time_away": 1},
        {"full_time_away": 2},
        "the referee's report",
    )


def test_what_was_known_needs_a_reason_on_every_way_to_another_result(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    for typed in ({"status": "live"}, {"full_time_home": 5, "full_time_away": 5}, {"status": "finished"}):
        match.refresh_from_db()
        assert list(errors(save(operator, match, **typed))) == ["reason"]
        assert save(operator, match, **typed, reason="a replay", _confirmed="on").status_code == 302
    match.refresh_from_db()
    assert (match.status, match.phases.full_time) == ("finished", (5, 5))


@pytest.mark.parametrize(
    "typed", [{"extra_time_home": 3, "extra_time_away": 3}, {"venue": "Cardiff"}, {"group": "B"}, {"num": 7}]
)
def test_what_was_settled_is_not_added_to_without_a_reason(operator: Client, typed: dict[str, Any]) -> None:
    match = a_match()
    finish(match, 2, 1)
    score_match(match.pk)
    match.refresh_from_db()
    assert list(errors(save(operator, match, **typed))) == ["reason"]
    assert save(operator, match, **typed, reason="the report", _confirmed="on").status_code == 302


def test_a_match_that_is_over_is_not_moved_to_a_day_to_come(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    match.refresh_from_db()
    before = stored(match)
    found = errors(save(operator, match, date="2099-06-30", kickoff_0="2099-06-30", reason="a slip"))
    assert found["__all__"] == [
        "A match that is finished can't begin on 2099-06-30, which is still to come: correct the date, or take its "
        "result back first."
    ]
    assert stored(match) == before


def test_what_was_not_known_of_a_finished_match_is_no_correction(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    match.refresh_from_db()
    assert save(operator, match, half_time_home=1, half_time_away=0, venue="Cardiff").status_code == 302


def test_a_page_that_somebody_else_overtook_is_refused(operator: Client) -> None:
    match = a_match()
    finish(Match.objects.get(pk=match.pk), 2, 1)
    assert errors(save(operator, match, venue="Cardiff"))["__all__"][0].startswith(
        "Somebody changed this match while you were looking at revision 1; it is at revision 2 now."
    )
    assert Match.objects.get().phases.full_time == (2, 1)


def test_saving_without_a_change_makes_no_revision(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    match.refresh_from_db()
    response = save(operator, match)
    assert Match.objects.get().revision == 2
    assert "Nothing new; still at revision 2." in [str(m) for m in get_messages(response.wsgi_request)]


def test_the_scorers_can_be_removed_with_a_reason(operator: Client) -> None:
    match = a_match()
    finish(match, 1, 0)
    match.goals.create(side="home", position=0, scorer="Somebody", minute=9)
    match.refresh_from_db()
    assert list(errors(save(operator, match, forget_scorers="on"))) == ["reason"]
    save(operator, match, forget_scorers="on", reason="the wrong match")
    assert match.goals.count() == 0


def test_a_match_added_with_its_result_starts_its_pipeline(operator: Client) -> None:
    match = Match(
        season=a_season(),
        home=a_team("Peru"),
        away=a_team("Chile"),
        date=KICKOFF.date(),
        kickoff=KICKOFF,
        round="Final",
    )
    posted = fields_of(match, season=match.season_id, status="finished", full_time_home=0, full_time_away=0)
    assert operator.post(reverse("admin:scoring_match_add"), posted).status_code == 302
    added = Match.objects.get()
    assert (added.phases.full_time, added.result_source, added.revision) == ((0, 0), "person", 1)
    assert ResultChange.objects.get().after == {"status": "finished", "full_time_home": 0, "full_time_away": 0}
    assert [task.task["args"] for task in OrmQ.objects.all()] == [(added.pk,)]


def test_a_match_whose_time_of_day_is_not_known_locks_when_its_day_begins(operator: Client) -> None:
    match = a_match()
    save(operator, match, time_known="", kickoff_0="", kickoff_1="")
    assert Match.objects.get().kickoff == KICKOFF.replace(hour=0)


def test_only_a_match_that_nothing_hangs_on_can_be_deleted(operator: Client) -> None:
    fresh, predicted, over = a_match("A", "B"), a_match("C", "D"), a_match("E", "F")
    predictions(predicted, {"Model": (1, 0)})
    finish(over, 1, 0)
    pages = [reverse("admin:scoring_match_delete", args=[match.pk]) for match in (fresh, predicted, over)]
    assert [operator.post(page, {"post": "yes"}).status_code for page in pages] == [302, 403, 403]
    assert set(Match.objects.all()) == {predicted, over}


def test_teams_seasons_competitions_and_models_in_use_cannot_be_deleted(operator: Client) -> None:
    match = a_match()
    predictions(match, {"Model": (1, 0)})
    rows = [match.home, match.season, match.season.competition, a_model("Model")]
    pages = [reverse(f"admin:scoring_{row._meta.model_name}_delete", args=[row.pk]) for row in rows]
    assert [operator.post(page, {"post": "yes"}).status_code for page in pages] == [403] * 4


def test_another_basis_scores_every_match_of_the_competition_again(operator: Client) -> None:
    match, waiting = a_match(), a_match("Peru", "Chile")
    predictions(match, {"Model": (2, 1)})
    finish(match, 1, 1, extra_time=(2, 1))
    score_match(match.pk)
    competition = match.season.competition
    page = reverse("admin:scoring_competition_change", args=[competition.pk])
    posted = {"name": competition.name, "basis": "after_extra_time", "rule": competition.rule, "time_zone": ""}
    assert errors(operator.post(page, posted)) == {
        "reason": ["This scores every match that was played again: say why."]
    }
    response = operator.post(page, {**posted, "reason": "the statutes", "_confirmed": "on"})
    assert response.status_code == 302
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[0] == "1 match has a new revision; if it counts, it is scored and written again."
    competition.refresh_from_db()
    assert competition.basis == "after_extra_time"
    assert list(Match.objects.order_by("pk").values_list("revision", flat=True)) == [3, 1]
    change = ResultChange.objects.get(match=match, revision=3)
    assert (change.before, change.after, change.by, change.reason) == (
        {"basis": "regular_time"},
        {"basis": "after_extra_time"},
        "operator",
        "the statutes",
    )
    score_match(match.pk)
    assert Score.objects.get().exact_hit
    assert not ResultChange.objects.filter(match=waiting).exists()


def test_a_time_zone_of_a_competition_is_no_revision_and_must_exist(operator: Client) -> None:
    match = a_match()
    finish(match, 1, 0)
    competition = match.season.competition
    page = reverse("admin:scoring_competition_change", args=[competition.pk])
    posted = {
        "name": competition.name,
        "basis": competition.basis,
        "rule": competition.rule,
        "time_zone": "Europe/London",
    }
    assert operator.post(page, posted).status_code == 302
    assert Match.objects.get().revision == 2
    assert list(errors(operator.post(page, {**posted, "time_zone": "Atlantis"}))) == ["time_zone"]


def test_a_season_that_was_played_stays_with_its_competition(operator: Client) -> None:
    match = a_match()
    other = a_season("League 2026").competition
    page = reverse("admin:scoring_season_change", args=[match.season_id])
    posted = {"competition": other.pk, "label": "2026", "name": "World Cup 2026"}
    assert operator.post(page, posted).status_code == 302
    match.season.refresh_from_db()
    assert match.season.competition_id != other.pk


def tip(match: Match, **changes: Any) -> dict[str, Any]:
    return {"match": match.pk, "model": a_model("Model").pk, "home_goals": 2, "away_goals": 1, "reason": "", **changes}


def test_a_prediction_added_before_kickoff_is_dated_by_the_server(operator: Client) -> None:
    match = a_match(kickoff=timezone.now() + timedelta(days=1))
    before = timezone.now()
    page = reverse("admin:scoring_prediction_add")
    assert operator.post(page, tip(match, p_home=0.5, p_draw=0.3, p_away=0.2)).status_code == 302
    row = Prediction.objects.get()
    assert row.submitted_at is not None
    assert before <= row.submitted_at <= timezone.now()
    assert (row.scoreline, row.probabilities) == ((2, 1), (0.5, 0.3, 0.2))
    assert Match.objects.get().revision == 1


def test_a_prediction_that_joins_a_match_that_has_begun_needs_a_reason_and_makes_a_revision(operator: Client) -> None:
    match = a_match(kickoff=timezone.now() - timedelta(days=1))
    page = reverse("admin:scoring_prediction_add")
    assert list(errors(operator.post(page, tip(match)))) == ["reason"]
    assert operator.post(page, tip(match, reason="came by letter")).status_code == 302
    assert Match.objects.get().revision == 2
    finish(match, 2, 1)
    score_match(match.pk)
    assert Score.objects.get().timing == "late"


@pytest.mark.parametrize(
    "typed",
    [
        {"p_home": 0.5, "p_draw": 0.3},
        {"p_home": 0.5, "p_draw": 0.3, "p_away": 0.9},
        {"home_goals": 100},
        {"home_goals": -1},
        {"away_goals": ""},
    ],
)
def test_a_prediction_that_cannot_be_is_refused(operator: Client, typed: dict[str, Any]) -> None:
    match = a_match(kickoff=timezone.now() + timedelta(days=1))
    assert errors(operator.post(reverse("admin:scoring_prediction_add"), tip(match, **typed)))
    assert Prediction.objects.count() == 0


def test_a_prediction_changes_until_kickoff_only_and_is_never_deleted(operator: Client) -> None:
    coming = a_match(kickoff=timezone.now() + timedelta(days=1))
    begun = a_match("Peru", "Chile", kickoff=timezone.now() - timedelta(hours=1))
    for match in (coming, begun):
        predictions(match, {"Model": (0, 0)})
    rows = [Prediction.objects.get(match=match) for match in (coming, begun)]
    answers = [
        operator.post(reverse("admin:scoring_prediction_change", args=[row.pk]), tip(row.match)).status_code
        for row in rows
    ]
    assert answers == [302, 403]
    assert [Prediction.objects.get(pk=row.pk).scoreline for row in rows] == [(2, 1), (0, 0)]
    deletions = [
        operator.post(reverse("admin:scoring_prediction_delete", args=[row.pk]), {"post": "yes"}).status_code
        for row in rows
    ]
    assert deletions == [403, 403]


def test_a_team_gets_other_names_on_its_page(operator: Client) -> None:
    team = a_team("Wales")
    posted = {
        "name": "Wales",
        "aliases-TOTAL_FORMS": 1,
        "aliases-INITIAL_FORMS": 0,
        "aliases-0-name": "Cymru",
        "aliases-0-team": team.pk,
    }
    assert operator.post(reverse("admin:scoring_team_change", args=[team.pk]), posted).status_code == 302
    assert TeamAlias.objects.get().name == "Cymru"


def test_the_lists_of_matches_can_be_filtered_by_how_far_the_work_has_come(operator: Client) -> None:
    done, waiting, failing = a_match("A", "B"), a_match("C", "D"), a_match("E", "F")
    behind = a_match("G", "H", status="finished", full_time_home=1, full_time_away=0)
    for match in (done, waiting, failing):
        finish(match, 1, 0)
    MatchProgress.objects.filter(match=done).update(step="")
    MatchProgress.objects.filter(match=failing).update(error="no ink")
    page = reverse("admin:scoring_match_changelist")

    def listed(work: str) -> set[int]:
        return {row.pk for row in operator.get(page, {"work": work}).context["cl"].result_list}

    assert {work: listed(work) for work in ("done", "waiting", "failing", "behind")} == {
        "done": {done.pk},
        "waiting": {waiting.pk, failing.pk},
        "failing": {failing.pk},
        "behind": {behind.pk},
    }
