"""The forecasters: each does what its name says, and none knows more than could be known before the kickoff."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.demo.data import world_cup
from content.demo.forecasters import (
    FORECASTERS,
    Fixture,
    Forecast,
    Forecaster,
    Played,
    elo_ratings,
    forecast,
    known,
)
from content.demo.season import after_90_minutes
from scoring.rules import Goals

NOON = datetime(2026, 6, 11, 12, tzinfo=UTC)
TOURNAMENT = [Played(m.home, m.away, m.kickoff, after_90_minutes(m)) for m in world_cup().matches]
BY_NAME = {forecaster.name: forecaster for forecaster in FORECASTERS}
GOALS = st.builds(Goals, st.integers(0, 9), st.integers(0, 9))


def fixture_of(match: Played) -> Fixture:
    return Fixture(match.home, match.away, match.kickoff)


def played(home: str, away: str, goals: tuple[int, int], *, days: int) -> Played:
    return Played(home, away, NOON + timedelta(days=days), Goals(*goals))


def predicted(name: str, home: str, away: str, *history: Played) -> Forecast:
    return forecast(BY_NAME[name], Fixture(home, away, NOON + timedelta(days=30)), history)


@pytest.mark.parametrize("forecaster", FORECASTERS, ids=lambda forecaster: forecaster.name)
@given(data=st.data())
def test_results_that_were_not_known_change_no_prediction(data: st.DataObject, forecaster: Forecaster) -> None:
    fixture = fixture_of(data.draw(st.sampled_from(TOURNAMENT)))
    # A match may last three hours, and the prediction is due one hour before the kickoff.
    still_open = [match for match in TOURNAMENT if match.kickoff > fixture.kickoff - timedelta(hours=4)]
    otherwise = [Played(m.home, m.away, m.kickoff, data.draw(GOALS)) for m in still_open]
    over = [match for match in TOURNAMENT if match not in still_open]
    assert forecast(forecaster, fixture, over + otherwise) == forecast(forecaster, fixture, TOURNAMENT)
    assert forecast(forecaster, fixture, over) == forecast(forecaster, fixture, TOURNAMENT)


@pytest.mark.parametrize("forecaster", FORECASTERS, ids=lambda forecaster: forecaster.name)
def test_the_order_in_which_results_are_handed_over_does_not_matter(forecaster: Forecaster) -> None:
    for match in TOURNAMENT:
        shuffled = forecast(forecaster, fixture_of(match), TOURNAMENT[::-1])
        assert shuffled == forecast(forecaster, fixture_of(match), TOURNAMENT)


def test_what_is_known_is_what_began_four_hours_before() -> None:
    just, too_late = (
        Played("A", "B", NOON - timedelta(hours=4) + late, Goals(1, 0)) for late in (timedelta(0), timedelta(minutes=1))
    )
    assert known(Fixture("C", "D", NOON), [too_late, just]) == [just]


def test_predictions_are_submitted_an_hour_before_the_kickoff() -> None:
    assert Fixture("A", "B", NOON).submitted_at == NOON - timedelta(hours=1)


@pytest.mark.parametrize("forecaster", FORECASTERS, ids=lambda forecaster: forecaster.name)
def test_every_forecast_can_be_saved(forecaster: Forecaster) -> None:
    for match in TOURNAMENT:
        said = forecast(forecaster, fixture_of(match), TOURNAMENT)
        assert 0 <= min(said.goals) <= max(said.goals) <= 10
        if said.probabilities:
            assert min(said.probabilities) >= 0
            assert sum(said.probabilities) == pytest.approx(1)


def test_what_they_said_of_the_final() -> None:
    final = fixture_of(TOURNAMENT[-1])
    assert {f.name: tuple(forecast(f, final, TOURNAMENT).goals) for f in FORECASTERS} == {
        "Always 2–1": (2, 1),
        "Always 1–1": (1, 1),
        "First named 1–0": (1, 0),
        "Last score again": (2, 1),
        "Commonest score so far": (0, 0),
        "Own last goals": (3, 2),
        "Elo so far": (1, 1),
        "Goals so far": (1, 1),
    }


@pytest.mark.parametrize(
    ("name", "goals"),
    [
        ("Last score again", (1, 0)),
        ("Commonest score so far", (1, 0)),
        ("Own last goals", (1, 1)),
        ("Elo so far", (1, 1)),
        ("Goals so far", (1, 1)),
    ],
)
def test_without_any_result_they_begin_with(name: str, goals: tuple[int, int]) -> None:
    assert predicted(name, "A", "B").goals == goals


def test_the_last_score_is_that_of_the_latest_match() -> None:
    assert predicted(
        "Last score again", "A", "B", played("C", "D", (3, 1), days=2), played("E", "F", (0, 2), days=1)
    ).goals == (3, 1)


def test_of_several_common_scores_the_one_with_fewest_goals() -> None:
    history = [
        played("C", "D", score, days=day) for day, score in enumerate([(2, 2), (0, 1), (2, 2), (1, 0), (0, 1), (1, 0)])
    ]
    assert predicted("Commonest score so far", "A", "B", *history).goals == (1, 0)


def test_own_last_goals_are_found_on_either_side_of_a_match() -> None:
    history = [played("A", "C", (5, 0), days=1), played("D", "A", (0, 2), days=2), played("B", "D", (4, 4), days=3)]
    assert predicted("Own last goals", "A", "B", *history).goals == (2, 4)


def test_elo_moves_a_two_goal_win_between_level_teams_by_45() -> None:
    assert elo_ratings([played("A", "B", (2, 0), days=1)]) == {"A": 1545, "B": 1455}


def test_elo_expects_more_goals_the_wider_the_gap() -> None:
    wins = [played("A", "B", (1, 0), days=day) for day in range(12)]
    leads = [predicted("Elo so far", "A", "B", *wins[:n]).goals for n in range(13)]
    margins = [goals.home - goals.away for goals in leads]
    assert (margins[0], margins[-1]) == (0, 3)
    assert all(earlier <= later for earlier, later in pairwise(margins))
    assert predicted("Elo so far", "B", "A", *wins).goals == Goals(0, 3)


def test_goals_so_far_expects_goals_of_who_scores_and_against_who_concedes() -> None:
    said = predicted("Goals so far", "A", "B", played("A", "C", (4, 0), days=1), played("B", "D", (0, 4), days=2))
    assert said.goals == (3, 0)  # 3.6 and 0.7 goals expected
    assert said.probabilities is not None
    assert said.probabilities.home > 0.8
