"""Real seasons from openfootball files, with the predictions of the demo's forecasters, as facts."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from content.demo.forecasters import FORECASTERS, Fixture, Played, forecast
from content.facts import MatchFacts
from scoring.models import Match, Season
from scoring.rules import Goals
from scoring.services import ImportOptions, import_matches, import_predictions
from tests.quality.seasons import HEADER, settled_facts


def seasons_in(folder: Path) -> Iterator[tuple[str, list[MatchFacts]]]:
    """Yields the name and the facts of each season in a folder of openfootball files, in the order of the files."""
    for path in sorted(folder.glob("*.json")):
        known = set(Season.objects.values_list("pk", flat=True))
        import_matches(path.read_bytes(), path.name, ImportOptions(time_zone="UTC"))
        season = Season.objects.exclude(pk__in=known).get()
        import_predictions(_predictions(season), "forecasters.csv")
        yield season.name, settled_facts(season)


def _predictions(season: Season) -> list[bytes]:
    """Return what each forecaster says of each match, knowing nothing but the results before it."""
    matches = list(Match.objects.filter(season=season).with_names().by_kickoff())
    played = [
        Played(m.home.name, m.away.name, m.kickoff, Goals(m.full_time_home or 0, m.full_time_away or 0))
        for m in matches
        if m.full_time_home is not None
    ]
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(HEADER)
    for match in matches:
        fixture = Fixture(match.home.name, match.away.name, match.kickoff)
        for forecaster in FORECASTERS:
            tip = forecast(forecaster, fixture, played).goals
            when = fixture.submitted_at.isoformat()
            writer.writerow((forecaster.name, match.date, fixture.home, fixture.away, *tip, when, season.name))
    return lines.getvalue().encode().splitlines(keepends=True)
