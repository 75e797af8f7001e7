"""Invented seasons, the same for the same seed, played through the project's own imports and services."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from content.collect import NotSettledError, collect_facts
from content.facts import MatchFacts
from content.models import Rivalry
from scoring.models import Competition, Match, Prediction, Season, Team
from scoring.services import (
    ImportOptions,
    change_match,
    exclude_prediction,
    import_matches,
    import_predictions,
    score_match,
    score_season,
)
from stats.services import calculate_season_stats
from tests.quality import matches, names

HEADER = ("model", "date", "home_team", "away_team", "home_goals", "away_goals", "submitted_at", "season")


@dataclass(frozen=True)
class Shape:
    """What a season is like. A league plays everybody at home against everybody; a cup groups, then knock-out."""

    teams: int
    models: int
    cup: bool = False
    basis: str = "regular_time"
    rule: str = "quota-2-6"


SHAPES = (
    Shape(16, 30, cup=True, basis="after_extra_time"),
    Shape(8, 7),
    Shape(10, 21),
    Shape(16, 9, cup=True, basis="after_shootout"),
    Shape(6, 2, rule="fixed-2-3-4"),
    Shape(8, 5, rule="kicktipp"),
    Shape(12, 12),
    Shape(16, 16, cup=True),
)


@dataclass(frozen=True)
class Fixture:
    home: str
    away: str
    kickoff: datetime
    round: str
    group: str = ""
    knock_out: bool = False


def seasons(seed: int, shapes: Sequence[Shape] = SHAPES) -> Iterator[list[MatchFacts]]:
    """Yields the facts of season after season, each list in kickoff order, without end; the database must be empty.

    The shapes take turns. The facts are those that the services collect once every match of the season has counted.
    """
    for number in count():
        chance = Random(f"{seed} season {number}")
        season = _bring_in(chance, shapes[number % len(shapes)], number)
        yield settled_facts(season, chance)


def facts_of(seed: int, matches_wanted: int, shapes: Sequence[Shape] = SHAPES) -> list[MatchFacts]:
    """Return the facts of so many matches, of as many seasons as they take; the database must be empty."""
    facts: list[MatchFacts] = []
    for season in seasons(seed, shapes):
        facts += season
        if len(facts) >= matches_wanted:
            break
    return facts[:matches_wanted]


def settled_facts(season: Season, chance: Random | None = None) -> list[MatchFacts]:
    """Settles and counts a season and returns the facts of its matches; by `chance` some results are corrected."""
    score_season(season.pk, seconds=600)
    if chance is not None:
        _correct(chance, season)
    calculate_season_stats(season.pk, queue=False)
    return list(_facts(season))


def _facts(season: Season) -> Iterator[MatchFacts]:
    for match_id in Match.objects.filter(season=season).by_kickoff().values_list("pk", flat=True):
        try:
            yield collect_facts(match_id).facts
        except NotSettledError:
            continue  # void, as some are meant to be: there is no article about it


def _bring_in(chance: Random, shape: Shape, number: int) -> Season:
    """Brings a season in as files, with derbies, and with the withdrawals that people make."""
    title, year = names.COMPETITIONS[number % len(names.COMPETITIONS)], 2000 + number // len(names.COMPETITIONS)
    label = str(year) if shape.cup else f"{year}/{(year + 1) % 100:02}"
    Competition.objects.get_or_create(
        name=title, defaults={"basis": shape.basis, "rule": shape.rule, "score_awarded": True, "time_zone": "UTC"}
    )
    teams = chance.sample(names.TEAMS, shape.teams)
    fixtures = _fixtures(chance, shape, teams, year)
    document = {"name": f"{title} {label}", "matches": _entries(chance, fixtures)}
    import_matches(json.dumps(document).encode(), "season.json", ImportOptions())
    season = Season.objects.get(name=document["name"])
    import_predictions(_predictions(chance, shape, fixtures, season.name), "tips.csv")
    _rivalries(season, teams)
    _withdraw(chance, season)
    return season


def _fixtures(chance: Random, shape: Shape, teams: Sequence[str], year: int) -> list[Fixture]:
    first = datetime(year, 8, 4, 15, 30, tzinfo=UTC)
    if shape.cup:
        return _cup(chance, teams, first)
    rounds = _round_robin(teams)
    rounds += [[(away, home) for home, away in pairs] for pairs in rounds]
    return [
        Fixture(home, away, first + timedelta(days=7 * n, hours=3 * (place // 3)), f"Matchday {n + 1}")
        for n, pairs in enumerate(rounds)
        for place, (home, away) in enumerate(pairs)
    ]


def _round_robin(teams: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Return rounds in which everybody meets everybody once. The circle method; the number of teams is even."""
    circle, rounds = list(teams), []
    for _ in range(len(circle) - 1):
        half = len(circle) // 2
        rounds.append(list(zip(circle[:half], reversed(circle[half:]), strict=True)))
        circle = [circle[0], circle[-1], *circle[1:-1]]
    return rounds


