"""Filters of lists that stay quick."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.contrib.filters.admin import ChoicesDropdownFilter as UnfoldChoicesFilter

from scoring.models import Match, Season

if TYPE_CHECKING:
    from django.contrib.admin import FieldListFilter as TypedRangeFilter
    from django.contrib.admin import RelatedFieldListFilter as TypedRelatedFilter

    TypedChoicesFilter = TypedRangeFilter
else:
    TypedRangeFilter, TypedChoicesFilter = RangeDateFilter, UnfoldChoicesFilter
    TypedRelatedFilter = AutocompleteSelectFilter

MOST_FOUND_FIRST = 2_000


class DaysFilter(TypedRangeFilter):
    """From a day to a day, both included, of a moment; either may be left open. unfold's own wants times as well."""

    parameter_name: str

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        first, last = (self._day(part) for part in ("from", "to"))
        chosen = {}
        if first:
            chosen[f"{self.parameter_name}__gte"] = first
        if last:
            chosen[f"{self.parameter_name}__lt"] = last + timedelta(days=1)
        return queryset.filter(**chosen)

    def _day(self, part: str) -> datetime | None:
        """Return the beginning of the day that was chosen; None if none was, or what was typed is none."""
        try:
            day = forms.DateField(required=False).clean(self.used_parameters.get(f"{self.parameter_name}_{part}"))
        except forms.ValidationError:
            return None
        return datetime.combine(day, time(), UTC) if day else None


def found_first(rows: "QuerySet[Any]") -> "list[Any] | QuerySet[Any]":
    """Return the ids of rows, found once, for all the queries of a page; those of many rows as a query."""
    ids = list(rows.order_by().values_list("pk", flat=True)[: MOST_FOUND_FIRST + 1])
    return ids if len(ids) <= MOST_FOUND_FIRST else rows.order_by().values("pk")


class SeasonOfMatchFilter(TypedRelatedFilter):
    """The season of the match: its matches are found first, and by them the rows of a table of millions."""

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        chosen = self.used_parameters.get(str(self.lookup_kwarg))
        season = str(chosen[0] if isinstance(chosen, list) else chosen)
        if not season.isdecimal():
            return super().queryset(request, queryset)
        matches = Match.objects.filter(season__in=Season.objects.filter(pk=season))
        return queryset.filter(match__in=found_first(matches))


class RareFilter(TypedChoicesFilter):
    """Of a field that nearly always says the same, the first of its choices.

    Whoever asks for something else also asks that it is not that: then the index of the others is enough.
    """

    lookup_kwarg: str

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        (usual, _), *_ = self.field.flatchoices
        chosen = self.used_parameters.get(self.lookup_kwarg)
        rows = super().queryset(request, queryset)
        if rows is None or chosen in (None, "", [], usual, [usual]):
            return rows
        return rows.exclude(**{self.field_path: usual})
