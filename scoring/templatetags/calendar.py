"""The date hierarchy of a list, without looking at every row of the table as Django's own does."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.admin.views.main import ChangeList
from django.db.models import DateTimeField
from django.utils.formats import date_format

register = template.Library()
Context = dict[str, Any]


@register.inclusion_tag("admin/date_hierarchy.html")
def calendar(cl: ChangeList) -> Context:
    """Return years, then months, then days to choose from, for the field `date_hierarchy` of a list.

    Years and months are those between the first row and the last one, so some may be empty; days have rows.
    """
    field = str(cl.date_hierarchy)
    year, month, day = (_number(cl, f"{field}__{part}") for part in ("year", "month", "day"))
    if year and month and day:
        chosen = date(year, month, day)
        back = _link(cl, date_format(chosen, "YEAR_MONTH_FORMAT"), year=year, month=month)
        return {"show": True, "back": back, "choices": [{"title": date_format(chosen, "MONTH_DAY_FORMAT")}]}
    if year and month:
        kind = cl.lookup_opts.get_field(field)
        days = (cl.queryset.datetimes if isinstance(kind, DateTimeField) else cl.queryset.dates)(field, "day")
        links = [_link(cl, date_format(d, "MONTH_DAY_FORMAT"), year=year, month=month, day=d.day) for d in days]
        return {"show": True, "back": _link(cl, str(year), year=year), "choices": links}
    if year:
        months = _months(*_span(cl, field))
        links = [_link(cl, date_format(m, "YEAR_MONTH_FORMAT"), year=year, month=m.month) for m in months]
        return {"show": True, "back": _link(cl, "All dates"), "choices": links}
    first, last = _span(cl, field)
    years = range(first.year, last.year + 1) if first and last else ()
    return {"show": True, "back": None, "choices": [_link(cl, str(y), year=y) for y in years]}


def _number(cl: ChangeList, name: str) -> int:
    text = str(cl.params.get(name, ""))
    return int(text) if text.isdecimal() else 0


def _link(cl: ChangeList, title: str, **parts: int) -> Context:
    field = cl.date_hierarchy
    chosen = {f"{field}__{part}": value for part, value in parts.items()}
    return {"title": title, "link": cl.get_query_string(chosen, [f"{field}__"])}


def _span(cl: ChangeList, field: str) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment; two looks at the index instead of one at the whole table."""
    moments = cl.queryset.order_by(field).values_list(field, flat=True)
    return moments.first(), moments.last()


def _months(first: datetime | None, last: datetime | None) -> Iterator[date]:
    if first and last:
        yield from (date(first.year, month, 1) for month in range(first.month, last.month + 1))
