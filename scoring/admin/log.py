"""What the admin's log keeps of a change: what was changed, from what to what, and why."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.contrib.admin.models import DELETION, LogEntry
from django.db.models import Model
from django.http import HttpRequest

from scoring.services.revisions import LONGEST_REASON

NOTHING = "–"
LONGEST_VALUE = 80
NOT_TOLD = {"reason", "seen_revision", "seen_version", "checked"}


def because(what: str, reason: str | None) -> str:
    """Return a message of the log: what was done, and why, as far as that was said."""
    why = " ".join((reason or "").split())[:LONGEST_REASON]
    return f"{what}. Why: {why}" if why else what


def reason_in(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def in_words(form: forms.BaseForm, formsets: Iterable[Any], *, add: bool, with_values: bool) -> str:
    """Return what a form and the lists below it have changed."""
    changed = [name for name in form.changed_data if name not in NOT_TOLD]
    parts = ["Added"] if add else []
    if changed and not add:
        parts.append(f"Changed {'; '.join(_change(form, name, with_values) for name in changed)}")
    for formset in formsets or ():
        parts += _of_formset(formset)
    return ". ".join(parts) or "Nothing changed"


def _of_formset(formset: Any) -> Iterator[str]:
    for row in formset.new_objects:
        yield f"Added {row._meta.verbose_name} “{row}”"
    for row, names in formset.changed_objects:
        yield f"Changed {', '.join(names)} of {row._meta.verbose_name} “{row}”"
    for row in formset.deleted_objects:
        yield f"Deleted {row._meta.verbose_name} “{row}”"


def _change(form: forms.BaseForm, name: str, with_values: bool) -> str:
    field = form.fields.get(name)
    label = str(field.label or name.replace("_", " ")) if field else name
    if field is None or not with_values or not _can_be_told(field):
        return label
    before, after = _shown(field, form[name].initial), _shown(field, cast(Any, form).cleaned_data.get(name))
    return f"{label}: {before} → {after}"


def _can_be_told(field: forms.Field) -> bool:
    """No secret is written down, and no list."""
    is_list = isinstance(field, (forms.ModelMultipleChoiceField, forms.MultipleChoiceField))
    return not is_list and not isinstance(field.widget, forms.PasswordInput)


def _shown(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, forms.ModelChoiceField):
        found = value if isinstance(value, Model) else cast(Any, field.queryset).filter(pk=value).first()
        return str(found or value)[:LONGEST_VALUE]
    if isinstance(field, forms.ChoiceField):
        return str(dict(cast(Any, field.choices)).get(value, value))
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


class Logged:
    """The log of a page of the admin: values before and after, and the reason, if one was given.

    A page whose services keep a record of their own, which says what changed, leaves the values to that.
    """

    log_values = True
    change_form_after_template = "admin/why.html"

    def construct_change_message(
        self, request: HttpRequest, form: forms.BaseForm, formsets: Iterable[Any], add: bool = False
    ) -> Any:
        """Return a text, where Django's own would be its parts in JSON."""
        return because(in_words(form, formsets, add=add, with_values=self.log_values), reason_in(request))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        who = cast(int, request.user.pk)
        return LogEntry.objects.log_actions(who, queryset, DELETION, because("Deleted", reason_in(request)))
