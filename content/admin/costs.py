"""The page "Writers": what they cost and how often they are right, as numbers and as charts."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from content.costs import Author, Costs, Figures, costs, versions_by_writer
from content.models import Spending
from content.writers.words import decimals
from stats.admin.charts import COLOURS, Chart, options

MONTHS_SHOWN = 24
"""Months in the charts; the table has all."""
AUTHORS_SHOWN = 8


@dataclass(frozen=True)
class Row:
    """Figures as they are shown; `month` is empty in the totals."""

    author: Author
    month: str
    figures: Figures
    first_rate: str
    rate: str
    problems_per_100_words: str


def costs_page(admin_site: Any, request: HttpRequest) -> HttpResponse:
    """Return the page; three queries, whatever the number of attempts."""
    found = costs()
    context = {
        **admin_site.each_context(request),
        "title": "Writers",
        "totals": [row(author, "", figures) for author, figures in found.totals.items()],
        "together": found.all,
        "months": list(_monthly(found)),
        "charts": charts(found) if found.months else [],
        "versions": versions_by_writer(),
        "today": Spending.objects.filter(day=timezone.now().date()).first(),
        "most_calls": settings.LLM_DAILY_CALLS,
        "most_cost": settings.LLM_DAILY_COST,
        "authors_left_out": max(0, len(found.totals) - AUTHORS_SHOWN),
    }
    return TemplateResponse(request, "admin/content/costs.html", context)


def row(author: Author, month: str, figures: Figures) -> Row:
    return Row(
        author=author,
        month=month,
        figures=figures,
        first_rate=_percent(figures.first_rate),
        rate=_percent(figures.rate),
        problems_per_100_words="–"
        if figures.problems_per_100_words is None
        else decimals(figures.problems_per_100_words, 2),
    )


def _percent(share: Any) -> str:
    return "–" if share is None else f"{decimals(100 * share, 1)} %"


def _monthly(found: Costs) -> Iterator[Row]:
    """Yields the newest month first, in it the authors in the order of the totals."""
    for month in reversed(found.months):
        for author in found.totals:
            if figures := found.by_month.get((author, month)):
                yield row(author, f"{month:%B %Y}", figures)


def charts(found: Costs) -> list[Chart]:
    """Return the charts of the last months: cost, pass rate, problems."""
    return [
        _chart(found, "Cost by month", "bar", lambda figures: float(figures.cost), stacked=True),
        _chart(found, "Passed the check as they came, in % of the texts", "line", _first_percent, most=100),
        _chart(found, "Passed after at most one repair, in % of the texts", "line", _percent_in_all, most=100),
        _chart(found, "Problems per 100 words", "line", _problems),
    ]


def _first_percent(figures: Figures) -> float | None:
    return None if figures.first_rate is None else round(float(100 * figures.first_rate), 1)


def _percent_in_all(figures: Figures) -> float | None:
    return None if figures.rate is None else round(float(100 * figures.rate), 1)


def _problems(figures: Figures) -> float | None:
    per_100 = figures.problems_per_100_words
    return None if per_100 is None else round(float(per_100), 2)


def _chart(
    found: Costs,
    title: str,
    kind: str,
    value: Callable[[Figures], float | None],
    *,
    stacked: bool = False,
    most: int | None = None,
) -> Chart:
    months, authors = found.months[-MONTHS_SHOWN:], list(found.totals)[:AUTHORS_SHOWN]
    sets = [
        {
            "label": str(author),
            "data": [value(found.by_month.get((author, month), Figures())) for month in months],
            "backgroundColor": colour,
            "borderColor": colour,
            "borderWidth": 2 if kind == "line" else 0,
            "pointRadius": 3,
            "spanGaps": True,
            "maxBarThickness": 48,
        }
        for author, colour in zip(authors, COLOURS, strict=False)
    ]
    time = f"{months[0]:%B %Y} to {months[-1]:%B %Y}"
    says = f"{title}, {time}, by language model; the numbers stand in the tables below."
    data = {"labels": [f"{month:%b %Y}" for month in months], "datasets": sets}
    return Chart(title, says, kind, json.dumps(data), json.dumps(options(stacked=stacked, most=most)))
