"""manage.py import_matches: matches, results and goals from openfootball documents."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from scoring.importers.kickoff import read_zone
from scoring.importers.values import WrongValueError, read_renaming
from scoring.management.reports import progress, require_none_failed, write_lines
from scoring.services import ImportedMatches, ImportOptions, MatchImportError, import_matches


def time_zone(text: str) -> str:
    try:
        return read_zone(text).key
    except WrongValueError as error:
        raise ArgumentTypeError(str(error)) from error


def renaming(text: str) -> tuple[str, str]:
    try:
        return read_renaming(text)
    except WrongValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = (
        "Imports matches from openfootball documents (JSON). A later file adds and corrects, it never takes away. "
        "One file is one transaction: if anything in it is wrong, nothing of it is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--name", help='competition and season, such as "World Cup 2026", instead of the file\'s')
        parser.add_argument(
            "--timezone",
            type=time_zone,
            help="where times without an offset are read, such as Europe/London; remembered for the competition",
        )
        parser.add_argument(
            "--rename",
            action="append",
            default=[],
            type=renaming,
            metavar="OLD=NEW",
            help="two names are one team, called NEW from now on; OLD is kept as an alias",
        )
        parser.add_argument("--new", action="store_true", help="what is probably the same match is another, new one")
        parser.add_argument("--overwrite", action="store_true", help="overwrite results that a person recorded")
        parser.add_argument("--dry-run", action="store_true", help="do everything, say what it came to, take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = ImportOptions(
            name=options["name"],
            time_zone=options["timezone"],
            renames=options["rename"],
            new=options["new"],
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
        )
        failed = [file for file in options["files"] if not self._import(file, chosen)]
        if chosen.dry_run:
            self.stdout.write("Dry run: nothing was written.")
        require_none_failed(failed, options["files"])

    def _import(self, file: str, options: ImportOptions) -> bool:
        try:
            content = Path(file).read_bytes()
            imported = import_matches(content, file, options, track=progress(self.stderr, "Importing"))
        except OSError as error:
            self.stderr.write(f"{file}: can't be read ({error.strerror})")
            return False
        except MatchImportError as error:
            write_lines(self.stderr, [f"{file}: {problem}" for problem in error.problems])
            return False
        self._report(file, imported)
        return True

    def _report(self, file: str, imported: ImportedMatches) -> None:
        counts = f"{imported.created} created, {imported.changed} changed, {imported.unchanged} unchanged"
        left_out = f", {imported.left_out} left out" if imported.left_out else ""
        self.stdout.write(f"{file}: {imported.season}: {counts}{left_out}.")
        if str(imported.kept):
            self.stdout.write(f"  Kept, though the file does not have it: {imported.kept}.")
        if imported.renamed:
            self.stdout.write(f"  Other names kept as aliases: {', '.join(imported.renamed)}.")
        if imported.new_teams:
            self.stdout.write(f"  New teams: {', '.join(imported.new_teams)}.")
        write_lines(self.stdout, [f"{file}: {notice}" for notice in imported.notices], indent="  ")
        write_lines(self.stdout, [f"{file}: {difference}" for difference in imported.differences], indent="  ")
