"""The record of a model: everything that its page shows, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from scoring.models import AIModel, Prediction, Score, Season
from scoring.rules import Goals, Tendency
from stats.aggregates import Streaks, Totals
from stats.habits import Habits, Tipped, habits
from stats.models import ModelStats
from stats.places import Day, Place, place, places_by_day

SHOWN = 120
"""Matches on the page, newest first; the list of predictions has all."""
DAYS = 366
"""Days on which the rank is told, the last of a season."""
MOST_SCORES = 400_000
"""A season with more predictions than this is not replayed day by day: it would take seconds."""

TOTALS = {
    "n": Count("pk"),
    "total": Sum("points"),
    "tendency": Count("pk", filter=Q(tendency_hit=True)),
    "difference": Count("pk", filter=Q(difference_hit=True)),
    "exact": Count("pk", filter=Q(exact_hit=True)),
}
"""The fields of `Totals`, of a group of scores."""


@dataclass(frozen=True)
class SeasonLine:
    """What a model has done in a season: its line in the table."""

    model_id: int
    season: Season
    totals: Totals
    streaks: Streaks
    place: Place


@dataclass(frozen=True)
class Together:
    """What it has done in all seasons of one rule and basis: only these may be added."""

    rule: str
    basis: str
    seasons: int
    totals: Totals


@dataclass(frozen=True)
class Probabilities:
    """How good the stated probabilities were, over `n` counted predictions that have any: means, 0 is best."""

    n: int
    brier: float
    rps: float


@dataclass(frozen=True)
class Record:
    """A model's record; what follows `chosen` is of that season, or of all of them if it is None.

    `scores`: the newest, of `settled` that there are; `days`: how it stood after each, unless `too_many` predictions
    would have to be replayed. Neither is told of all seasons together.
    """

    model: AIModel
    predictions: int
    seasons: tuple[SeasonLine, ...]
    together: tuple[Together, ...]
    chosen: SeasonLine | None
    scores: tuple[Score, ...]
    settled: int
    habits: Habits
    probabilities: Probabilities | None
    days: tuple[Day, ...]
    days_left_out: int
    too_many: bool

    @property
    def counted(self) -> int:
        return sum(line.totals.predictions for line in self.seasons)

    @property
    def counted_scores(self) -> list[Score]:
        """The newest scores that have points."""
        return [score for score in self.scores if score.points is not None]


class NoSuchSeasonError(LookupError):
    """The model has no counted prediction in the season that was asked for."""


def record_of(model: AIModel, *, season_id: int | None = None, everything: bool = False) -> Record:
    """Return a model's record in a season (the one counted last unless given), or in all with `everything`.

    At most seven queries, whatever the number of predictions. Raises `NoSuchSeasonError`.
    """
    lines, sizes = _season_lines(model)
    chosen = None if everything or not lines else _chosen(lines, season_id)
    if season_id is not None and chosen is None:
        raise NoSuchSeasonError
    scores = Score.objects.filter(model=model)
    if chosen:
        scores = scores.filter(season=chosen.season)
    too_many = chosen is not None and sizes[chosen.season.pk] > MOST_SCORES
    days = _days(chosen.season, model) if chosen and not too_many else []
    found, probabilities = _habits(scores) if chosen else _habits_of_all(scores, lines)
    return Record(
        model=model,
        predictions=Prediction.objects.filter(model=model).count(),
        seasons=tuple(lines),
        together=tuple(_together(lines)),
        chosen=chosen,
        scores=tuple(_newest(scores)) if chosen else (),
        settled=scores.count() if chosen else 0,
        habits=found,
        probabilities=probabilities,
        days=tuple(days[-DAYS:]),
        days_left_out=max(0, len(days) - DAYS),
        too_many=too_many,
    )


def _chosen(lines: Sequence[SeasonLine], season_id: int | None) -> SeasonLine:
    if season_id is None:
        return max(lines, key=lambda line: (_counted_at(line.season), line.season.pk))
    found = next((line for line in lines if line.season.pk == season_id), None)
    if found is None:
        raise NoSuchSeasonError
    return found


def _counted_at(season: Season) -> float:
    return season.counted_at.timestamp() if season.counted_at else 0.0


def _season_lines(model: AIModel) -> tuple[list[SeasonLine], dict[int, int]]:
    """Return the model's seasons, newest first, and id of a season → predictions of everybody; two queries."""
    own = {row.season_id: row for row in ModelStats.objects.filter(model=model).select_related("season__competition")}
    fields: dict[int, list[Totals]] = defaultdict(list)
    rows = ModelStats.objects.filter(season__in=own).order_by() if own else ModelStats.objects.none()
    names = ("predictions", "points", "tendency_hits", "goal_difference_hits", "exact_hits")
    for season_id, *totals in rows.values_list("season", *names):
        fields[season_id].append(Totals(*totals))
    lines = [_line(row, fields[pk]) for pk, row in own.items()]
    lines.sort(key=lambda line: line.season.name)
    lines.sort(key=lambda line: line.season.label, reverse=True)
    return lines, {pk: sum(totals.predictions for totals in field) for pk, field in fields.items()}


