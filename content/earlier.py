"""Reads a season up to a match: its settled matches, their goals and what each prediction earned; three queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from content.course import Score as Goals
from content.course import Scorer
from content.history import Played
from content.storylines.picture import Hit
from scoring.models import Goal, Match, Score

PHASES = ("half_time", "full_time", "extra_time", "shootout")
SIDES = ("home", "away")
MATCH = ("pk", "revision", "kickoff", "round", "status", *(f"{phase}_{side}" for phase in PHASES for side in SIDES))
SETTLED = ("revision", "home_goals", "away_goals", "chosen_home", "chosen_draw", "chosen_away")
COUNTED = ("revision", "kickoff")


class Row(NamedTuple):
    """A match with its current settlement and its stats, None where there are none."""

    match: tuple[Any, ...]
    settled: tuple[Any, ...]
    counted: tuple[Any, ...]


class Earned(NamedTuple):
    """What a prediction came to, as it is stored; `counts` is whether it is one of the field."""

    match_id: int
    model: str
    home_goals: int
    away_goals: int
    timing: str
    tendency_hit: bool
    difference_hit: bool
    exact_hit: bool
    tendency_points: int | None
    difference_points: int | None
    exact_points: int | None
    points: int | None

    @property
    def counts(self) -> bool:
        return self.timing not in Score.WITHOUT_POINTS

    @property
    def hit(self) -> Hit:
        # SQLite has no booleans.
        hits = bool(self.tendency_hit), bool(self.difference_hit), bool(self.exact_hit)
        return Hit(self.model, *hits, self.points or 0)


@dataclass(frozen=True)
class Season:
    """A season up to a match. `earlier`: the settled matches that kicked off before it, by kickoff and then id.

    `is_moving`: one of them was changed, settled, moved or taken back and not counted since, so that no version names
    it as it is. `goals` and `earned` are of the match itself.
    """

    earlier: tuple[Played, ...]
    is_moving: bool
    goals: tuple[Scorer, ...]
    earned: tuple[Earned, ...]


def season_until(match: Match) -> Season:
    """Return the season of a match up to it; three queries."""
    rows = [_row(row) for row in _matches(match)]
    if any(_moves(row, match) for row in rows):
        return Season((), True, (), ())
    until = Q(match__kickoff__lt=match.kickoff) | Q(match=match)
    goals = _goals(Goal.objects.filter(until, match__season=match.season_id))
    scores = _scores(Score.objects.filter(until, season=match.season_id), match.pk)
    earlier = tuple(_played(row, goals.get(row.match[0], ()), scores) for row in rows)
    return Season(earlier, False, tuple(goals.get(match.pk, ())), tuple(scores.earned))


def _matches(match: Match) -> "QuerySet[Match, tuple[Any, ...]]":
    """The matches that are settled and kicked off before it, and those counted as if they had."""
    current = FilteredRelation("settlements", condition=Q(settlements__superseded_at__isnull=True))
    earlier = Q(kickoff__lt=match.kickoff, settled__isnull=False) | Q(stats__kickoff__lt=match.kickoff)
    return (
        Match.objects.filter(season=match.season_id)
        .alias(settled=current)
        .filter(earlier)
        .order_by("kickoff", "pk")
        .values_list(*MATCH, *(f"settled__{name}" for name in SETTLED), *(f"stats__{name}" for name in COUNTED))
    )


def _row(values: Sequence[Any]) -> Row:
    first, second = len(MATCH), len(MATCH) + len(SETTLED)
    return Row(tuple(values[:first]), tuple(values[first:second]), tuple(values[second:]))


def _moves(row: Row, match: Match) -> bool:
    _, revision, kickoff, *_ = row.match
    # A new revision that is not settled yet has no version either, and its goals are there already.
    return kickoff >= match.kickoff or row.settled[0] != revision or row.counted != (revision, kickoff)


def _goals(goals: "QuerySet[Goal]") -> Mapping[int, list[Scorer]]:
    """Return match id → its goals in order."""
    names = ("position", "match_id", "side", "scorer", "minute", "stoppage", "penalty", "own_goal")
    rows = [(g[0], g[1], Scorer(*g[2:])) for g in goals.order_by().values_list(*names)]
    # Sorted here: databases differ in where a missing stoppage time comes.
    by_match: dict[int, list[Scorer]] = defaultdict(list)
    for _, match_id, goal in sorted(rows, key=lambda row: (row[2].time, row[2].side, row[0])):
        by_match[match_id].append(goal)
    return by_match


@dataclass
class _Scores:
    """What the scores of a season say: of the match itself all, of the earlier ones only what they did to the table."""

    earned: list[Earned] = field(default_factory=list)
    hits: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    with_others: set[int] = field(default_factory=set)


def _scores(scores: "QuerySet[Score]", own: int) -> _Scores:
    rows = scores.order_by().values_list(
        "match_id",
        "model__name",
        "prediction__home_goals",
        "prediction__away_goals",
        "timing",
        "tendency_hit",
        "difference_hit",
        "exact_hit",
        "tendency_points",
        "difference_points",
        "exact_points",
        "points",
    )
    # Read past the queryset: these are all scores of a season, and its work on each row is a third of the time.
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return _sorted(cursor.fetchall(), own)


def _sorted(rows: Iterable[tuple[Any, ...]], own: int) -> _Scores:
    found = _Scores()
    for row in rows:
        if row[0] == own:
            found.earned.append(Earned._make(row))
        elif row[4] in Score.WITHOUT_POINTS:
            found.with_others.add(row[0])
        else:
            found.hits[row[0]].append(Hit(row[1], row[5], row[6], row[7], row[11]))
    return found


def _played(row: Row, goals: Sequence[Scorer], scores: _Scores) -> Played:
    pk, _, kickoff, name, status, *phases = row.match
    _, home, away, *split = row.settled
    return Played(
        kickoff=kickoff,
        round=name,
        awarded=status == Match.Status.AWARDED,
        counted=(home, away),
        split=(split[0], split[1], split[2]),
        goals=tuple(goals),
        hits=tuple(scores.hits.get(pk, ())),
        uncounted=pk in scores.with_others,
        **dict(zip(PHASES, map(_pair, phases[::2], phases[1::2]), strict=True)),
    )


def _pair(home: int | None, away: int | None) -> Goals | None:
    return None if home is None or away is None else (home, away)
