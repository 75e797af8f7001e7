"""The strip of counts above the board; none is counted beyond a bound, so that a million matches cost no more."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from content.control_room.choice import Choice, State
from content.models import Roundup
from content.models.attention import attention
from scoring.models import MatchProgress, Settlement
from scoring.steps import match_steps
from stats.models import MatchStats

MOST = 100_000
"""Counted exactly up to here."""


@dataclass(frozen=True)
class Count:
    """`number` is words already: "1,204", or "100,000+"; `page` an address, for those with the `permission`."""

    label: str
    number: str
    page: str
    permission: str
    is_alarm: bool = False


def strip(choice: Choice) -> tuple[Count, ...]:
    """Return the counts within the season and day that are chosen, or of all matches."""
    within = choice.narrowed("match__")
    here = Choice(season=choice.season, day=choice.day)
    due = MatchProgress.objects.filter(within, step=match_steps()[-1].path)
    number = up_to(attention().filter(within), MOST)
    attended = (reverse("admin:content_attention_changelist"), "content.view_attention")
    return (
        Count("settled", *_told(Settlement.objects.current().filter(within), _list("scoring_settlement"))),
        Count("counted", *_told(MatchStats.objects.filter(within), _list("stats_matchstats"))),
        Count("roundup due", *_told(due, _board(here, State.ON_ITS_WAY))),
        Count("published", *_told(Roundup.objects.public().filter(within), _list("content_roundup"))),
        Count("needs attention", number, *attended, is_alarm=number != "0"),
    )


def _told(rows: "QuerySet[Any]", place: tuple[str, str]) -> tuple[str, str, str]:
    return (up_to(rows, MOST), *place)


def up_to(rows: "QuerySet[Any]", most: int) -> str:
    """Return how many rows there are, in words: exactly, or as more than `most`."""
    number = rows.order_by().values("pk")[: most + 1].count()
    return f"{number:,}" if number <= most else f"{most:,}+"


def _list(model: str) -> tuple[str, str]:
    app, _, name = model.partition("_")
    return reverse(f"admin:{model}_changelist"), f"{app}.view_{name}"


def _board(choice: Choice, state: State) -> tuple[str, str]:
    chosen = Choice(season=choice.season, day=choice.day, state=state)
    return f"{reverse('admin:index')}{chosen.query()}", "scoring.view_match"
