"""manage.py verify: checks every invariant of the project on a live database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.verify import Checked, verify


class Command(BaseCommand):
    help = "Checks that everything derived is what it must be; prints counts, and the rows that are not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--finished", action="store_true", help="nothing may be in flight any more")
        parser.add_argument("--facts", action="store_true", help="collect the facts of public roundups anew (slow)")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(finished=options["finished"], facts=options["facts"], tell=self._tell)
        if not report.ok:
            raise CommandError(
                f"{len(report.failed)} of {len(report.checks)} checks failed, in {report.seconds:.1f} s."
            )
        self.stdout.write(f"{len(report.checks)} checks, all is as it must be, in {report.seconds:.1f} s.")

    def _tell(self, found: Checked) -> None:
        self.stdout.write(str(found))
        self.stdout.flush()
