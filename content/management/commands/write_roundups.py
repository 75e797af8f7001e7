"""manage.py write_roundups: writes what is due now, without waiting for the delay."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q, QuerySet

from rich.progress import track

from content import services
from content.collect import NotSettledError, NotYetError, collect_facts
from content.models import Roundup, WriterName
from content.ordering import order_again
from content.rechecking import difference
from content.storylines import storylines
from content.writers.setup import missing
from content.writing import Wish
from scoring import pipeline
from scoring.finding import MatchNotFoundError, chosen_matches
from scoring.management.arguments import day
from scoring.models import Match


class Command(BaseCommand):
    help = "Writes the roundups that are due, missing or no longer current, now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matches", nargs="*", metavar="MATCH", help='an id, or "Home - Away"; default: all due')
        parser.add_argument("--date", type=day, help="the date of the match (2026-06-11)")
        parser.add_argument("--season", help='only this season, such as "World Cup 2026"')
        parser.add_argument(
            "--check",
            action="store_true",
            help="also those that claim to be current: written anew if another text would be written now (slow)",
        )
        parser.add_argument(
            "--writer",
            choices=WriterName.values,
            help="who writes in this run; matches that are named are written anew",
        )
        parser.add_argument("--storyline", help="what the headlines of the matches named are to tell: late_winner, …")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes, failed = [], []
        if options["check"]:
            self._order_damaged(options)
        due, wish = self._due(options), self._wish(options)
        for match_id in self._track(due):
            try:
                with pipeline.attempt(match_id, services.STEP):
                    outcomes.append(
                        services.write_roundup(match_id, wish=wish, fresh=bool(wish and options["matches"]))
                    )
            except Exception as error:  # noqa: BLE001  the others are written all the same; it is reported below
                failed.append(f"match {match_id}: {type(error).__name__}: {error}")
        self._spare_second_looks(options)
        for outcome in outcomes:
            if not outcome.published or outcome.why:
                self.stdout.write(str(outcome))
        written = sum(outcome.written for outcome in outcomes)
        looked_at = len(outcomes) + len(failed)
        self.stdout.write(
            f"{written} {'roundup' if written == 1 else 'roundups'} written, "
            f"{looked_at} {'match' if looked_at == 1 else 'matches'} looked at."
        )
        if failed:
            raise CommandError(f"{len(failed)} failed:\n" + "\n".join(failed[:50]))

    def _wish(self, options: dict[str, Any]) -> Wish | None:
        """Return what the options ask for; raises CommandError, with nothing written, if it can't be."""
        writer, storyline = options["writer"] or "", options["storyline"] or ""
        if writer == WriterName.LLM and (why := missing()):
            raise CommandError(f"The language model can't write: {why}.")
        if storyline and not options["matches"]:
            raise CommandError("--storyline needs matches: name those whose headlines are to tell it.")
        for match in self._chosen(options) if storyline else ():
            self._require_true(match, storyline)
        return Wish(writer, storyline) if writer or storyline else None

    def _require_true(self, match: Match, storyline: str) -> None:
        try:
            true = [told.key for told in storylines(collect_facts(match.pk).facts)]
        except (NotSettledError, NotYetError) as why:
            raise CommandError(f"{match} has no storylines: {why}.") from why
        if storyline not in true:
            raise CommandError(f"{storyline} is not true of {match}; true are: {', '.join(true) or 'none'}.")

    def _order_damaged(self, options: dict[str, Any]) -> None:
        """Orders anew what claims to be current and is not as it would be written now; it is due from then on."""
        current = Roundup.objects.up_to_date().filter(match__in=self._chosen(options))
        ids = list(current.order_by("match__kickoff", "match").values_list("match", flat=True))
        found = {match_id: what for match_id in self._track(ids) if (what := difference(match_id))}
        order_again(found)
        self.stdout.write(f"{len(ids)} compared with what would be written now, {len(found)} differed.")
        for match_id, what in found.items():
            self.stdout.write(f"  match {match_id}: {what}")

    def _chosen(self, options: dict[str, Any]) -> "QuerySet[Match]":
        try:
            return chosen_matches(options["matches"], date=options["date"], season=options["season"])
        except MatchNotFoundError as error:
            raise CommandError(str(error)) from error

    def _spare_second_looks(self, options: dict[str, Any]) -> None:
        """What was due has been written here: a schedule that would only look again has nothing left to do."""
        for season_id in self._chosen(options).order_by().values_list("season", flat=True).distinct():
            services.spare_second_look(season_id)

    def _due(self, options: dict[str, Any]) -> list[int]:
        matches = self._chosen(options)
        if not options["matches"]:
            waiting = Match.objects.behind(services.STEP)
            matches = matches.filter(Q(pk__in=waiting) | Q(pk__in=services.without_current()))
        return list(matches.order_by("kickoff", "id").values_list("pk", flat=True))

    def _track(self, ids: Sequence[int]) -> Iterable[int]:
        terminal = self.stderr.isatty() and len(ids) > 1
        return track(ids, description="Writing", transient=True) if terminal else ids
