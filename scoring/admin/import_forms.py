"""Files of predictions and of matches, as the admin imports them: what is said beside a file, and what came of it."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from scoring.admin.importing import Imports, OnKeep, RefusedError, UploadForm
from scoring.importers.kickoff import read_zone
from scoring.importers.predictions_csv import OPTIONAL, REQUIRED
from scoring.importers.values import WrongValueError, read_renaming
from scoring.services import (
    ImportedMatches,
    ImportedPredictions,
    ImportOptions,
    MatchImportError,
    PredictionImportError,
)
from scoring.services.file_previews import Preview, preview_matches, preview_predictions


class PredictionsForm(UploadForm):
    command = "import_predictions"


class ImportsPredictions(Imports):
    import_form = PredictionsForm
    import_explained = (
        f"CSV in UTF-8 whose first line names the columns {', '.join(REQUIRED)} and, if you like, "
        f"{', '.join(OPTIONAL)}. All of the file is imported, or nothing."
    )

    def preview(self, content: bytes, file: str, options: dict[str, Any], seen: str, on_keep: OnKeep) -> Preview[Any]:
        try:
            return preview_predictions(content, file, seen=seen, on_keep=on_keep)
        except PredictionImportError as error:
            raise RefusedError([f"line {problem.line}: {problem.text}" for problem in error.problems]) from error

    def counts(self, imported: ImportedPredictions) -> str:
        saved = imported.saved
        return f"{saved.created} new, {saved.replaced} changed, {saved.unchanged} unchanged"

    def notes(self, imported: ImportedPredictions) -> list[str]:
        begun = imported.saved.revised
        joins = f"{begun} matches that have begun get a new revision; those that are over are scored again"
        new = f"New models: {', '.join(imported.new_models)}"
        return [*([joins] if begun else []), *([new] if imported.new_models else []), *imported.notices]


class MatchesForm(UploadForm):
    command = "import_matches"
    name = forms.CharField(
        max_length=160,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Competition and season, such as World Cup 2026, instead of what the file says.",
    )
    time_zone = forms.CharField(
        max_length=60,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Where times without an offset are read, such as Europe/London; remembered for the competition.",
    )
    renames = forms.CharField(
        required=False,
        max_length=5_000,
        label="Renamed teams",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="OLD=NEW, one a line: two names of one team, called NEW from now on.",
    )
    new = forms.BooleanField(
        required=False,
        label="New matches",
        widget=UnfoldBooleanSwitchWidget,
        help_text="What is probably the same match under another name or date is another, new one.",
    )
    overwrite = forms.BooleanField(
        required=False, widget=UnfoldBooleanSwitchWidget, help_text="The file is right, and not what a person recorded."
    )

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        try:
            return read_zone(name).key if name else ""
        except WrongValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_renames(self) -> str:
        text: str = self.cleaned_data["renames"]
        try:
            _renames(text)
        except WrongValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text


def _renames(text: str) -> list[tuple[str, str]]:
    return [read_renaming(line) for line in text.splitlines() if line.strip()]


class ImportsMatches(Imports):
    import_form = MatchesForm
    import_explained = (
        "JSON of openfootball, the matches of one season. A file adds and corrects, it never takes away. All of it is "
        "imported, or nothing."
    )

    def preview(self, content: bytes, file: str, options: dict[str, Any], seen: str, on_keep: OnKeep) -> Preview[Any]:
        chosen = ImportOptions(
            name=options["name"] or None,
            time_zone=options["time_zone"] or None,
            renames=_renames(options["renames"]),
            new=options["new"],
            overwrite=options["overwrite"],
        )
        try:
            return preview_matches(content, file, chosen, seen=seen, on_keep=on_keep)
        except MatchImportError as error:
            raise RefusedError(error.problems) from error

    def counts(self, imported: ImportedMatches) -> str:
        left_out = f", {imported.left_out} left out" if imported.left_out else ""
        return (
            f"{imported.season}, {imported.created} new, {imported.changed} changed, "
            f"{imported.unchanged} unchanged{left_out}"
        )

    def notes(self, imported: ImportedMatches) -> list[str]:
        kept = f"Kept, though the file does not have it: {imported.kept}"
        names = f"Other names kept as aliases: {', '.join(imported.renamed)}"
        teams = f"New teams: {', '.join(imported.new_teams)}"
        said = [(str(imported.kept), kept), (imported.renamed, names), (imported.new_teams, teams)]
        return [*(text for there, text in said if there), *imported.differences, *imported.notices]
