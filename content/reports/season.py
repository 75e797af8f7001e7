"""Collects the facts of one model's season in one consistent read."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from content.collect import NotSettledError, NotYetError
from content.moving import on_their_way
from content.reports.collect import NOT_COUNTED, one_reading, takings
from content.reports.facts import Habit, Score, SeasonFacts, SeasonMatch, SeasonRound
from content.reports.rounds import order_of_rounds
from scoring.models import AIModel, Match, Season, Settlement
from scoring.models import Score as ScoreRow
from stats.aggregates import Entry, Ranked, Streaks, Totals, rank
from stats.leaderboard import entry_of
from stats.models import MatchStats, ModelStats


@dataclass(frozen=True)
class CollectedSeason:
    """Facts of a model's season, and the version of the season's table that they hold for."""

    facts: SeasonFacts
    stats_version: int


@dataclass(frozen=True)
class Row:
    """One counted prediction of the season."""

    match_id: int
    round: str
    kickoff: datetime
    model_id: int
    tip: Score
    score: Score
    totals: Totals


COLUMNS = (
    "match_id",
    "match__round",
    "match__kickoff",
    "model_id",
    "prediction__home_goals",
    "prediction__away_goals",
    "settlement__home_goals",
    "settlement__away_goals",
    "points",
    "tendency_hit",
    "difference_hit",
    "exact_hit",
)


def collect_season(season_id: int, model_id: int) -> CollectedSeason:
    """Return the facts of a model's season, in one consistent read and a fixed number of queries.

    Raises `Season.DoesNotExist`, `AIModel.DoesNotExist`; `NotSettledError` if none of its predictions counts there;
    `NotYetError` while a result of the season is on its way into the table.
    """
    with one_reading():
        season = Season.objects.select_related("competition").get(pk=season_id)
        model = AIModel.objects.get(pk=model_id)
        if _table_moves(season_id):
            raise NotYetError(NOT_COUNTED)
        table = rank([entry_of(row) for row in ModelStats.objects.filter(season=season).select_related("model")])
        mine = next((row for row in table if row.entry.model_id == model.pk), None)
        if mine is None:
            raise NotSettledError("none of its predictions counts in this season")
        return CollectedSeason(_facts(season, mine, table), season.stats_version)


def _table_moves(season_id: int) -> bool:
    if on_their_way().filter(match__season=season_id).exists():
        return True
    settled = Settlement.objects.current().filter(match__season=season_id)
    as_counted = Q(match__stats__revision=F("revision"), match__stats__kickoff=F("match__kickoff"))
    if settled.exclude(as_counted).exists():
        return True
    return MatchStats.objects.filter(season=season_id).exclude(match__in=settled.values("match")).exists()


def _facts(season: Season, mine: Ranked, table: Sequence[Ranked]) -> SeasonFacts:
    rows = list(_rows(season.pk))
    own = [row for row in rows if row.model_id == mine.entry.model_id]
    tips = Counter(row.tip for row in own).most_common(2)
    level = len(tips) > 1 and tips[0][1] == tips[1][1]
    leaders = [row for row in table if row.rank == 1]
    everybody = sum((row.entry.totals for row in table), Totals())
    return SeasonFacts(
        competition=season.competition.name,
        season=season.name,
        model=mine.entry.model,
        basis=season.competition.basis,
        rule=season.competition.rule,
        rank=mine.rank,
        models=len(table),
        level_with=tuple(row.entry.model for row in table if row.rank == mine.rank and row is not mine),
        leaders=tuple(row.entry.model for row in leaders),
        leader_total=takings(leaders[0].entry.model, leaders[0].entry.totals),
        total=takings(mine.entry.model, mine.entry.totals),
        field=takings("", everybody),
        current_streak=mine.entry.streaks.current,
        best_streak=mine.entry.streaks.best,
        rounds=tuple(_rounds(rows, mine, table)),
        matches=tuple(_matches(own)),
        matches_counted=MatchStats.objects.filter(season=season).count(),
        habit=_habit([row.tip for row in own]),
        field_habit=_habit([row.tip for row in rows]),
        played=_habit([row.score for row in own]),
        favourite=None if level else tips[0][0],
        favourite_times=0 if level else tips[0][1],
    )


def _rows(season_id: int) -> Iterator[Row]:
    scores = ScoreRow.objects.filter(season=season_id).counted().order_by("match__kickoff", "match_id", "model_id")
    for match_id, name, kickoff, model_id, *values in scores.values_list(*COLUMNS):
        home, away, goals, against, points, *hits = values
        totals = Totals(1, points, *map(int, hits))
        yield Row(match_id, name, kickoff, model_id, (home, away), (goals, against), totals)


def _habit(scores: Sequence[Score]) -> Habit:
    home, draw, away = (sum(test(*score) for score in scores) for test in (int.__gt__, int.__eq__, int.__lt__))
    return Habit(home, draw, away, sum(map(sum, scores)))


def _rounds(rows: Sequence[Row], mine: Ranked, table: Sequence[Ranked]) -> Iterator[SeasonRound]:
    """Yields the rounds in which any prediction counts, with the rank over them and those before."""
    by_round: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_round[row.round].append(row)
    names = {row.entry.model_id: row.entry.model for row in table}
    so_far: dict[int, Totals] = defaultdict(Totals)
    kickoffs = list(dict.fromkeys((row.match_id, row.round, row.kickoff) for row in rows if row.round))
    for name in order_of_rounds((name, kickoff) for _, name, kickoff in kickoffs):
        for row in by_round[name]:
            so_far[row.model_id] += row.totals
        own = sum((row.totals for row in by_round[name] if row.model_id == mine.entry.model_id), Totals())
        yield SeasonRound(name, own.predictions, own.points, *_place(mine.entry.model_id, so_far, names))


def _place(model_id: int, so_far: Mapping[int, Totals], names: Mapping[int, str]) -> tuple[int | None, int]:
    table = rank([Entry(pk, names[pk], totals, Streaks()) for pk, totals in so_far.items()])
    return next((row.rank for row in table if row.entry.model_id == model_id), None), len(table)


def _matches(own: Sequence[Row]) -> Iterator[SeasonMatch]:
    ids = [row.match_id for row in own]
    teams = Match.objects.filter(pk__in=ids).order_by().values_list("pk", "home__name", "away__name", "date")
    known = {pk: (home, away, date.isoformat()) for pk, home, away, date in teams}
    for row in own:
        yield SeasonMatch(*known[row.match_id], row.round, row.score, row.tip, row.totals.points)
