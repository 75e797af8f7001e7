"""manage.py catch_up: finds what is lost, whatever the cause, and restarts it at the step that is missing."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rich.progress import track

from content.catching_up import CatchUpError, catch_up


class Command(BaseCommand):
    help = (
        "Hands to the queue every match that is behind and has nothing in flight, at the step that is missing. "
        "The workers (qcluster) do so by themselves every 5 minutes, a part of all matches at a time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="compare every match with what was derived from it, now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(str(catch_up(everything=options["all"], patience=timedelta(0), track=self._track)))
        except CatchUpError as error:
            raise CommandError(str(error)) from error

    def _track(self, slices: Sequence[int]) -> Iterable[int]:
        terminal = self.stderr.isatty() and len(slices) > 1
        return track(slices, description="Comparing", transient=True) if terminal else slices
