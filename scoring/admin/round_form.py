"""The form in which a person enters the results of a round: a row for each match, all sent together."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, cast

from django import forms
from django.http import QueryDict

from scoring.models import Match
from scoring.models.match import PHASES
from scoring.services import Entry, ResultError
from scoring.services.results import RESULT_FIELDS, require_begun, require_consistent
from scoring.services.revisions import LONGEST_REASON
from scoring.services.rounds import overtaken

MOST_GOALS = 99
IN_PLAY = PHASES[:3]
"""The phases in which goals only ever join: the score of one is at least that of the one before it."""


class GoalsField(forms.IntegerField):
    """A number of goals. What is typed is text, so that a wrong one comes back as it was typed."""

    def __init__(self, label: str) -> None:
        wrong = f"A whole number from 0 to {MOST_GOALS}."
        errors = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "ft-goals"})
        super().__init__(
            label=label, required=False, min_value=0, max_value=MOST_GOALS, error_messages=errors, widget=widget
        )


class RowForm(forms.Form):
    """The result of one match. `seen` carries its revision, and what stood in the fields, when the page was made.

    Of a match that is not over the score is left empty, whatever is known: who types it says that it is the result.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        required=False, label="Status", choices=[("", "finished, once it has a score"), *Match.Status.choices]
    )

    def __init__(self, match: Match, data: QueryDict | None = None) -> None:
        self.match = match
        super().__init__(data, prefix=f"m{match.pk}")
        for phase in PHASES:
            for side in ("home", "away"):
                words = "goals" if phase == "full_time" else f"{phase.replace('_', ' ')} goals"
                team = getattr(match, side).name
                self.fields[f"{phase}_{side}"] = GoalsField(f"{side.capitalize()} {words}, {team}")
        self.seen_revision, self.initial = self._seen() if data is not None else (match.revision, initial(match))
        for name in RESULT_FIELDS[1:]:
            self.fields[name].widget.attrs["data-was"] = "" if self.initial[name] is None else self.initial[name]
        self.initial["seen"] = self._as_seen(self.seen_revision, self.initial)
        self.is_overtaken = False

    @property
    def touched(self) -> list[str]:
        """The fields that were changed since the page was made."""
        return [name for name in self.changed_data if name in RESULT_FIELDS]

    @property
    def scores(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self["full_time_home"], self["full_time_away"]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are shown on demand."""
        return [self[f"{phase}_{side}"] for phase in PHASES if phase != "full_time" for side in ("home", "away")]

    @property
    def is_opened(self) -> bool:
        """Whether something on demand has to be seen: it was changed, or is wrong."""
        names = {field.name for field in (*self.more, self["status"])}
        return self.is_bound and bool(names & {*self.touched, *self.errors})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.touched:
            return data
        if self.seen_revision != self.match.revision:
            self._look_again()
        for phase in PHASES:
            self._require_pair(data, phase)
        self._require_growing(data)
        if not self.errors:
            self._require_consistent()
        return data

    def entry(self) -> Entry | None:
        """Return what is to be recorded; None if nothing is."""
        fields = self.changes()
        return Entry(self.match.pk, self.match.revision, fields) if fields else None

    def changes(self) -> dict[str, Any]:
        """Return the fields of the match that become another. A score makes an open match finished, if nobody says."""
        if not self.touched:
            return {}
        told = {name: self.cleaned_data[name] for name in self.touched if name != "status"}
        scored = self.cleaned_data["full_time_home"] is not None
        told["status"] = self.cleaned_data["status"] or (Match.Status.FINISHED if scored else self.match.status)
        return {name: value for name, value in told.items() if getattr(self.match, name) != value}

    def _seen(self) -> tuple[int | None, dict[str, Any]]:
        """Return what the page said that was sent; a page that says nothing that can be read has seen no revision."""
        try:
            revision, values = json.loads(self.data.get(self.add_prefix("seen"), ""))
            return int(revision), dict(zip(RESULT_FIELDS, values, strict=True))
        except (TypeError, ValueError):
            return None, initial(self.match)

    @staticmethod
    def _as_seen(revision: int | None, values: Mapping[str, Any]) -> str:
        return json.dumps([revision, [values[name] for name in RESULT_FIELDS]])

    def _look_again(self) -> None:
        """Refuses what was typed over something that nobody saw; sent once more, it is meant."""
        self.is_overtaken = True
        now = self.match.revision
        words = overtaken(self.seen_revision or 0, now)
        self.add_error(None, f"{words[0].upper()}{words[1:]}. If your numbers are still right, check again.")
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = self._as_seen(now, initial(self.match))
        self.data = data

    def _require_pair(self, data: Mapping[str, Any], phase: str) -> None:
        home, away = f"{phase}_home", f"{phase}_away"
        if home in self.errors or away in self.errors:
            return
        if (data.get(home) is None) != (data.get(away) is None):
            self.add_error(home if data.get(home) is None else away, "Give the goals of both sides.")
        elif phase == "full_time" and data.get(home) is None and self.initial[home] is not None:
            known = f"{self.initial[home]}–{self.initial[away]}"
            self.add_error(home, f"It is known to be {known}. To take it away, open the match.")

    def _require_growing(self, data: Mapping[str, Any]) -> None:
        if data.get("status") == Match.Status.AWARDED:
            return
        for early, late in combinations(IN_PLAY, 2):
            for side in ("home", "away"):
                first, then = data.get(f"{early}_{side}"), data.get(f"{late}_{side}")
                if first is not None and then is not None and first > then:
                    words = f"More than the {then} at {late.replace('_', ' ')}."
                    self.add_error(f"{early}_{side}", words.replace("extra time", "the end of extra time"))

    def _require_consistent(self) -> None:
        after = with_changes(self.match, self.changes())
        try:
            require_consistent(after.phases, after.status)
            if after.status != self.match.status:
                require_begun(after.status, after.kickoff, after.date)
        except ResultError as error:
            self.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")


def initial(match: Match) -> dict[str, Any]:
    """Return what stands in the fields of a row before anybody types."""
    values: dict[str, Any] = {name: getattr(match, name) for name in RESULT_FIELDS}
    if not match.is_over:
        values |= {"status": "", "full_time_home": None, "full_time_away": None}
    return values


def with_changes(match: Match, fields: Mapping[str, Any]) -> Match:
    """Return the match as it would be, unsaved."""
    after = Match(**{field.attname: getattr(match, field.attname) for field in Match._meta.concrete_fields})
    for name, value in fields.items():
        setattr(after, name, value)
    return after


class RoundForm(forms.Form):
    """Why what is known becomes another; with a row for each match."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        required=False,
        label="Reason, if something known is corrected",
        help_text="It is kept with each match that is corrected. Readers may see it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, matches: Iterable[Match], data: QueryDict | None = None, *, gone: int = 0) -> None:
        super().__init__(data)
        self.rows = [RowForm(match, data) for match in matches]
        self.gone = gone

    def clean(self) -> dict[str, Any]:
        if self.gone:
            gone = "A match" if self.gone == 1 else f"{self.gone} matches"
            raise forms.ValidationError(f"{gone} of this page can’t be found any more. Open it again.")
        return super().clean() or self.cleaned_data

    def is_valid(self) -> bool:
        """Every row is asked, so that all errors are shown at once."""
        valid = [form.is_valid() for form in self.rows]
        return super().is_valid() and all(valid)

    def wrong(self) -> list[RowForm]:
        return [row for row in self.rows if row.errors]

    def entries(self) -> list[Entry]:
        return [entry for row in self.rows if (entry := row.entry())]

    @property
    def fingerprint(self) -> str:
        """What is to be recorded, as a short text: it is saved only if it is what was shown."""
        told = [[entry.match_id, entry.seen_revision, sorted(entry.fields.items())] for entry in self.entries()]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def was_shown(self) -> bool:
        return bool(self.cleaned_data["checked"] == self.fingerprint)

    def note_shown(self) -> None:
        """Lets the form, shown again, carry what was shown."""
        data = cast(QueryDict, self.data).copy()
        data["checked"] = self.fingerprint
        self.data = data
