"""Generated files to import: matches as openfootball documents, predictions as CSV."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SEASONS, TEAMS, MODELS = 27, 20, 10
MATCHES, PREDICTIONS = 10_000, 100_000
Row = tuple[int, date, str, str]


def _rows() -> Iterator[Row]:
    """Season, date and teams of each match: every team at home against every other, ten matches a day."""
    teams = [f"Team {number:02}" for number in range(TEAMS)]
    pairs = [(home, away) for home in teams for away in teams if home != away]
    for number in range(MATCHES):
        season, place = divmod(number, len(pairs))
        yield season, date(1990 + season, 1, 1) + timedelta(days=place // 10), *pairs[place]


def write_matches(folder: Path) -> list[Path]:
    """Writes one file a season and returns the paths; half of the matches are finished, with a half-time score."""
    seasons: dict[int, list[dict[str, object]]] = {}
    for number, (season, day, home, away) in enumerate(_rows()):
        row: dict[str, object] = {"date": day.isoformat(), "time": "20:00 UTC+0", "team1": home, "team2": away}
        row["round"] = f"Matchday {day.timetuple().tm_yday}"
        if number % 2:
            row["score"] = {"ht": [number % 2, 0], "ft": [number % 2 + number % 3, number % 4]}
        seasons.setdefault(season, []).append(row)
    return [_write_season(folder, season, rows) for season, rows in seasons.items()]


def _write_season(folder: Path, season: int, rows: list[dict[str, object]]) -> Path:
    path = folder / f"league_{1990 + season}.json"
    path.write_text(json.dumps({"name": f"League {1990 + season}", "matches": rows}))
    return path


def write_predictions(folder: Path) -> Path:
    """Writes ten models' predictions of every match, submitted the day before, into one file."""
    path = folder / "predictions.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "date", "home_team", "away_team", "home_goals", "away_goals", "submitted_at"])
        for number, (_, day, home, away) in enumerate(_rows()):
            before = f"{day - timedelta(days=1)}T12:00:00Z"
            for model in range(MODELS):
                goals = (number + model) % 4, (number * model) % 3
                writer.writerow([f"Model {model}", day, home, away, *goals, before])
    return path
