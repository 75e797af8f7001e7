"""manage.py record_result: writes down the result of one match, which starts its pipeline."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.finding import MatchNotFoundError, find_match
from scoring.management.arguments import day
from scoring.models import Match
from scoring.models.match import PHASES
from scoring.rules import Goals
from scoring.services import MoveError, Recorded, Result, ResultError, correct_result
from scoring.services.revisions import stated
from stats.management.moving import made_or_shown, user

OPTIONS = {"full_time": "score", "half_time": "half_time", "extra_time": "extra_time", "shootout": "shootout"}


def goals(text: str) -> Goals:
    found = re.fullmatch(r"\s*([0-9]{1,3})\s*[-–:]\s*([0-9]{1,3})\s*", text)
    if found is None:
        raise ArgumentTypeError(f'"{text}" is not a score; write it like 2-1')
    return Goals(int(found[1]), int(found[2]))


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
        parser.add_argument(
            "--status",
            choices=Match.Status.values,
            help="default: finished, or the one it has if it is over; a score of a match that is abandoned or "
            "cancelled needs --status finished to count",
        )
        parser.add_argument("--clear", action="store_true", help="remove all scores and goals; needs a --status")
        parser.add_argument(
            "--reason",
            default="",
            help="why, for the record of changes; readers may see it; required if something known changes",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what it would change, and take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            match = find_match(options["match"], date=options["date"], season=options["season"])
        except MatchNotFoundError as error:
            raise CommandError(str(error)) from error
        given = {phase: options[option] for phase, option in OPTIONS.items()}
        require_enough(match, given, options)
        try:
            self._record(match, Result(**given, status=options["status"]), options)
        except (ResultError, MoveError) as error:
            raise CommandError(f"{match}: {error}.") from error

    def _record(self, match: Match, result: Result, options: dict[str, Any]) -> None:
        reason = stated(options["reason"]) if options["reason"].strip() else ""

        def change() -> Recorded:
            return correct_result(match.pk, result, by=user("record_result"), reason=reason, clear=options["clear"])

        self.stdout.write("\n".join(made_or_shown(change, described, dry_run=options["dry_run"])))


def require_enough(match: Match, given: dict[str, Goals | None], options: dict[str, Any]) -> None:
    """Raises `CommandError` if the options leave open what the result is."""
    if options["clear"]:
        if options["status"] is None or any(given.values()):
            raise CommandError("--clear removes every score: say the --status that is left, and no score.")
        return
    status = options["status"] or (match.status if match.is_over else Match.Status.FINISHED)
    if status == Match.Status.FINISHED and given["full_time"] is None and not match.goals_of("full_time"):
        raise CommandError("A finished match needs a score: --score 2-1; or say another --status.")


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