def _cup(chance: Random, teams: Sequence[str], first: datetime) -> list[Fixture]:
    fixtures = []
    for letter, place in zip("ABCD", range(0, len(teams), 4), strict=True):
        for n, pairs in enumerate(_round_robin(teams[place : place + 4])):
            day = first + timedelta(days=4 * n + place // 8)
            fixtures += [Fixture(h, a, day, f"Matchday {n + 1}", f"Group {letter}") for h, a in pairs]
    left, day = list(teams), first + timedelta(days=14)
    for title in ("Round of 16", "Quarter-final", "Semi-final", "Final"):
        chance.shuffle(left)
        pairs = list(zip(left[::2], left[1::2], strict=True))
        fixtures += [
            Fixture(h, a, day + timedelta(days=n // 2), title, knock_out=True) for n, (h, a) in enumerate(pairs)
        ]
        left, day = [home for home, _ in pairs], day + timedelta(days=6)
    return fixtures


def _entries(chance: Random, fixtures: Sequence[Fixture]) -> list[dict[str, Any]]:
    squads = {team: matches.squad(chance) for fixture in fixtures for team in (fixture.home, fixture.away)}
    venue = {team: chance.choice(names.VENUES) for team in squads}
    return [
        _entry(chance, fixture, (squads[fixture.home], squads[fixture.away]), venue[fixture.home])
        for fixture in fixtures
    ]


def _entry(chance: Random, fixture: Fixture, squads: Sequence[Sequence[str]], venue: str) -> dict[str, Any]:
    told: dict[str, Any] = {"team1": fixture.home, "team2": fixture.away, "round": fixture.round}
    told |= {"date": fixture.kickoff.date().isoformat(), "group": fixture.group or None, "ground": venue or None}
    if chance.random() < 0.93:
        told["time"] = f"{fixture.kickoff:%H:%M} UTC+0"
    told |= matches.entry(chance, squads, knock_out=fixture.knock_out)
    if chance.random() < 0.015:
        told |= {"status": "awarded", "score": chance.choice([[3, 0], [0, 3]])}
        told |= {"goals1": None, "goals2": None}
    return told


def _predictions(chance: Random, shape: Shape, fixtures: Sequence[Fixture], season: str) -> list[bytes]:
    models = chance.sample(names.MODELS, shape.models)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(HEADER)
    for fixture in fixtures:
        favourite = chance.choices([0, 1, 2], [55, 30, 15])[0]
        for model in _field(chance, models):
            tip = matches.tip(chance, favourite)
            row = (model, fixture.kickoff.date(), fixture.home, fixture.away, *tip, _submitted(chance, fixture), season)
            writer.writerow(row)
    return lines.getvalue().encode().splitlines(keepends=True)


def _field(chance: Random, models: Sequence[str]) -> list[str]:
    """Return who predicts a match: mostly nearly everybody, seldom one or nobody."""
    luck = chance.random()
    if luck < 0.03:
        return []
    if luck < 0.05:
        return [chance.choice(models)]
    return [model for model in models if chance.random() < 0.93]


def _submitted(chance: Random, fixture: Fixture) -> str:
    luck = chance.random()
    if luck < 0.02:
        return ""
    hours = -1 if luck < 0.03 else chance.randint(1, 48)
    return (fixture.kickoff - timedelta(hours=hours)).isoformat()


def _rivalries(season: Season, teams: Sequence[str]) -> None:
    """Makes a derby of three fixtures."""
    for name, pair in zip(("the Ahr derby", "the Coast derby", "the Old Bridge derby"), _round_robin(teams)[0][:3]):  # noqa: B905  three names, more pairs
        first, second = Team.objects.filter(name__in=pair).order_by("pk")
        Rivalry.objects.get_or_create(first=first, second=second, defaults={"name": name})


def _withdraw(chance: Random, season: Season) -> None:
    ids = list(Prediction.objects.filter(match__season=season).order_by("pk").values_list("pk", flat=True))
    for prediction_id in chance.sample(ids, len(ids) // 150):
        kind = chance.choice([Prediction.Exclusion.WITHDRAWN, Prediction.Exclusion.VOIDED])
        exclude_prediction(prediction_id, kind, by="an operator", reason="entered for another match")


def _correct(chance: Random, season: Season) -> None:
    """Corrects some results after they were settled: once to another score, and in most cases back."""
    finished = list(
        Match.objects.filter(season=season, status=Match.Status.FINISHED, extra_time_home=None).by_kickoff()
    )
    for match in chance.sample(finished, len(finished) // 30):
        goals = match.full_time_home or 0
        for then in (goals + 1, goals) if chance.random() < 0.8 else (goals + 1,):
            change_match(match.pk, {"full_time_home": then}, by="an operator", reason="the report was read again")
            score_match(match.pk, queue=False)
