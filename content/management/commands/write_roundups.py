"""manage.py write_roundups: writes what is due now, without waiting for the delay."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from rich.progress import track

from content import services
from scoring import pipeline
from scoring.finding import MatchNotFoundError, chosen_matches
from scoring.models import Match


class Command(BaseCommand):
    help = "Writes the roundups that are due, missing or no longer current, now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matches", nargs="*", metavar="MATCH", help='an id, or "Home - Away"; default: all due')
        parser.add_argument("--date", type=date.fromisoformat, help="the date of the match (2026-06-11)")
        parser.add_argument("--season", help='only this season, such as "World Cup 2026"')

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes, failed = [], []
        for match_id in self._track(self._due(options)):
            try:
                with pipeline.attempt(match_id, services.STEP):
                    outcomes.append(services.write_roundup(match_id))
            except Exception as error:  # noqa: BLE001  the others are written all the same; it is reported below
                failed.append(f"match {match_id}: {type(error).__name__}: {error}")
        published = [outcome for outcome in outcomes if outcome.published]
        for outcome in outcomes:
            if not outcome.published:
                self.stdout.write(str(outcome))
        self.stdout.write(
            f"{len(published)} roundups published, {len(outcomes) - len(published)} not, of {len(outcomes)}."
        )
        if failed:
            raise CommandError(f"{len(failed)} failed:\n" + "\n".join(failed[:50]))

    def _due(self, options: dict[str, Any]) -> list[int]:
        try:
            matches = chosen_matches(options["matches"], date=options["date"], season=options["season"])
        except MatchNotFoundError as error:
            raise CommandError(str(error)) from error
        if not options["matches"]:
            waiting = Match.objects.behind(services.STEP)
            matches = matches.filter(Q(pk__in=waiting) | Q(pk__in=services.without_current()))
        return list(matches.order_by("kickoff", "id").values_list("pk", flat=True))

    def _track(self, ids: Sequence[int]) -> Iterable[int]:
        terminal = self.stderr.isatty() and len(ids) > 1
        return track(ids, description="Writing", transient=True) if terminal else ids
