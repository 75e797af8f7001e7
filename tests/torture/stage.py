"""Puts the fixtures of the script, with their first predictions, into an empty database."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from django_q.models import Schedule

from scoring.models import AIModel, Competition, Match, Season, Team
from scoring.rules import Goals
from scoring.services import NewPrediction, save_predictions
from tests.torture.script import MODELS, TEAMS, Fixture, fixtures


@dataclass(frozen=True)
class Stage:
    """Which rows the places of the script are: `matches[3]` is the id of the match in the place 3."""

    matches: list[int]
    models: list[int]
    competitions: list[int]

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls(**json.loads((folder / "stage.json").read_text()))


def main(folder: str, seed: int, matches: int) -> None:
    """Writes everything that stands before the first whistle, and the ids of it to `stage.json`."""
    Schedule.objects.filter(name="catch_up").update(minutes=1)  # not 5, so that a run sees it at work
    planned = fixtures(seed, matches)
    teams = [Team.objects.create(name=name) for name in TEAMS]
    models = [AIModel.objects.create(name=name) for name in MODELS]
    seasons = [_season(number) for number in sorted({fixture.season for fixture in planned})]
    played = [_match(fixture, seasons[fixture.season], teams) for fixture in planned]
    for fixture, match in zip(planned, played, strict=True):
        new = [
            NewPrediction(match.pk, models[place].pk, Goals(*tip.scoreline), submitted_at=tip.submitted_at)
            for place, tip in fixture.tips.items()
        ]
        save_predictions(new, by="the stage")
    stage = Stage(
        [match.pk for match in played],
        [model.pk for model in models],
        [season.competition_id for season in seasons],
    )
    (Path(folder) / "stage.json").write_text(json.dumps(asdict(stage)))


def _season(number: int) -> Season:
    competition = Competition.objects.create(name=f"League {number + 1}")
    return Season.objects.create(competition=competition, label="2025/26", name=f"League {number + 1} 2025/26")


def _match(fixture: Fixture, season: Season, teams: list[Team]) -> Match:
    return Match.objects.create(
        season=season,
        home=teams[fixture.home],
        away=teams[fixture.away],
        kickoff=fixture.kickoff,
        date=fixture.kickoff.date(),
        round=f"Round {fixture.place + 1}",
    )
