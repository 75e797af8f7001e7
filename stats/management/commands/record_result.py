"""manage.py record_result: writes down the result of one match, which starts its pipeline."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.finding import MatchNotFoundError, find_match
from scoring.models import Match
from scoring.models.match import PHASES
from scoring.rules import Goals
from scoring.services import Recorded, Result, ResultError, record_result
from scoring.services.revisions import LONGEST_REASON
from stats.management.moving import made_or_shown, user

OPTIONS = {"full_time": "score", "half_time": "half_time", "extra_time": "extra_time", "shootout": "shootout"}


def goals(text: str) -> Goals:
    found = re.fullmatch(r"\s*([0-9]{1,3})\s*[-–:]\s*([0-9]{1,3})\s*", text)
    if found is None:
        raise ArgumentTypeError(f'"{text}" is not a score; write it like 2-1')
    return Goals(int(found[1]), int(found[2]))


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f'"{text}" is not a date; write it like 2026-06-11') from error


class Command(BaseCommand):
    help = "Records the result of a match. Scores, stats and the roundup follow by themselves (qcluster, or run_stats)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("match", metavar="MATCH", help='an id, or "Home - Away"')
        parser.add_argument("--date", type=day, help="the date of the match, where it is played or in UTC")
        parser.add_argument("--season", help='the season of the match, such as "World Cup 2026"')
        parser.add_argument("--score", type=goals, metavar="2-1", help="after 90 minutes and stoppage")
        parser.add_argument("--half-time", type=goals, metavar="1-0")
        parser.add_argument("--extra-time", type=goals, metavar="3-3", help="after extra time, counted from kickoff")
        parser.add_argument("--shootout", type=goals, metavar="4-2", help="the shoot-out alone")
        parser.add_argument("--status", choices=Match.Status.values, default=Match.Status.FINISHED.value)
        parser.add_argument("--reason", default="", help="why, for the record of changes; readers may see it")
        parser.add_argument("--dry-run", action="store_true", help="say what it would change, and take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            match = find_match(options["match"], date=options["date"], season=options["season"])
        except MatchNotFoundError as error:
            raise CommandError(str(error)) from error
        given = {phase: options[option] for phase, option in OPTIONS.items()}
        if (
            options["status"] == Match.Status.FINISHED
            and given["full_time"] is None
            and not match.goals_of("full_time")
        ):
            raise CommandError("A finished match needs a score: --score 2-1; or say another --status.")
        try:
            self._record(match, Result(**given, status=options["status"]), options)
        except ResultError as error:
            raise CommandError(f"{match}: {error}.") from error

    def _record(self, match: Match, result: Result, options: dict[str, Any]) -> None:
        reason = options["reason"].strip()[:LONGEST_REASON]

        def change() -> Recorded:
            return record_result(match.pk, result, by=user("record_result"), reason=reason)

        self.stdout.write("\n".join(made_or_shown(change, described, dry_run=options["dry_run"])))


def described(recorded: Recorded) -> str:
    """Return a line such as: Qatar – Ecuador, 2022-11-20: finished 0–2 (half-time 0–2), revision 2."""
    match = recorded.match
    if not recorded.changed:
        return f"{match}: nothing new, still at revision {recorded.revision}."
    score = match.goals_of("full_time")
    phases = [(phase, match.goals_of(phase)) for phase in PHASES if phase != "full_time"]
    more = ", ".join(f"{phase.replace('_', '-')} {g.home}–{g.away}" for phase, g in phases if g)
    result = f"{f' {score.home}–{score.away}' if score else ''}{f' ({more})' if more else ''}"
    return f"{match}: {match.status}{result}, revision {recorded.revision}."
