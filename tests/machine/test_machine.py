"""A model of itself: facts in any order, work in any order, and everything agrees after every step."""

import os

from django.db import transaction

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scoring import pipeline
from tests.interruptions import CURSORS_LEFT_OPEN
from tests.machine.machine import Machine

FEW = 6
EXAMPLES = int(os.environ.get("EXAMPLES") or FEW)
STEPS = 30
PHASES = [Phase.generate, *([] if os.environ.get("SHRINK") == "0" else [Phase.shrink])]

pytestmark = [pytest.mark.django_db, CURSORS_LEFT_OPEN]


class TakenBack(Machine):
    """The machine in a transaction of its own."""

    def __init__(self) -> None:
        self.outside = transaction.atomic()
        self.outside.__enter__()
        super().__init__()

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            transaction.set_rollback(True)
            self.outside.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _size(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine sets is set back after it."""
    monkeypatch.setattr(pipeline, "SEASON_TASK_ABOVE", pipeline.SEASON_TASK_ABOVE)


def test_the_machine_never_disagrees_with_itself() -> None:
    run_state_machine_as_test(
        TakenBack,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=EXAMPLES == FEW,
            database=None,
            phases=PHASES,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
