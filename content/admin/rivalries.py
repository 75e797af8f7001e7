"""Rivalries, which editors keep; what changes here is written into the roundups of the matches between the two."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from content.models import Rivalry
from content.rivalries import RivalryError, change_rivalry, conflict, pair_of, remove_rivalry, set_rivalry
from scoring.admin.unfolded import ModelAdmin, TypedModelForm
from scoring.locks import retried


class RivalryForm(TypedModelForm[Rivalry]):
    class Meta:
        model = Rivalry
        fields = ["first", "second", "name"]

    def clean(self) -> dict[str, Any]:
        """Either team may be named first; what the service would refuse is said here."""
        data = super().clean() or self.cleaned_data
        if {"first", "second", "name"} <= data.keys():
            ids = data["first"].pk, data["second"].pk
            if why_not := conflict(*ids, data["name"], besides=self.instance.pk):
                raise ValidationError(f"{why_not[0].upper()}{why_not[1:]}.")
            if pair_of(*ids) != ids:
                data["first"], data["second"] = data["second"], data["first"]
        return data


@admin.register(Rivalry)
class RivalryAdmin(ModelAdmin[Rivalry]):
    form = RivalryForm
    list_display = ["name", "first", "second"]
    list_select_related = ["first", "second"]
    search_fields = ["name", "^first__name", "^second__name"]
    autocomplete_fields = ["first", "second"]

    def save_model(self, request: HttpRequest, obj: Rivalry, form: Any, change: bool) -> None:
        if change:
            done = change_rivalry(obj.pk, obj.first_id, obj.second_id, obj.name)
        else:
            done = set_rivalry(obj.first_id, obj.second_id, obj.name)
            obj.pk = Rivalry.objects.values_list("pk", flat=True).get(first=obj.first, second=obj.second)
        self._tell(request, str(done))

    def delete_model(self, request: HttpRequest, obj: Rivalry) -> None:
        self._tell(request, str(remove_rivalry(obj.pk)))

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Rivalry]") -> None:
        for pk in sorted(queryset.values_list("pk", flat=True)):
            self._tell(request, str(remove_rivalry(pk)))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The transaction of a change is opened here: tried again after a lost lock; what came up late is a message."""
        try:
            response: HttpResponse = retried(super().changeform_view)(request, object_id, form_url, extra_context)
        except RivalryError as error:
            self.message_user(request, f"Nothing was saved: {error}.", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return response

    def _tell(self, request: HttpRequest, text: str) -> None:
        self.message_user(request, f"{text}.")
