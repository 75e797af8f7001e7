"""manage.py exclude_prediction: takes a prediction out of the field of its match, or puts it back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.finding import MatchNotFoundError, ModelNotFoundError, find_match, find_model
from scoring.management.arguments import day
from scoring.models import Prediction
from scoring.services import Excluded, MoveError, exclude_prediction, reinstate_prediction
from stats.management.moving import made_or_shown, user

KINDS = [Prediction.Exclusion.WITHDRAWN.value, Prediction.Exclusion.VOIDED.value]


class Command(BaseCommand):
    help = (
        "Takes a prediction out of the field of its match: it is kept and shown, but earns nothing and counts nowhere. "
        "A match that is over is scored, counted and written again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("match", metavar="MATCH", help='an id, or "Home - Away"')
        parser.add_argument("model", metavar="MODEL", help="the name of the model, or another name of it")
        parser.add_argument("--date", type=day, help="the date of the match (2026-06-11)")
        parser.add_argument("--season", help='the season of the match, such as "World Cup 2026"')
        parser.add_argument("--as", dest="kind", choices=KINDS, default=KINDS[0], help="by its maker, or by a decision")
        parser.add_argument("--reinstate", action="store_true", help="put it back into the field")
        parser.add_argument("--reason", required=True, help="why, for the record of changes")
        parser.add_argument("--dry-run", action="store_true", help="say what it would change, and take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        prediction = self._find(options)
        by = user("exclude_prediction")

        def change() -> Excluded:
            if options["reinstate"]:
                return reinstate_prediction(prediction.pk, by=by, reason=options["reason"])
            return exclude_prediction(prediction.pk, options["kind"], by=by, reason=options["reason"])

        try:
            lines = made_or_shown(change, lambda excluded: f"{excluded}.", dry_run=options["dry_run"])
        except MoveError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        self.stdout.write("\n".join(lines))

    def _find(self, options: dict[str, Any]) -> Prediction:
        try:
            match = find_match(options["match"], date=options["date"], season=options["season"])
            model = find_model(options["model"])
        except (MatchNotFoundError, ModelNotFoundError) as error:
            raise CommandError(str(error)) from error
        of_match = Prediction.objects.filter(match=match)
        prediction = of_match.filter(model=model).first() or of_match.filter(model__aliases__name=model.name).first()
        if prediction is None:
            raise CommandError(f"{model} has no prediction for {match}.")
        return prediction
