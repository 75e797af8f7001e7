"""What keeps a list quick however many rows there are: it counts to a bound, and joins only the rows of one page."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.views import ChangeList as UnfoldChangeList

from scoring.admin.searching import MOST_MATCHES

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList as TypedChangeList

    TypedPaginator = Paginator[Any]
else:
    TypedChangeList, TypedPaginator = UnfoldChangeList, Paginator

COUNTED = 100_000
"""Rows that a list counts, and that its pages reach; what is beyond is found by a filter or a search."""

WINDOWS = (64, 8, 1)


class BoundedPaginator(TypedPaginator):
    template_name = "admin/bounded_pagination.html"

    @cached_property
    def count(self) -> int:
        """The number of rows, `COUNTED` at most; `has_more` tells whether there are others."""
        return min(self._counted, COUNTED)

    @property
    def has_more(self) -> bool:
        return self._counted > COUNTED

    @property
    def counted(self) -> str:
        return f"more than {COUNTED:,}" if self.has_more else f"{self.count:,}"

    @cached_property
    def _counted(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list).order_by()
        # A constant instead of a column: then an index that knows the condition is all that has to be read. `count`
        # leaves out an annotation of one.
        counted = rows.values("pk") if rows.query.distinct else rows.extra(select={"one": "1"}).values("one")
        return counted[: COUNTED + 1].count()


class QuickChangeList(TypedChangeList):
    """Finds the ids of a page first, in the order of an index, and then reads the rows with all that is joined."""

    rows: "QuerySet[Any]"
    model_admin: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        start = (self.page_num - 1) * self.list_per_page if self.multi_page and not self.show_all else 0
        number = self.list_max_show_all if self.show_all and self.can_show_all else self.list_per_page
        ids = self._ids(start, min(number, max(self.result_count - start, 0)))
        joined = self.rows
        if not joined.query.select_related:
            joined = self.apply_select_related(joined)
        rows = joined.in_bulk(ids) if ids else {}
        self.result_list: Any = [rows[pk] for pk in ids if pk in rows]

    def _ids(self, start: int, number: int) -> list[Any]:
        """Return the ids of the rows of a page.

        In a table of millions that is listed by its key, the newest first, a database may take any road: sort all
        that is found, or go through the whole table until the page is full. So it is told: what is counted is
        sorted, of more than can be counted the newest part of the table has enough.
        """
        ids: QuerySet[Any] = self.queryset.values_list("pk", flat=True)
        end = start + number
        if not self.model_admin.has_millions or self.queryset.query.order_by[:1] != ("-id",):
            return list(ids[start:end])
        if not self.paginator.has_more:
            return list(ids.order_by((F("pk") + 0).desc())[start:end])
        newest = self.root_queryset.order_by("-pk").values_list("pk", flat=True)[0]
        found: list[Any] = []
        for part in WINDOWS:
            found = list(ids.filter(pk__gt=newest - newest // part)[start:end])
            if len(found) == number:
                break
        return found

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> "QuerySet[Any]":
        """Looks in `quick_queryset`; `rows` is what is read of what was found."""
        if not hasattr(self, "rows"):
            self.rows, self.root_queryset = self.root_queryset, self.model_admin.quick_queryset(self.root_queryset)
        queryset = super().get_queryset(request, exclude_parameters)
        if getattr(request, "search_was_cut_off", False):
            messages.info(
                request,
                f"More than {MOST_MATCHES:,} matches fit “{self.query}”: shown are the rows of the {MOST_MATCHES:,} "
                f"that kick off last. Type more of the name, or filter by season.",
            )
        return queryset
