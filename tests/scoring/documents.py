"""Openfootball documents and other files for tests."""

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.models import Match
from scoring.services import ImportedMatches, ImportOptions, MatchImportError, import_matches

HEADER = "model,date,home_team,away_team,home_goals,away_goals"


def entry(home: str = "Mexico", away: str = "Wales", **fields: Any) -> dict[str, Any]:
    """A match as an openfootball document holds it; by default on 2026-06-11 at 18:00 UTC, without a score."""
    default = {"date": "2026-06-11", "time": "18:00 UTC+0", "round": "Matchday 1"}
    return {**default, "team1": home, "team2": away, **fields}


def document(*matches: Any, name: str = "World Cup 2026") -> bytes:
    return json.dumps({"name": name, "matches": matches}).encode()


def a_file(folder: Path, *matches: Any, file: str = "cup.json", name: str = "World Cup 2026") -> str:
    path = folder / file
    path.write_bytes(document(*matches, name=name))
    return str(path)


def a_csv(folder: Path, *rows: str, header: str = HEADER, file: str = "tips.csv") -> str:
    path = folder / file
    path.write_text("\n".join([header, *rows]) + "\n")
    return str(path)


def bring(*matches: Any, **options: Any) -> ImportedMatches:
    return import_matches(document(*matches), "files/cup.json", ImportOptions(**options))


def wrong(*matches: Any, **options: Any) -> tuple[str, ...]:
    with pytest.raises(MatchImportError) as error:
        bring(*matches, **options)
    return error.value.problems


def only() -> Match:
    return Match.objects.with_names().get()


def counts(imported: ImportedMatches) -> tuple[int, int, int]:
    return imported.created, imported.changed, imported.unchanged
