"""The budget of language models: calls and money of a day, taken before a call is made."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tenacity import wait_none

from content import asking, services
from content.models import Attempt, Roundup, Spending
from content.writers import llm_client
from scoring.models import Match
from tests.content.writers.llm_match import HEADLINE, PROSE, a_played_match, model, outcomes, wrote
from tests.content.writers.llm_server import writes
from tests.factories import KICKOFF

pytestmark = pytest.mark.django_db

RIGHT = writes(HEADLINE, PROSE)
WRONG = writes("Wales 2–1 Mexico", f"Wales beat Mexico 2–1. {PROSE}")
BEFORE = KICKOFF - timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PAUSE", wait_none())
    monkeypatch.setattr(llm_client, "_ways", {})
    monkeypatch.setattr(llm_client, "_proved", set())


@pytest.fixture
def match() -> Match:
    return a_played_match()


def reason(roundup: Roundup) -> str:
    return roundup.versions.order_by("-number")[0].reason


def test_calls_of_the_day_are_limited_over_all_matches(settings: Any) -> None:
    first, second = a_played_match(), a_played_match("Peru", "Chile")
    with model(settings, WRONG, LLM_DAILY_CALLS=3) as script:
        assert (wrote(first).writer, wrote(second).writer) == ("template", "template")
        assert len(script.asked) == 3
    assert reason(Roundup.objects.get(match=second)) == (
        "by the template, since the language model did not write it: "
        "the 3 calls of the day are used up (LLM_DAILY_CALLS)"
    )
    assert Spending.objects.get().calls == Attempt.objects.count() == 3


def test_money_of_the_day_is_limited_by_what_a_call_may_cost(match: Match, settings: Any) -> None:
    costs = {"LLM_PRICE_INPUT": Decimal("1"), "LLM_PRICE_OUTPUT": Decimal("10")}
    with model(settings, RIGHT, LLM_DAILY_COST=Decimal("0.02"), **costs):
        assert wrote(match).writer == "llm"
        attempt = Attempt.objects.get()
        assert attempt.cost == Decimal("0.003000")  # 1,000 tokens at 1 and 200 at 10 a million
        assert Spending.objects.get().cost == attempt.cost
        Spending.objects.update(cost=Decimal("0.019"))
        assert wrote(match, fresh=True).writer == "template"
    assert "0.02 does not suffice for another call" in reason(Roundup.objects.get())
    assert Spending.objects.get().calls == 1


def test_a_call_without_an_end_goes_on_costing_what_it_may_and_blocks_nothing(match: Match, settings: Any) -> None:
    def die(*_: Any) -> Any:
        raise KeyboardInterrupt

    prices = {"LLM_PRICE_INPUT": Decimal("1"), "LLM_PRICE_OUTPUT": Decimal("10")}
    with model(settings, RIGHT, **prices):
        for _ in range(2):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(asking, "ask", die)
                with pytest.raises(KeyboardInterrupt):
                    services.write_roundup(match.pk)
        assert outcomes() == [("asked", "")] * 2
        spent = Spending.objects.get()
        assert (spent.calls, spent.cost > Decimal("0.018")) == (2, True)
        assert wrote(match).writer == "template"
        Attempt.objects.update(asked_at=KICKOFF)
        assert wrote(match, fresh=True).writer == "llm"


def test_a_new_day_has_a_new_budget(match: Match, settings: Any) -> None:
    with model(settings, RIGHT, LLM_DAILY_CALLS=1):
        Spending.objects.create(day=BEFORE.date(), calls=1)
        assert wrote(match).writer == "llm"
