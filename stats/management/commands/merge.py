"""manage.py merge: makes two records of one model or of one team one, or separates them again."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.finding import ModelNotFoundError, TeamNotFoundError, find_model, find_team
from scoring.models import Merge
from scoring.services import Merged, MoveError, merge_models, merge_teams, undo_merge
from stats.management.moving import made_or_shown, user


class Command(BaseCommand):
    help = (
        "Makes two records of one model, or of one team, one: OLD becomes another name of NEW. "
        "Every match concerned that has begun is scored, counted and written again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", choices=[*Merge.Kind.values, "undo"], help="what is merged; undo: take a merge back"
        )
        parser.add_argument("old", metavar="OLD", help="the name that goes; with undo, the number of the merge")
        parser.add_argument("into", metavar="NEW", nargs="?", help="the name that stays")
        parser.add_argument("--reason", required=True, help="why, for the record of changes")
        parser.add_argument("--dry-run", action="store_true", help="say what it would change, and take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            change = self._change(options)
            describe = str if options["dry_run"] else described
            lines = made_or_shown(change, describe, dry_run=options["dry_run"])
        except (ModelNotFoundError, TeamNotFoundError) as error:
            raise CommandError(str(error)) from error
        except MoveError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        self.stdout.write("\n".join(lines))

    def _change(self, options: dict[str, Any]) -> Callable[[], Merged]:
        by, reason, old, into = user("merge"), options["reason"], options["old"], options["into"]
        if options["what"] == "undo":
            if not (old.isdecimal() and Merge.objects.filter(pk=old).exists()):
                known = "; ".join(f"{merge.pk}: {merge}" for merge in Merge.objects.standing()[:20])
                raise CommandError(f'There is no merge "{old}". There are: {known or "none"}.')
            return lambda: undo_merge(int(old), by=by, reason=reason)
        if into is None:
            raise CommandError("Say two names: the one that goes, and the one that stays.")
        if options["what"] == Merge.Kind.TEAM:
            teams = find_team(old).pk, find_team(into).pk
            return lambda: merge_teams(*teams, by=by, reason=reason)
        models = find_model(old).pk, find_model(into).pk
        return lambda: merge_models(*models, by=by, reason=reason)


def described(merged: Merged) -> str:
    """Return a line about a merge, with the number by which it can be undone."""
    way_back = "" if merged.merge.undone_at else f" Undo it with: merge undo {merged.merge.pk}"
    return f"{merged}.{way_back}"
