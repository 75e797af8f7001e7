"""Filling the demo's database: honest predictions, matches brought to the end, and nothing left in the queue."""

from dataclasses import replace
from datetime import timedelta

from django.test import Client
from django_q.models import OrmQ, Schedule

import pytest

from content.demo import season
from content.demo.data import Tournament, world_cup
from content.demo.forecasters import FORECASTERS
from content.models import Roundup
from scoring.models import AIModel, Match, MatchProgress, Prediction, Score
from scoring.rules import Goals, Phases
from stats.models import MatchStats, ModelStats

pytestmark = pytest.mark.django_db

WORLD_CUP = world_cup()
FINAL = WORLD_CUP.matches[-1]
OPENING = replace(WORLD_CUP, matches=WORLD_CUP.matches[:4])


def play(tournament: Tournament) -> list[Match]:
    matches = season.create_season(tournament)
    season.play_all(list(zip(matches, tournament.matches, strict=True)))
    return matches


def test_a_season_begins_with_every_match_scheduled_and_predicted_an_hour_before() -> None:
    matches = season.create_season(WORLD_CUP)
    assert len(matches) == Match.objects.filter(status=Match.Status.SCHEDULED, revision=1).count() == 64
    assert Prediction.objects.count() == 64 * len(FORECASTERS)
    assert {p.match.kickoff - p.submitted_at for p in Prediction.objects.select_related("match") if p.submitted_at} == {
        timedelta(hours=1)
    }
    assert dict(AIModel.objects.values_list("name", "description")) == {f.name: f.rule for f in FORECASTERS}
    assert set(AIModel.objects.values_list("kind", flat=True)) == {AIModel.Kind.BASELINE}


def test_played_matches_are_settled_counted_and_written_and_the_queue_is_empty() -> None:
    matches = play(OPENING)
    assert Score.objects.filter(timing=Score.Timing.IN_TIME).count() == 4 * len(FORECASTERS)
    assert MatchStats.objects.count() == 4
    assert set(ModelStats.objects.values_list("predictions", flat=True)) == {4}
    assert set(Roundup.objects.public().values_list("match", flat=True)) == {match.pk for match in matches}
    assert set(MatchProgress.objects.values_list("step", flat=True)) == {""}
    assert (OrmQ.objects.count(), Schedule.objects.count()) == (0, 0)


def test_the_final_is_recorded_with_all_its_phases_and_goals() -> None:
    (match,) = season.create_season(replace(WORLD_CUP, matches=(FINAL,)))
    recorded = season.record(match.pk, FINAL)
    assert (recorded.match.phases, recorded.match.status, recorded.revision) == (FINAL.phases, "finished", 2)
    assert match.goals.count() == 6
    assert OrmQ.objects.count() == 1


def test_a_correction_imagines_another_result_and_the_next_one_puts_it_right() -> None:
    (match,) = play(replace(WORLD_CUP, matches=(FINAL,)))
    imagined, _ = season.correct(match.pk, FINAL)
    assert imagined.match.phases == Phases(half_time=Goals(2, 0), full_time=Goals(2, 1))
    assert [goal.scorer for goal in match.goals.order_by("-side", "position")] == [
        "Lionel Messi",
        "Ángel Di María",
        "Kylian Mbappé",
    ]
    assert not Roundup.objects.public().exists()
    right, reason = season.correct(match.pk, FINAL)
    assert (right.match.phases, right.revision) == (FINAL.phases, 4)
    assert match.goals.count() == 6
    assert match.changes.get(revision=4).reason == reason


def test_the_login_can_enter_the_admin_with_its_password(client: Client) -> None:
    password = season.create_login()
    assert client.login(username="demo", password=password)
    assert client.get("/admin/").status_code == 200
