"""The checks of what a language model needs, where a competition has chosen one."""

from typing import Any

from django.core.management import call_command
from django.db import connection

import pytest

from content.checks import check_policies, check_writer
from content.models import EditorialPolicy
from content.writers import setup
from tests.content.writers.llm_match import use
from tests.factories import a_season

pytestmark = pytest.mark.django_db

MISSING = (
    "A language model is to write the roundups of World Cup, and LLM_BASE_URL and LLM_MODEL not set: the template does."
)


@pytest.fixture
def policy() -> EditorialPolicy:
    return EditorialPolicy.objects.create(competition=a_season().competition, writer="llm")


def test_a_competition_whose_language_model_is_not_set_up_is_named(policy: EditorialPolicy) -> None:
    (told,) = check_policies(None, databases=["default"])
    assert (told.id, told.msg) == ("content.W001", MISSING)
    assert check_policies(None) == []


def test_nothing_is_told_when_it_is_set_up_or_nobody_has_chosen_it(policy: EditorialPolicy, settings: Any) -> None:
    use(settings, "http://localhost:1/v1")
    assert check_policies(None, databases=["default"]) == []
    use(settings, "", LLM_MODEL="")
    policy.delete()
    assert check_policies(None, databases=["default"]) == []


def test_a_client_that_is_not_installed_is_named_with_the_way_out(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(settings, "http://localhost:1/v1")
    assert check_writer(None) == []
    monkeypatch.setattr(setup, "find_spec", lambda name: None)
    (told,) = check_writer(None)
    assert told.msg == ("ROUNDUP_WRITER is llm, and its client is not installed (pip install -r requirements-llm.txt).")


def test_before_there_are_policies_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: [])
    assert check_policies(None, databases=["default"]) == []


def test_the_command_shows_it(policy: EditorialPolicy, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check", databases=["default"])
    assert MISSING in capsys.readouterr().err
