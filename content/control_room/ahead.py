"""What comes next, and what the month has cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Q

from content.models import Spending
from scoring.models import AIModel, Match

SHOWN = 8


@dataclass(frozen=True)
class Kickoff:
    """The next match of somebody's day: `predicted` of the `models` that are active have a prediction that counts."""

    match: Match
    predicted: int
    models: int

    @property
    def is_complete(self) -> bool:
        return self.predicted >= self.models


@dataclass(frozen=True)
class Month:
    """What language models cost since the first of the month (UTC), in the currency of the prices."""

    begin: datetime
    calls: int
    cost: Decimal
    today: Spending | None
    is_set_up: bool


def kickoffs(now: datetime) -> Sequence[Kickoff]:
    """Return the next matches, soonest first: two queries."""
    coming = Match.objects.filter(kickoff__gt=now, status__in=(Match.Status.SCHEDULED, Match.Status.POSTPONED))
    counted = Count("predictions", filter=Q(predictions__excluded="", predictions__model__is_active=True))
    first = coming.order_by("kickoff", "pk").values("pk")[:SHOWN]
    matches = Match.objects.filter(pk__in=first).annotate(predicted=counted).order_by("kickoff", "pk")
    models = AIModel.objects.filter(is_active=True).count()
    return [
        Kickoff(match, getattr(match, "predicted", 0), models)
        for match in matches.select_related("home", "away", "season")
    ]


def month(now: datetime) -> Month:
    begin = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    days = list(Spending.objects.filter(day__gte=begin.date()))
    return Month(
        begin=begin,
        calls=sum(day.calls for day in days),
        cost=sum((day.cost for day in days), Decimal(0)),
        today=next((day for day in days if day.day == now.date()), None),
        is_set_up=bool(settings.LLM_BASE_URL and settings.LLM_MODEL),
    )