def _line(row: ModelStats, field: Sequence[Totals]) -> SeasonLine:
    mine = Totals(row.predictions, row.points, row.tendency_hits, row.goal_difference_hits, row.exact_hits)
    return SeasonLine(row.model_id, row.season, mine, Streaks(row.current_streak, row.best_streak), place(mine, field))


def _together(lines: Sequence[SeasonLine]) -> list[Together]:
    """Return the totals by rule and basis, those of most predictions first."""
    groups: dict[tuple[str, str], list[Totals]] = defaultdict(list)
    for line in lines:
        competition = line.season.competition
        groups[competition.rule, competition.get_basis_display()].append(line.totals)
    found = [Together(*pair, len(totals), sum(totals, Totals())) for pair, totals in groups.items()]
    return sorted(found, key=lambda each: (-each.totals.predictions, each.rule, each.basis))


def _newest(scores: "QuerySet[Score]") -> "QuerySet[Score]":
    named = scores.select_related("match__home", "match__away", "match__season", "prediction", "settlement")
    return named.order_by("-match__kickoff", "-match_id")[:SHOWN]


def _days(season: Season, model: AIModel) -> list[Day]:
    """Return how a model stood after each day of a season, from one query over its scores, grouped."""
    scores = Score.objects.counted().filter(season=season).order_by("match__date")
    rows = scores.values_list("match__date", "model").annotate(**TOTALS).values_list("match__date", "model", *TOTALS)
    by_day: list[tuple[date, dict[int, Totals]]] = [
        (day, {row[1]: Totals(*row[2:]) for row in group}) for day, group in groupby(rows, key=itemgetter(0))
    ]
    return places_by_day(by_day, model.pk)


def _habits_of_all(scores: "QuerySet[Score]", lines: Sequence[SeasonLine]) -> tuple[Habits, Probabilities | None]:
    """The same of all seasons, kept until one of them is counted anew: it reads every score of the model."""
    if not lines:
        return habits(()), None
    stamp = sorted((line.season.pk, line.season.stats_version, line.season.counted_at) for line in lines)
    key = f"habits-{lines[0].model_id}"
    kept: tuple[list[Any], tuple[Habits, Probabilities | None]] | None = cache.get(key)
    if kept is None or kept[0] != stamp:
        kept = stamp, _habits(scores)
        cache.set(key, kept)
    return kept[1]


def _habits(scores: "QuerySet[Score]") -> tuple[Habits, Probabilities | None]:
    """Return what is predicted, and how good the probabilities are, in one pass that the database groups."""
    away = F("settlement__away_goals")
    came_true = Case(
        When(settlement__home_goals__gt=away, then=Value(Tendency.HOME.value)),
        When(settlement__home_goals=away, then=Value(Tendency.DRAW.value)),
        When(settlement__home_goals__lt=away, then=Value(Tendency.AWAY.value)),
    )
    keys = ("prediction__home_goals", "prediction__away_goals", "came_true")
    sums = {"stated": Count("prediction__p_home"), "brier": Sum(_brier()), "rps": Sum(_rps())}
    counted = scores.exclude(timing__in=Score.WITHOUT_POINTS).order_by().annotate(came_true=came_true)
    rows = list(counted.values_list(*keys).annotate(**TOTALS, **sums).values_list(*keys, *TOTALS, *sums))
    tipped = [Tipped(Goals(row[0], row[1]), Tendency(row[2]), Totals(*row[3:8])) for row in rows]
    stated, brier, rps = (sum(row[place] or 0 for row in rows) for place in (8, 9, 10))
    return habits(tipped), Probabilities(stated, brier / stated, rps / stated) if stated else None


def _by_outcome(home: Combinable, draw: Combinable, away: Combinable) -> Case:
    goals = F("settlement__away_goals")
    return Case(
        When(settlement__home_goals__gt=goals, then=home),
        When(settlement__home_goals=goals, then=draw),
        default=away,
        output_field=FloatField(),
    )


def _squared(expression: Combinable) -> Combinable:
    return expression * expression


def _brier() -> Case:
    p = [F(f"prediction__p_{way.value}") for way in Tendency]
    terms = [[_squared(p[place] - (1.0 if place == true else 0.0)) for place in range(3)] for true in range(3)]
    return _by_outcome(*(one + two + three for one, two, three in terms))


def _rps() -> Case:
    home, draw = F("prediction__p_home"), F("prediction__p_draw")
    both = home + draw

    def half(one: Combinable, two: Combinable) -> Combinable:
        return (_squared(one) + _squared(two)) / 2.0

    return _by_outcome(half(home - 1.0, both - 1.0), half(home, both - 1.0), half(home, both))
