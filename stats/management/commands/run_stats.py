"""manage.py run_stats: brings matches that are behind up to date, here or by the queue."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet

from rich.progress import track

from scoring import pipeline
from scoring.finding import MatchNotFoundError, chosen_matches
from scoring.management.arguments import day
from scoring.models import Match, MatchProgress
from stats.catching_up import CaughtUp, begin_missing, catch_up
from stats.rebuild import rebuild_season

SHOWN = 50
"""Lines of one kind that are printed before only their number is."""


def number(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


class Command(BaseCommand):
    help = "Scores finished matches that are behind, brings the model stats up to date and schedules the roundups."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matches", nargs="*", metavar="MATCH", help='an id, or "Home - Away"; default: all')
        parser.add_argument("--date", type=day, help="the date of the match (2026-06-11)")
        parser.add_argument("--season", help='only this season, such as "World Cup 2026"')
        parser.add_argument("--rebuild", action="store_true", help="derive every row again, and report what differed")
        parser.add_argument("--queue", action="store_true", help="hand the work to the worker processes (qcluster)")
        parser.add_argument("--no-roundups", action="store_true", help="schedule no roundups")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            matches = chosen_matches(options["matches"], date=options["date"], season=options["season"])
        except MatchNotFoundError as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            if options["rebuild"] or options["no_roundups"]:
                raise CommandError("--queue can't be used with --rebuild or --no-roundups: do those without it.")
            return self._queue(matches)
        outcome = catch_up(matches, roundups=not options["no_roundups"], track=self._track)
        self._report(matches, outcome, roundups=not options["no_roundups"])
        differed = self._rebuild(matches) if options["rebuild"] else 0
        if outcome.failed or differed:
            problems = [f"{len(outcome.failed)} failed"] if outcome.failed else []
            problems += [f"{differed} rows differed and were put right"] if differed else []
            raise CommandError("; ".join(problems))
        return None

    def _track(self, ids: Sequence[int]) -> Iterable[int]:
        terminal = self.stderr.isatty() and len(ids) > 1
        return track(ids, description="Scoring", transient=True) if terminal else ids

    def _queue(self, matches: "QuerySet[Match]") -> None:
        begin_missing(matches)
        with transaction.atomic():
            unfinished = matches.filter(pk__in=MatchProgress.objects.unfinished().values("pk")).order_by("pk")
            waiting = list(unfinished.select_for_update(no_key=True, of=("self",)))
            queued = pipeline.requeue(waiting)
        already = f"; queued already: {len(waiting) - len(queued)}" if len(waiting) > len(queued) else ""
        self.stdout.write(f"{number(len(queued), 'match', 'matches')} handed to the queue{already}.")

    def _report(self, matches: "QuerySet[Match]", outcome: CaughtUp, *, roundups: bool) -> None:
        taken_out = sum(calculated.taken_out for calculated in outcome.counted)
        counted = sum(calculated.matches for calculated in outcome.counted) - taken_out
        gone = f", {taken_out} taken out" if taken_out else ""
        void = f" Not counting (void, or not known): {outcome.not_counting}." if outcome.not_counting else ""
        self.stdout.write(f"{number(outcome.scored, 'match', 'matches')} scored, {counted} counted{gone}.{void}")
        for calculated in outcome.counted:
            self.stdout.write(f"  {calculated}")
        unknown = [
            f"{match} ({match.season}): finished, but the full-time score is not known; it can't be scored"
            for match in matches.without_known_score().with_names()[: SHOWN + 1]  # type: ignore[attr-defined]
        ]
        self._list(unknown, self.stdout)
        self.stdout.write(self._roundups(matches, roundups=roundups))
        self._list(outcome.failed, self.stderr)

    def _roundups(self, matches: "QuerySet[Match]", *, roundups: bool) -> str:
        last = pipeline.match_steps()[-1].path
        due = MatchProgress.objects.filter(match__in=matches, match__stats__isnull=False, step=last).count()
        if not roundups:
            return f"Waiting for write_roundups: {number(due, 'roundup', 'roundups')}."
        return f"{number(due, 'roundup', 'roundups')} scheduled." if due else "No roundups are due."

    def _list(self, lines: Sequence[str], stream: Any) -> None:
        for line in lines[:SHOWN]:
            stream.write(f"  {line}")
        if len(lines) > SHOWN:
            stream.write(f"  and {len(lines) - SHOWN} more")

    def _rebuild(self, matches: "QuerySet[Match]") -> int:
        rows = 0
        differences: list[str] = []
        for season_id in matches.order_by("season").values_list("season", flat=True).distinct():
            rebuilt = rebuild_season(season_id)
            rows += rebuilt.rows
            differences += [f"{rebuilt.season}: {line}" for line in rebuilt.differences]
        self.stdout.write(f"Rebuilt from scratch: {rows} rows compared, {len(differences)} differed.")
        self._list(differences, self.stderr)
        return len(differences)
