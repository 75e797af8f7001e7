"""manage.py import_predictions: predictions from CSV files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from rich.console import Console
from rich.progress import wrap_file

from scoring.importers.predictions_csv import OPTIONAL, REQUIRED
from scoring.management.reports import progress, require_none_failed, write_lines
from scoring.services import ImportedPredictions, PredictionImportError, import_predictions


class Command(BaseCommand):
    help = (
        f"Imports predictions from CSV with the columns {','.join(REQUIRED)} and optionally {','.join(OPTIONAL)}. "
        "One file is one transaction: if a row is wrong, nothing of the file is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="do everything, say what it came to, take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        failed = [file for file in options["files"] if not self._import(file, dry_run)]
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
        require_none_failed(failed, options["files"])

    def _import(self, file: str, dry_run: bool) -> bool:
        try:
            self._report(file, self._read(Path(file), dry_run))
        except OSError as error:
            self.stderr.write(f"{file}: can't be read ({error.strerror})")
            return False
        except PredictionImportError as error:
            write_lines(self.stderr, [f"{file}:{problem.line}: {problem.text}" for problem in error.problems])
            return False
        return True

    def _read(self, path: Path, dry_run: bool) -> ImportedPredictions:
        saving = progress(self.stderr, "Saving")
        with path.open("rb") as lines:
            if not self.stderr.isatty():
                return import_predictions(lines, str(path), dry_run=dry_run, track=saving)
            size, console = path.stat().st_size, Console(stderr=True)
            with wrap_file(lines, size, description="Reading", console=console, transient=True) as watched:
                return import_predictions(watched, str(path), dry_run=dry_run, track=saving)

    def _report(self, file: str, imported: ImportedPredictions) -> None:
        saved = imported.saved
        counts = f"{saved.created} created, {saved.replaced} replaced, {saved.unchanged} unchanged"
        self.stdout.write(f"{file}: predictions: {counts}.")
        if saved.revised:
            self.stdout.write(f"  {begun(saved.revised)}")
        if imported.new_models:
            self.stdout.write(f"  New models: {', '.join(imported.new_models)}.")
        write_lines(self.stdout, [f"{file}: {notice}" for notice in imported.notices], indent="  ")


def begun(matches: int) -> str:
    """Return what it means that predictions joined matches that have begun."""
    if matches == 1:
        return "1 match had begun already; if it is over, it is scored with these predictions."
    return f"{matches} matches had begun already; those that are over are scored with these predictions."
