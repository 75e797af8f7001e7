"""A key that a server repeats, in whatever form, is stored, logged and shown nowhere."""

import base64
import json
from typing import Any

from django.test import RequestFactory
from django.views.debug import ExceptionReporter

import pytest
from tenacity import wait_none

from content import asking
from content.models import Attempt, Roundup, Spending
from content.writers import llm_client
from scoring.models import Match
from tests.content.writers.llm_match import HEADLINE, KEY, PROSE, a_played_match, model, wrote
from tests.content.writers.llm_server import Turn, article, completion, says, writes

pytestmark = pytest.mark.django_db

RIGHT = writes(HEADLINE, PROSE)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PAUSE", wait_none())
    monkeypatch.setattr(llm_client, "_ways", {})
    monkeypatch.setattr(llm_client, "_proved", set())


@pytest.fixture
def match() -> Match:
    return a_played_match()


def echo(status: int) -> Turn:
    shown = KEY
    body = completion(article(HEADLINE, f"{PROSE} {shown}")) if status == 200 else json.dumps({"error": shown}).encode()
    return lambda handler: handler.send(body, status=status, x_key=shown, www_authenticate=f'Bearer realm="{shown}"')


@pytest.mark.parametrize("status", [200, 302, 400, 401, 429, 500])
def test_a_key_that_the_server_repeats_is_kept_nowhere(
    status: int, match: Match, settings: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    with model(settings, echo(status)) as script:
        wrote(match)
    assert script.keys[0] == f"Bearer {KEY}"
    kept = [list(kind.objects.values()) for kind in (Attempt, Roundup, Spending)]
    written = f"{kept} {list(Roundup.objects.get().versions.values())} {caplog.text} {capfd.readouterr()}"
    assert KEY not in written
    assert base64.b64encode(KEY.encode()).decode() not in written
    assert Roundup.objects.get().writer == "template"


def test_a_key_in_json_escapes_is_found_as_well(match: Match, settings: Any) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    with model(settings, says(article(HEADLINE, PROSE).replace("exact score", escaped))):
        assert wrote(match).writer == "template"
    assert KEY not in str(list(Attempt.objects.values()))
    assert Attempt.objects.filter(prose__contains="[key]").count() == 2


@pytest.mark.parametrize("place", ["content.spending.end", "content.asking.ask", "content.writers.llm_client._reply"])
def test_a_page_about_an_error_does_not_show_the_key(
    place: str, match: Match, settings: Any, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    def defect(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a defect")

    monkeypatch.setattr(place, defect)
    request = rf.get("/", LLM_API_KEY=KEY)
    settings.DEBUG = True
    with model(settings, RIGHT), pytest.raises(RuntimeError) as error:
        wrote(match)
    reporter = ExceptionReporter(request, error.type, error.value, error.tb)
    pages = reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "a defect" in pages
    assert "LLM_API_KEY" in pages
    assert KEY not in pages
