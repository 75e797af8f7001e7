"""manage.py write_report: writes the report on a round, or on the season of a model, now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from content.reports import services
from content.reports.attempts import attempt
from content.reports.ordering import Subject, lock
from content.reports.services import Reported
from scoring.finding import ModelNotFoundError, close_names, find_model
from scoring.models import Match, Season


class Command(BaseCommand):
    help = "Writes the report on a round of a season, or on the season of a model, unless it is there and current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--season", required=True, help='such as "World Cup 2026"')
        about = parser.add_mutually_exclusive_group(required=True)
        about.add_argument("--round", help='such as "Matchday 1"')
        about.add_argument("--model", help="a model's name or other name")
        parser.add_argument("--anew", action="store_true", help="a new version, even if there is a current one")

    def handle(self, *args: Any, **options: Any) -> None:
        season = _season(options["season"])
        subject = _round(season, options["round"]) if options["round"] else _model(season, options["model"])
        if options["anew"]:
            _order_anew(subject)
        with attempt(subject):
            self.stdout.write(str(_write(subject)))


def _write(subject: Subject) -> Reported:
    if subject.model_id is None:
        return services.write_round_report(subject.season_id, subject.round)
    return services.write_season_report(subject.season_id, subject.model_id)


@transaction.atomic
def _order_anew(subject: Subject) -> None:
    progress = lock(subject)
    progress.ordered_anew = True
    progress.save()


def _season(name: str) -> Season:
    season = Season.objects.filter(name=name).first()
    if season is None:
        known = list(Season.objects.values_list("name", flat=True))
        raise CommandError(f'There is no season "{name}"{close_names(name, known)}')
    return season


def _round(season: Season, name: str) -> Subject:
    names = set(Match.objects.filter(season=season).exclude(round="").values_list("round", flat=True))
    if name not in names:
        near = close_names(name, names) or f"; there are: {', '.join(sorted(names)) or 'none with a name'}"
        raise CommandError(f'{season} has no round "{name}"{near}')
    return Subject(season.pk, name)


def _model(season: Season, name: str) -> Subject:
    try:
        return Subject(season.pk, model_id=find_model(name).pk)
    except ModelNotFoundError as error:
        raise CommandError(str(error)) from error
