"""The form in which a person enters a match and its result."""

from datetime import UTC, datetime, time
from itertools import product
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from scoring.admin.unfolded import TypedModelForm
from scoring.models import Match
from scoring.models.match import PHASES
from scoring.rules import Goals, Phases
from scoring.services import ResultError
from scoring.services.corrections import asks_why
from scoring.services.results import CHANGEABLE, require_begun, require_consistent


class MatchForm(TypedModelForm[Match]):
    """Says beside the field what the service would refuse; saves nothing itself."""

    reason = forms.CharField(
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Required when a result that is known changes. Readers may see it.",
    )
    forget_scorers = forms.BooleanField(
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        label="Remove the scorers",
        help_text="When they no longer fit the score. A later import can bring the right ones.",
    )
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Match
        fields = ["season", *CHANGEABLE]
        labels = {"num": "Number"}
        help_texts = {"kickoff": "UTC. While the time of day is unknown, the beginning of the day."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_worked_on = bool(self.instance.pk) and (self.instance.is_over or hasattr(self.instance, "progress"))
        if "kickoff" in self.fields:
            self.fields["kickoff"].required = False
        if self.instance.pk and "season" in self.fields:
            self.fields["season"].disabled = True
            self.initial["seen_revision"] = self.instance.revision
            self._name_the_sides()

    def _name_the_sides(self) -> None:
        for phase, side in product(PHASES, ("home", "away")):
            team = getattr(self.instance, side).name
            self.fields[f"{phase}_{side}"].label = f"{phase.replace('_', ' ').capitalize()}, {team}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._require_fresh(data)
        self._settle_kickoff(data)
        for phase in PHASES:
            self._require_pair(data, phase)
        if not self.errors:
            self._require_reason(data)
            self._require_consistent(data)
        return data

    def facts(self) -> dict[str, Any]:
        """Return the fields of `CHANGEABLE`, as the services take them."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE}

    def _require_fresh(self, data: dict[str, Any]) -> None:
        seen, now = data.get("seen_revision"), self.instance.revision
        if self.instance.pk and seen is not None and seen != now:
            raise forms.ValidationError(
                f"Somebody changed this match while you were looking at revision {seen}; it is at revision {now} now. "
                f"Open the page again, then make your change."
            )

    def _settle_kickoff(self, data: dict[str, Any]) -> None:
        if not data.get("time_known") and data.get("date"):
            data["kickoff"] = datetime.combine(data["date"], time(), tzinfo=UTC)
        elif not data.get("kickoff") and "kickoff" not in self.errors:
            self.add_error("kickoff", "Say when the match begins, or that its time of day is not known.")

    def _require_pair(self, data: dict[str, Any], phase: str) -> None:
        home, away = f"{phase}_home", f"{phase}_away"
        if home in self.errors or away in self.errors or (data.get(home) is None) == (data.get(away) is None):
            return
        self.add_error(home if data.get(home) is None else away, "Give the goals of both sides, or of neither.")

    def _require_reason(self, data: dict[str, Any]) -> None:
        names = set(CHANGEABLE) & set(self.changed_data)
        changed = {name: (getattr(self.instance, name), data[name]) for name in names} if self.instance.pk else {}
        if (asks_why(self.instance, changed) or data.get("forget_scorers")) and not data.get("reason"):
            self.add_error("reason", "This corrects a result that is known: say why.")

    def _require_consistent(self, data: dict[str, Any]) -> None:
        goals = [(data.get(f"{phase}_home"), data.get(f"{phase}_away")) for phase in PHASES]
        phases = Phases(*(None if home is None or away is None else Goals(home, away) for home, away in goals))
        try:
            require_consistent(phases, data["status"])
            if {"status", "kickoff", "time_known", "date"} & set(self.changed_data):
                require_begun(data["status"], data["kickoff"], data["date"])
        except ResultError as error:
            self.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
