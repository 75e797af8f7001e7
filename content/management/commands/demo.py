"""manage.py demo: a World Cup from its own database, and the final scored, counted and written up as you watch."""

import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from rich.console import Console
from rich.progress import track

from content.demo import season
from content.demo.data import MatchFacts, world_cup
from content.demo.forecasters import FORECASTERS
from content.demo.keys import single_keys
from content.demo.processes import HOST, Children, DemoError, end_on_signals, free_port, only_demo_on, restart_with
from content.demo.watch import Chain, follow, score_line, show_article
from content.models import Roundup
from scoring.models import Match


def port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port: name one from 1 to 65535")
    return int(text)


class Command(BaseCommand):
    help = "Plays the 2022 World Cup on demo.sqlite3 (made anew), and its final live: scores, stats, roundup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--exit-when-done", action="store_true", help="stop when the roundup is published")
        parser.add_argument("--port", type=port, default=8000, help="the first port to try for the web server (8000)")
        parser.add_argument("--database", type=Path, default=settings.BASE_DIR / "demo.sqlite3", help=SUPPRESS)
        parser.add_argument("--restarted", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        database = options["database"].resolve()
        if not options["restarted"]:
            restart_with(database, "--restarted")
        end_on_signals()
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a terminal that knows no dashes shows question marks
        self.stdout.ending = ""
        self.console = Console(file=cast("IO[str]", self.stdout))
        try:
            with only_demo_on(database) as lock, Children(lock) as self.children:
                self._show(database, options)
        except DemoError as error:
            raise CommandError(str(error)) from error

    def _show(self, database: Path, options: dict[str, Any]) -> None:
        password, match, final = self._prepare(database)
        address = f"http://{HOST}:{self._start_processes(options['port'])}"
        self._say("Recording the final, as an operator does; the rest follows by itself. Times are UTC.\n")
        recorded = season.record(match.pk, final)
        self._follow(f"result {score_line(final.phases)}", Chain(match.pk, recorded.revision))
        show_article(self.console, match.pk)
        self._addresses(address, match, password)
        if not options["exit_when_done"]:
            self._stay(match, final)

    def _prepare(self, database: Path) -> tuple[str, Match, MatchFacts]:
        """Fills the database; returns the password, the final in it, and how the final was played."""
        began = monotonic()
        season.new_database(database)
        password = season.create_login()
        tournament = world_cup()
        matches = season.create_season(tournament)
        pairs = list(zip(matches, tournament.matches, strict=True))
        season.play_all(pairs[:-1], self._track)
        self._say(
            f"{tournament.name}: {len(pairs) - 1} matches scored, counted and written up in "
            f"{monotonic() - began:.0f} s; {len(FORECASTERS)} rule-based forecasters predicted every one.\n"
        )
        return password, *pairs[-1]

    def _track(self, pairs: Sequence[tuple[Match, MatchFacts]]) -> Iterable[tuple[Match, MatchFacts]]:
        if not self.console.is_terminal:
            return pairs
        return track(pairs, description="Playing", console=self.console, transient=True)

    def _start_processes(self, first_port: int) -> int:
        """Starts the web server and the cluster of workers; returns the server's port."""
        chosen = free_port(first_port)
        self.children.start("runserver", "--noreload", f"{HOST}:{chosen}")
        self.children.start("qcluster")
        self.children.wait_for_port(chosen)
        return chosen

    def _follow(self, opening: str, chain: Chain) -> None:
        try:
            follow(self.console, opening, chain, require_alive=self.children.require_alive)
        except DemoError as error:
            raise DemoError(f"{error}\n{self.children.where}") from error

    def _addresses(self, address: str, match: Match, password: str) -> None:
        roundup = Roundup.objects.get(match=match)
        lines = {
            "Site": "/",
            "Article": reverse("roundup", args=[match.pk]),
            "In the admin": reverse("admin:content_roundup_change", args=[roundup.pk]),
        }
        for name, path in lines.items():
            self._say(f"{name:<13} {address}{path}\n")
        self._say(f"{'Login':<13} {season.LOGIN}, password {password}\n")

    def _stay(self, match: Match, final: MatchFacts) -> None:
        """Serves until it is told to end, which is no error here; on a terminal c corrects the result."""
        with suppress(SystemExit):
            if not (sys.stdin.isatty() and self.console.is_terminal):
                self._say("\nThe site stays up until this command is ended.\n")
                while True:
                    self.children.require_alive()
                    sleep(1.0)
            with single_keys() as wait_for:
                self._say("\nPress c to correct the result and watch, q to end.\n")
                while wait_for("cq", self.children.require_alive) == "c":
                    self._correct(match, final)
                    self._say("Press c to correct it again, q to end.\n")

    def _correct(self, match: Match, final: MatchFacts) -> None:
        recorded, reason = season.correct(match.pk, final)
        self._say(f"{reason}\n")
        opening = f"corrected to {score_line(recorded.match.phases)}"
        self._follow(opening, Chain(match.pk, recorded.revision, corrected=True))
        show_article(self.console, match.pk)

    def _say(self, text: str) -> None:
        self.console.print(text, end="", markup=False, highlight=False, soft_wrap=True)
