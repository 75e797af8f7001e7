"""What an editor can decide about a roundup in the admin: the forms, and the service that each of them calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from content import editing
from content.models import Roundup

Given = Mapping[str, Any]


class SeenForm(forms.Form):
    """Carries the newest version that was there when the page was opened."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    reason = forms.CharField(
        max_length=editing.LONGEST_NOTE,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Stands beside the version, for other editors.",
    )


class HoldForm(SeenForm):
    note = forms.CharField(
        max_length=editing.LONGEST_NOTE,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="For other editors; readers are only told that the roundup is down for now.",
    )


class WithdrawForm(SeenForm):
    note = forms.CharField(
        max_length=editing.LONGEST_NOTE, widget=UnfoldAdminTextInputWidget, help_text="Why. Readers see this."
    )


class TextForm(ReasonForm):
    headline = forms.CharField(max_length=editing.LONGEST_HEADLINE, widget=UnfoldAdminTextInputWidget)
    text = forms.CharField(
        strip=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 28}), help_text="Markdown, without the headline."
    )
    checked = forms.CharField(
        required=False, widget=forms.HiddenInput, help_text="The text whose problems were shown: `Draft.fingerprint`."
    )
    field_order = ["headline", "text", "reason"]

    def draft(self) -> editing.Draft:
        return editing.Draft(self.cleaned_data["headline"], self.cleaned_data["text"])

    def note_checked(self, fingerprint: str) -> None:
        """Lets the form, shown again, carry what was shown, so that it is saved when it comes back unchanged."""
        data = cast(QueryDict, self.data).copy()
        data["checked"] = fingerprint
        self.data = data


class KeepForm(TextForm):
    """`initial["now"]` is the score that counts now, in words, or empty."""

    agrees = forms.BooleanField(
        required=False,
        label="The text agrees with the score",
        help_text="Needed only if it tells the corrected score too, beside the one that counts now.",
    )
    field_order = ["headline", "text", "agrees", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if now := self.initial.get("now"):
            self.fields["agrees"].label = f"The text agrees with {now}"


@dataclass(frozen=True)
class Decision:
    """A page that asks first and then calls a service with (id of the roundup, the valid form, who).

    `done` is told to the editor and kept, with the note, in the roundup's history of the admin. `leaves_version`: a
    version tells of it as well.
    """

    label: str
    explains: str
    form: type[SeenForm]
    act: Callable[[int, Any, str], Roundup]
    done: str
    is_possible: Callable[[Roundup], bool]
    leaves_version: bool = False
    does: str = ""

    @property
    def button(self) -> str:
        """What stands on the button that decides."""
        return self.does or self.label

    def told(self, form: forms.Form) -> str:
        """Return what the log keeps of it, beside the reason."""
        note = " ".join(form.cleaned_data.get("note", "").split())
        return f"{self.done}: {note}" if note else self.done


def _seen(form: forms.Form) -> dict[str, Any]:
    return {"reason": form.cleaned_data["reason"], "seen_version": form.cleaned_data["seen_version"]}


DECISIONS: dict[str, Decision] = {
    "edit": Decision(
        "Edit",
        "From now on no writer overwrites this text. When the result or the table under it changes, it leaves the page "
        "until an editor decides, and a new version waits beside it.",
        TextForm,
        lambda pk, form, by: editing.edit(pk, form.draft(), by=by, **_seen(form)),
        "Edited",
        lambda roundup: True,
        leaves_version=True,
        does="Save",
    ),
    "use": Decision(
        "Use the new version",
        "The version that waits takes the place of the edited text, which stays among the versions.",
        ReasonForm,
        lambda pk, form, by: editing.take_waiting(pk, by=by, **_seen(form)),
        "The new version was used in place of the edited text",
        lambda roundup: bool(roundup.waiting_id),
        leaves_version=True,
    ),
    "keep": Decision(
        "Keep the edited text",
        "Below stands the edited text, as it was written for what held before. Change what is no longer right: you "
        "confirm that it agrees with the result and table as they are now.",
        KeepForm,
        lambda pk, form, by: editing.keep_edited(
            pk, form.draft(), by=by, agrees=form.cleaned_data["agrees"], **_seen(form)
        ),
        "The edited text was confirmed for the new facts",
        lambda roundup: bool(roundup.waiting_id),
        leaves_version=True,
    ),
    "drop": Decision(
        "Give up the edit",
        "The writer's text about the same facts comes back; the edited one stays among the versions.",
        ReasonForm,
        lambda pk, form, by: editing.drop_edit(pk, by=by, **_seen(form)),
        "The edit was given up",
        lambda roundup: bool(roundup.edited_by and not roundup.waiting_id),
        leaves_version=True,
    ),
    "publish": Decision(
        "Publish",
        "Readers see the roundup from now on, as it stands below.",
        SeenForm,
        lambda pk, form, by: editing.publish(pk, by=by, seen_version=form.cleaned_data["seen_version"]),
        "Published",
        lambda roundup: roundup.status != Roundup.Status.PUBLISHED,
    ),
    "hold": Decision(
        "Hold back",
        "Readers don't see the roundup until somebody publishes it. It is kept up to date meanwhile.",
        HoldForm,
        lambda pk, form, by: editing.hold(pk, by=by, note=form.cleaned_data["note"]),
        "Held back",
        lambda roundup: roundup.status != Roundup.Status.HELD,
    ),
    "withdraw": Decision(
        "Withdraw",
        "Readers see your note in place of the roundup.",
        WithdrawForm,
        lambda pk, form, by: editing.withdraw(pk, by=by, note=form.cleaned_data["note"]),
        "Withdrawn",
        lambda roundup: roundup.status != Roundup.Status.WITHDRAWN,
    ),
}
"""By the name in the address, in the order of the buttons."""


def possible(roundup: Roundup) -> dict[str, Decision]:
    return {name: decision for name, decision in DECISIONS.items() if decision.is_possible(roundup)}
