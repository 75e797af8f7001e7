"""What can be decided about a report in the admin, and how one is ordered: the forms, and what each of them calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from content import editing
from content.models import Report
from content.reports import deciding
from content.reports.ordering import Subject, order
from scoring.locks import retried
from scoring.models import AIModel, Match, Season


class SeenForm(forms.Form):
    """Carries the newest version that was there when the page was opened."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(SeenForm):
    note = forms.CharField(
        max_length=editing.LONGEST_NOTE,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Needed to withdraw a report: readers see it in its place. Otherwise for other editors.",
    )


@dataclass(frozen=True)
class Decision:
    """A page that asks first, and then calls a service with (report, the valid form, who)."""

    label: str
    explains: str
    form: type[SeenForm]
    act: Callable[[Report, Mapping[str, Any], str], object]
    done: str
    is_possible: Callable[[Report], bool]

    def told(self, form: forms.Form) -> str:
        """Return what the log keeps of it."""
        note = " ".join(form.cleaned_data.get("note", "").split())
        return f"{self.done}: {note}" if note else self.done


@retried
@transaction.atomic
def order_anew(subject: Subject) -> bool:
    """Enqueues a new version of a report, or its first; returns whether it was not in the queue already."""
    return order(subject, anew=True)


DECISIONS = {
    "publish": Decision(
        "Publish",
        "Readers see the report from now on, as it stands below.",
        SeenForm,
        lambda report, given, by: deciding.publish(report.pk, by=by, seen_version=given["seen_version"]),
        "Published",
        lambda report: report.status != Report.Status.PUBLISHED,
    ),
    "hold": Decision(
        "Hold back",
        "Readers don't see the report until somebody publishes it. It is kept up to date meanwhile.",
        NoteForm,
        lambda report, given, by: deciding.hold(report.pk, by=by, note=given["note"]),
        "Held back",
        lambda report: report.status != Report.Status.HELD,
    ),
    "withdraw": Decision(
        "Withdraw",
        "Readers see your note in place of the report.",
        NoteForm,
        lambda report, given, by: deciding.withdraw(report.pk, by=by, note=given["note"]),
        "Withdrawn",
        lambda report: report.status != Report.Status.WITHDRAWN,
    ),
    "again": Decision(
        "Write again",
        "A worker writes a new version, from facts collected anew.",
        SeenForm,
        lambda report, given, by: order_anew(deciding.subject_of(report)),
        "Ordered: a worker writes a new version",
        lambda report: True,
    ),
}
"""By the name in the address, in the order of the buttons."""


class OrderForm(forms.Form):
    """What to order a report on: a model, or a round, of a season."""

    season = forms.ModelChoiceField(Season.objects.all(), widget=UnfoldAdminSelectWidget)
    model = forms.ModelChoiceField(AIModel.objects.all(), required=False, widget=UnfoldAdminSelectWidget)
    round = forms.CharField(
        required=False, widget=UnfoldAdminTextInputWidget, help_text="Its name, in place of a model: Matchday 1."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        season, model, name = data.get("season"), data.get("model"), data.get("round")
        if bool(model) == bool(name):
            raise forms.ValidationError("Choose a model, or name a round: one of the two.")
        if season and name and not Match.objects.filter(season=season, round=name).exists():
            self.add_error("round", f"{season} has no round of this name.")
        return data

    def subject(self) -> Subject:
        given = self.cleaned_data
        return Subject(given["season"].pk, given["round"], given["model"].pk if given["model"] else None)

    def about(self) -> str:
        return str(self.cleaned_data["model"] or self.cleaned_data["round"])
