"""unfold's admin classes with the types of Django's, whose subclasses they are, and what our own pages share."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from unfold.admin import ModelAdmin as UnfoldModelAdmin
from unfold.admin import TabularInline as UnfoldTabularInline
from unfold.contrib.filters.admin import DropdownFilter as UnfoldDropdownFilter
from unfold.decorators import display

from scoring.admin.exporting import Exports
from scoring.admin.log import Logged
from scoring.admin.quick import BoundedPaginator, QuickChangeList
from scoring.admin.searching import found
from scoring.locks import retried
from scoring.services import MoveError, PredictionError, ResultError

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as TypedModelAdmin
    from django.contrib.admin import SimpleListFilter as TypedDropdownFilter
    from django.contrib.admin import TabularInline as TypedTabularInline
    from django.forms import ModelForm as TypedModelForm
else:

    class TypedModelAdmin(UnfoldModelAdmin):
        def __class_getitem__(cls, _: object) -> type:
            return cls

    class TypedTabularInline(UnfoldTabularInline):
        def __class_getitem__(cls, _: object) -> type:
            return cls

    class TypedDropdownFilter(UnfoldDropdownFilter):
        pass

    class TypedModelForm(forms.ModelForm):
        def __class_getitem__(cls, _: object) -> type:
            return cls


__all__ = [
    "CarefulAdmin",
    "ModelAdmin",
    "ReadOnlyAdmin",
    "ReadOnlyInline",
    "TypedDropdownFilter",
    "TypedModelForm",
    "TypedTabularInline",
    "labelled",
]

M = TypeVar("M", bound=Model)
F = TypeVar("F", bound=Callable[..., Any])


class ModelAdmin(Exports, Logged, TypedModelAdmin[M]):
    """A page of the admin that stays fast; see `quick` and `searching` for how its list does."""

    change_list_template = "admin/quick_change_list.html"
    paginator = BoundedPaginator
    has_millions = False
    show_full_result_count = False
    list_filter_submit = True
    list_per_page = 50

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QuickChangeList]:
        return QuickChangeList

    def quick_queryset(self, queryset: "QuerySet[M]") -> "QuerySet[M]":
        """Return what a list finds its rows in: without what is worked out for each of them, if something is."""
        return queryset

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[M]", search_term: str
    ) -> "tuple[QuerySet[M], bool]":
        """See `searching.found`; the list says so when it shows only a part."""
        season = next((str(value) for name, value in request.GET.items() if name.endswith("season__id__exact")), "")
        rows, cut_off = found(queryset, self.get_search_fields(request), search_term, season)
        setattr(request, "search_was_cut_off", cut_off)  # noqa: B010  read by `QuickChangeList`
        return rows, False

    def response_action(self, request: HttpRequest, queryset: "QuerySet[M]", *more: Any, **named: Any) -> Any:
        """What is deleted from a list, and what the log says of it, are one change."""
        if request.POST.get("action") != "delete_selected":
            return super().response_action(request, queryset, *more, **named)
        return retried(transaction.atomic(super().response_action))(request, queryset, *more, **named)


class ReadOnlyAdmin(ModelAdmin[M]):
    """Rows that are derived, or a record of what happened: to be looked at only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class CarefulAdmin(ModelAdmin[M]):
    """Facts that others hang on: deleted one by one, and only while nothing refers to them through `used_by`."""

    used_by: Sequence[str] = ()

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not any(getattr(obj, name).exists() for name in self.used_by)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The transaction of a change is opened here, so here it is tried again after a lost lock.

        Forms say beside the field what a service would refuse. What comes up only while it writes is a message;
        nothing is saved.
        """
        try:
            return retried(super().changeform_view)(request, object_id, form_url, extra_context)
        except (ResultError, PredictionError, MoveError) as error:
            self.message_user(request, f"Nothing was saved: {error}.", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyInline(TypedTabularInline[Any, Any]):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def labelled(colours: Mapping[str, str], description: str) -> Callable[[F], F]:
    """Decorates a column that returns (key, text): the text is shown as a label in the colour of the key."""
    decorate: Callable[[F], F] = display(label=dict(colours), description=description)
    return decorate
