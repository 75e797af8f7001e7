"""The start-up checks: one message for each thing that would go wrong much later."""

from typing import Any

from django.core.checks import run_checks

import pytest
from pytest_django import Settings

from scoring.checks import check_followers, check_pipelines, check_queue

TASK = "scoring.tasks.score_match"


def messages(problems: Any) -> list[tuple[str, str]]:
    return [(problem.id, problem.msg) for problem in problems]


def test_the_settings_as_they_are_pass_every_check() -> None:
    assert messages(run_checks()) == []


@pytest.mark.parametrize(
    ("step", "number", "message"),
    [
        (
            ("scoring.tasks.no_such_task", None),
            "E001",
            'scoring.tasks.no_such_task can\'t be imported (Module "scoring.tasks" does not define a "no_such_task" '
            "attribute/class).",
        ),
        (
            ("nowhere.tasks.task", None),
            "E001",
            "nowhere.tasks.task can't be imported (No module named 'nowhere').",
        ),
        (("task", None), "E001", "task can't be imported (task doesn't look like a module path)."),
        (("scoring.tasks.TIME_FOR_A_SEASON", None), "E001", "scoring.tasks.TIME_FOR_A_SEASON can't be called."),
        ((TASK, "30"), "E002", f"the delay of {TASK}, '30', is not whole seconds."),
        ((TASK, -1), "E002", f"the delay of {TASK}, -1, is not whole seconds."),
        ((TASK,), "E001", f"('{TASK}',) is not a pair of a dotted path and a delay."),
        (None, "E001", "None is not a pair of a dotted path and a delay."),
    ],
)
@pytest.mark.parametrize("pipeline", ["MATCH_PIPELINE", "SEASON_PIPELINE"])
def test_a_step_that_could_not_run(settings: Settings, pipeline: str, step: Any, number: str, message: str) -> None:
    setattr(settings, pipeline, [step, (TASK, 30)])
    assert messages(check_pipelines(None)) == [(f"scoring.{number}", f"{pipeline}: {message}")]


def test_a_last_step_without_a_delay(settings: Settings) -> None:
    settings.MATCH_PIPELINE = [(TASK, None)]
    message = f"MATCH_PIPELINE: the last step, {TASK}, has no delay."
    assert messages(check_pipelines(None)) == [("scoring.E003", message)]


def test_a_delay_of_nothing_is_a_delay(settings: Settings) -> None:
    settings.MATCH_PIPELINE = [(TASK, 0)]
    assert messages(check_pipelines(None)) == []


def test_an_empty_pipeline(settings: Settings) -> None:
    settings.SEASON_PIPELINE = []
    assert messages(check_pipelines(None)) == [("scoring.E001", "SEASON_PIPELINE must not be empty.")]


OUTSIDE = "Q_CLUSTER does not keep its queue in the default database."


@pytest.mark.parametrize(
    ("changed", "number", "message"),
    [
        ({"timeout": 180}, "E005", "Q_CLUSTER: timeout (180) is not below retry (180)."),
        ({"timeout": None}, "E005", "Q_CLUSTER: timeout (None) is not below retry (180)."),
        ({"retry": None}, "E005", "Q_CLUSTER: timeout (120) is not below retry (None)."),
        ({"orm": "other"}, "E004", OUTSIDE),
        ({"orm": None, "redis": {"host": "localhost"}}, "E004", OUTSIDE),
        ({"broker_class": "some.Broker"}, "E004", OUTSIDE),
        ({"sync": True}, "E006", "Q_CLUSTER: sync is on."),
    ],
)
def test_a_queue_that_would_break_a_promise(
    settings: Settings, changed: dict[str, Any], number: str, message: str
) -> None:
    settings.Q_CLUSTER = {"orm": "default", "timeout": 120, "retry": 180, **changed}
    assert messages(check_queue(None)) == [(f"scoring.{number}", message)]


def test_what_follows_a_merge_of_teams_can_be_called(settings: Any) -> None:
    assert messages(check_followers(None)) == []
    settings.TEAM_MERGE_FOLLOWERS = [("content.rivalries.follow_merge", "content.rivalries.gone")]
    (found,) = check_followers(None)
    assert found.id == "scoring.E001"
    assert found.msg.startswith("TEAM_MERGE_FOLLOWERS: content.rivalries.gone can't be imported (")
