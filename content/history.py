"""Replays a season up to a match: the table before it, each model's form, what was true of how many matches."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from content.course import Course, Score, Scorer
from content.form import Forms, Past
from content.season import Form, History, Standing
from content.storylines import true_of
from content.storylines.picture import Hit, Picture
from stats.aggregates import Entry, Streaks, Totals, rank


@dataclass(frozen=True)
class Played(Course):
    """A settled match as it is stored. `hits` are the field; `split` how many of it chose home, draw, away."""

    kickoff: datetime
    round: str
    awarded: bool
    half_time: Score | None
    full_time: Score | None
    extra_time: Score | None
    shootout: Score | None
    counted: Score
    split: tuple[int, int, int]
    goals: tuple[Scorer, ...] = ()
    hits: tuple[Hit, ...] = ()
    uncounted: bool = False


@dataclass(frozen=True)
class Around:
    """The season around a match: its table without it and with it, and what was before; `form` is of its field."""

    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    form: tuple[Form, ...]
    history: History


def around(match: Played, earlier: Sequence[Played]) -> Around:
    """Return the season around a match, from the matches that kicked off before it, by kickoff and then id.

    Matches of the same kickoff are not in each other's history.
    """
    season = _Season()
    for _, group in groupby(earlier, key=_kickoff):
        season.play(list(group))
    form = tuple((season.past.get(hit.model) or Past(hit.model)).form(match.round) for hit in match.hits)
    return Around(
        before=_standings(season.lines),
        after=_standings(_with(season.lines, match.hits)),
        form=form,
        history=season.history(),
    )


def _kickoff(match: Played) -> datetime:
    return match.kickoff


class _Line(NamedTuple):
    """What a model has, before ranks."""

    predictions: int = 0
    points: int = 0
    tendency_hits: int = 0
    goal_difference_hits: int = 0
    exact_hits: int = 0
    current: int = 0
    best: int = 0

    def then(self, hit: Hit) -> "_Line":
        current = self.current + 1 if hit.tendency_hit else 0
        best = self.best
        return _Line(
            self.predictions + 1,
            self.points + hit.points,
            self.tendency_hits + hit.tendency_hit,
            self.goal_difference_hits + hit.difference_hit,
            self.exact_hits + hit.exact_hit,
            current,
            best if best > current else current,
        )


NOTHING = _Line()


class _Placed(NamedTuple):
    rank: int
    predictions: int
    points: int
    current_streak: int


def _with(lines: Mapping[str, _Line], hits: Iterable[Hit]) -> dict[str, _Line]:
    return {**lines, **{hit.model: lines.get(hit.model, NOTHING).then(hit) for hit in hits}}


def _placed(lines: Mapping[str, _Line]) -> dict[str, _Placed]:
    """Return the table as `stats.aggregates.rank` orders it, a hundred times as quickly.

    Averages of fewer than a million predictions differ by more than the rounding of a quotient: they compare exactly.
    """
    ordered = sorted(
        (-line[1] / line[0], -line[1], -line[4], -line[3], -line[2], model.casefold(), model)
        for model, line in lines.items()
    )
    table: dict[str, _Placed] = {}
    place, last = 0, None
    for number, row in enumerate(ordered, start=1):
        if row[:5] != last:
            place, last = number, row[:5]
        line = lines[row[6]]
        table[row[6]] = _Placed(place, line.predictions, line.points, line.current)
    return table


def _standings(lines: Mapping[str, _Line]) -> tuple[Standing, ...]:
    entries = [
        Entry(0, model, Totals(*line[:5]), Streaks(line.current, line.best)) for model, line in sorted(lines.items())
    ]
    return tuple(
        Standing(
            rank=row.rank,
            model=row.entry.model,
            predictions=row.entry.totals.predictions,
            points=row.entry.totals.points,
            tendency_hits=row.entry.totals.tendency_hits,
            goal_difference_hits=row.entry.totals.goal_difference_hits,
            exact_hits=row.entry.totals.exact_hits,
            current_streak=row.entry.streaks.current,
            best_streak=row.entry.streaks.best,
        )
        for row in rank(entries)
    )


@dataclass
class _Season:
    """A season as far as it has been replayed."""

    lines: dict[str, _Line] = field(default_factory=dict)
    placed: dict[str, _Placed] = field(default_factory=dict)
    past: dict[str, Past] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    matches: int = 0
    fewest_right: tuple[int, int] | None = None
    most_goals: int | None = None
    most_points: int | None = None

    def play(self, matches: Sequence[Played]) -> None:
        """Looks at the matches of one kickoff as they were before any of them, then adds them."""
        before, history = self.placed, self.history()
        for place, match in enumerate(matches):
            lines = _with(self.lines, match.hits) if match.hits else self.lines
            after = _placed(lines) if match.hits else before
            self.told.update(true_of(self._picture(match, before, after, history)))
            if place == 0:
                lines_of_first, self.placed = lines, after
        self.lines = lines_of_first
        for match in matches[1:]:
            self.lines = _with(self.lines, match.hits)
        if len(matches) > 1:
            self.placed = _placed(self.lines)
        for match in matches:
            self._add(match)

    def _picture(
        self, match: Played, before: Mapping[str, _Placed], after: Mapping[str, _Placed], history: History
    ) -> Picture:
        return Picture(
            awarded=match.awarded,
            half_time=match.half_time,
            full_time=match.full_time,
            extra_time=match.extra_time,
            shootout=match.shootout,
            counted=match.counted,
            goals=match.goals,
            split=match.split,
            uncounted=match.uncounted,
            hits=match.hits,
            before=before,
            after=after,
            form=Forms(self.past, match.round),
            past=history,
            round=match.round,
        )

    def _add(self, match: Played) -> None:
        self.matches += 1
        if not match.awarded:
            self.most_goals = max(self.most_goals or 0, sum(match.last_score))
        if match.hits:
            most = max([hit.points for hit in match.hits])
            self.most_points = max(self.most_points or 0, most)
            right, n = sum([hit.tendency_hit for hit in match.hits]), len(match.hits)
            if self.fewest_right is None or right * self.fewest_right[1] < self.fewest_right[0] * n:
                self.fewest_right = (right, n)
        for hit in match.hits:
            if hit.model not in self.past:
                self.past[hit.model] = Past(hit.model)
            self.past[hit.model].add(hit, match.round)

    def history(self) -> History:
        longest = max((line.best for line in self.lines.values()), default=0)
        models = [model for model, line in self.lines.items() if longest and line.best == longest]
        return History(
            matches=self.matches,
            told=tuple(sorted(self.told.items())),
            fewest_right=self.fewest_right,
            most_goals=self.most_goals,
            most_points=self.most_points,
            longest_streak=longest,
            longest_streak_models=tuple(sorted(models, key=lambda model: (model.casefold(), model))),
        )
