"""Forms and pages of what has a name that articles say: another name goes through its service."""

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminTextInputWidget

from scoring.admin.unfolded import CarefulAdmin, TypedModelForm
from scoring.importers.values import tidy
from scoring.models import AIModel, Competition, Season, Team
from scoring.services import MoveError, rename
from scoring.services.renames import needs_reason, require_free
from scoring.services.revisions import LONGEST_REASON

N = TypeVar("N", bound=Team | AIModel | Season | Competition)
R = TypeVar("R", bound=Team | AIModel | Season)


class NamedForm(TypedModelForm[N]):
    """Says beside the field what `rename` would refuse."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Required for another name once a match has begun: its article is written again. Readers may see it.",
    )

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if "name" in self.changed_data:
            try:
                require_free(self.instance, name)
            except MoveError as error:
                raise forms.ValidationError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        renames = bool(self.instance.pk) and "name" in self.changed_data and "name" in data
        if renames and not data.get("reason") and "reason" not in self.errors and needs_reason(self.instance):
            self.add_error("reason", "Matches that have begun are written about again under the new name: say why.")
        return data


class NamedAdmin(CarefulAdmin[R]):
    """Writes only what was changed: a row may have moved on since the form was filled in."""

    def save_model(self, request: HttpRequest, obj: R, form: Any, change: bool) -> None:
        if not change:
            return super().save_model(request, obj, form, change)
        self.rename(request, obj, form)
        fields = [name for name in form.changed_data if name not in ("name", "reason")]
        if fields:
            obj.save(update_fields=fields)
        return None

    def rename(self, request: HttpRequest, obj: R, form: Any) -> None:
        """Gives the record the name in the form, if it is another."""
        if "name" not in form.changed_data:
            return
        by, data = request.user.get_username(), form.cleaned_data
        renamed = rename(obj, data["name"], by=by, reason=data["reason"])
        if renamed.matches:
            self.message_user(request, f"{renamed}.", messages.INFO)
