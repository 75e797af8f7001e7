"""Keeps the budget of language models: every call is written down before it is made, and counts from then on."""

from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from content.check import Problem
from content.models import Attempt, Spending
from scoring.locks import retried

MILLION = 1_000_000
DIED = 2
"""So many calls about the same facts without an end within an hour: whoever made them was killed, and may be again."""


class NoMoreCallsError(RuntimeError):
    """No more may be asked; the message says why."""


def price(input_tokens: int, output_tokens: int) -> Decimal:
    """Return what so many tokens cost, in the currency of the prices, rounded to millionths."""
    cost = input_tokens * settings.LLM_PRICE_INPUT + output_tokens * settings.LLM_PRICE_OUTPUT
    return Decimal(cost / MILLION).quantize(Decimal("0.000001"))


@retried
@transaction.atomic
def begin(attempt: Attempt, at_most: Decimal) -> None:
    """Saves an attempt that is about to be made, and takes it, with what it may cost at most, from the day's budget.

    One UPDATE both asks and takes, so that no two workers take the same. Raises `NoMoreCallsError`.
    """
    now = timezone.now()
    attempt.asked_at, attempt.cost = now, at_most
    _require_life(attempt)
    today = Spending.objects.filter(day=now.date())
    Spending.objects.bulk_create([Spending(day=now.date())], ignore_conflicts=True)
    most = {"calls__lt": settings.LLM_DAILY_CALLS, "cost__lte": settings.LLM_DAILY_COST - at_most}
    if not today.filter(**most).update(calls=F("calls") + 1, cost=F("cost") + at_most):
        raise NoMoreCallsError(_used_up(today.get()))
    attempt.save(force_insert=True)


def _require_life(attempt: Attempt) -> None:
    unended = Attempt.objects.filter(match=attempt.match_id, facts_hash=attempt.facts_hash)
    recent = unended.filter(outcome=Attempt.Outcome.ASKED, asked_at__gte=attempt.asked_at - timedelta(hours=1))
    if attempt.match_id and recent.count() >= DIED:
        raise NoMoreCallsError(
            "it was asked about these facts before, and whoever asked did not live to hear the answer"
        )


def _used_up(today: Spending) -> str:
    if today.calls >= settings.LLM_DAILY_CALLS:
        return f"the {settings.LLM_DAILY_CALLS} calls of the day are used up (LLM_DAILY_CALLS)"
    return f"the day’s budget of {settings.LLM_DAILY_COST} does not suffice for another call (LLM_DAILY_COST)"


@retried
@transaction.atomic
def end(attempt: Attempt, cost: Decimal, **what: Any) -> None:
    """Saves what became of an attempt, and gives back to the day it was made what it did not cost."""
    rest = cost - attempt.cost
    attempt.cost = cost
    for name, value in what.items():
        setattr(attempt, name, value)
    attempt.save(update_fields=["cost", *what])
    Spending.objects.filter(day=attempt.asked_at.date()).update(cost=F("cost") + rest)


def as_stored(problem: Problem) -> dict[str, Any]:
    """Return a problem as an attempt keeps it: its fields, by name."""
    return asdict(problem)
