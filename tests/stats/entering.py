"""A round whose results are entered on one page, and what a browser sends from there."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from scoring.models import Match, ResultChange
from tests.factories import KICKOFF, a_match, predictions
from tests.stats.moves import a_counted_season
from tests.web import Forms

PAGE = "admin:scoring_match_results"
TIPS = {"A": (2, 1), "B": (1, 0), "C": (1, 1)}


def a_round(matches: int, name: str = "Matchday 9") -> list[Match]:
    made = [
        a_match(f"Home {n}", f"Away {n}", round=name, kickoff=KICKOFF + timedelta(days=50, minutes=n))
        for n in range(matches)
    ]
    for match in made:
        predictions(match, TIPS)
    return made


def of(page: Any) -> dict[str, str]:
    """What a browser sends for the form on the page, if nobody touched it."""
    (form,) = [fields for fields in Forms(page.content.decode()).forms if "reason" in fields]
    return form


def sent(client: Client, page: Any, typed: dict[str, Any], *, button: str = "_check") -> Any:
    """Types into the form on the page and presses a button. The ids of the matches stand in their hidden fields."""
    place = page.context["place"].address
    ids = [line.match.pk for line in page.context["lines"]]
    return client.post(place, {**of(page), "match": ids, **typed, button: "1"})


def score(match: Match, home: object, away: object, **more: Any) -> dict[str, Any]:
    fields = {"full_time_home": home, "full_time_away": away, **more}
    return {f"m{match.pk}-{name}": value for name, value in fields.items()}


def opened(client: Client, match: Match) -> Any:
    return client.get(reverse(PAGE), {"season": str(match.season_id), "round": match.round})


def wrong(page: Any) -> dict[int, dict[str, list[str]]]:
    assert page.status_code == 200
    return {row.match.pk: dict(row.errors) for row in page.context["form"].wrong()}


def said(page: Any) -> dict[int, str]:
    return {pk: prospect.words for pk, prospect in page.context["checked"].prospects.items()}


def stored() -> list[Any]:
    return list(Match.objects.order_by("pk").values())


def written() -> tuple[int, int, int]:
    return ResultChange.objects.count(), OrmQ.objects.count(), LogEntry.objects.count()


def a_counted_round() -> list[Match]:
    matches = a_counted_season()
    OrmQ.objects.all().delete()
    return matches
