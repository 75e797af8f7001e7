"""Matches that do not come on by themselves, or not soon: what an operator looks at."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from scoring.models import Match, MatchProgress

OVERDUE = timedelta(minutes=10)
"""A step that no worker has come to for so long: the queue is long, or no cluster runs."""

COUNTED_UP_TO = 99


class Attention(MatchProgress):
    """The progress of a match that fails, waits too long, or can't be settled; see `attention`."""

    class Meta:
        proxy = True
        verbose_name = "match that needs attention"
        verbose_name_plural = "matches that need attention"


def failing() -> "QuerySet[MatchProgress]":
    return MatchProgress.objects.failing()


def overdue(now: datetime) -> "QuerySet[MatchProgress]":
    return MatchProgress.objects.due_before(now - OVERDUE)


def unknown() -> "QuerySet[Match]":
    return Match.objects.without_known_score()


def attention(now: datetime | None = None) -> "QuerySet[Any]":
    """Return what needs attention, as rows of `Attention`; each kind is found by an index of its own."""
    kinds = (failing(), overdue(now or timezone.now()), unknown())
    first, *others = (kind.order_by().values("pk") for kind in kinds)
    return Attention.objects.filter(Q(pk__in=first.union(*others)))


def how_many_need_attention() -> str:
    """Return their number, "99+" from there on, and "" for none."""
    kinds = (failing(), overdue(timezone.now()), unknown())
    found = {pk for kind in kinds for pk in kind.order_by().values_list("pk", flat=True)[: COUNTED_UP_TO + 1]}
    return "" if not found else str(len(found)) if len(found) <= COUNTED_UP_TO else f"{COUNTED_UP_TO}+"
