"""manage.py trace MATCH: everything that is known of the work on one match, with its times and revisions."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F

from content.tracing import Line, Trace, trace_of
from scoring.finding import MatchNotFoundError, find_match
from scoring.management.arguments import day
from scoring.models import Match, Score

NO_TIME = " " * 19


class Command(BaseCommand):
    help = "Prints the whole chain of one match, from the result to the roundup, with times (UTC) and revisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("match", metavar="MATCH", help='an id, or "Home - Away"')
        parser.add_argument("--date", type=day, help="the date of the match (2026-06-11)")
        parser.add_argument("--season", help='the season, such as "World Cup 2026"')
        parser.add_argument("--scores", action="store_true", help="list what every model predicted and earned, too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            match = find_match(options["match"], date=options["date"], season=options["season"])
        except MatchNotFoundError as error:
            raise CommandError(str(error)) from error
        for line in self._lines(trace_of(match)):
            self.stdout.write(line)
        for line in self._scores(match) if options["scores"] else ():
            self.stdout.write(line)

    def _lines(self, trace: Trace) -> Iterator[str]:
        match = trace.match
        yield f"{match} ({match.season}{', ' if match.round else ''}{match.round}), match {match.pk}"
        yield trace.state
        for section in trace.sections:
            yield f"\n{section.title}{'' if section.lines else ': nothing'}"
            yield from (_printed(line) for line in section.lines)

    def _scores(self, match: Match) -> Iterator[str]:
        rows = Score.objects.filter(match=match).select_related("model", "prediction")
        yield "\nScores of the models"
        for row in rows.order_by(F("points").desc(nulls_last=True), "model__name"):
            tip = f"{row.prediction.home_goals}–{row.prediction.away_goals}"
            earned = row.get_timing_display() if row.points is None else f"{row.points}"
            yield f"  {row.model.name:<32} {tip:>7}  {earned}"


def _printed(line: Line) -> str:
    at = f"{line.at:%Y-%m-%d %H:%M:%S}" if line.at else NO_TIME
    revision = "" if line.revision is None else f"revision {line.revision}"
    return f"  {at}  {revision:<12} {line.text}"
