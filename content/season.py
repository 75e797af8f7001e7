"""The season around a match as facts: its table without the match and with it, and what was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from content.tips import Tip


@dataclass(frozen=True)
class Standing:
    """A model's line in the season's table; hits are cumulative, a streak is a run of right tendencies."""

    rank: int
    model: str
    predictions: int
    points: int
    tendency_hits: int
    goal_difference_hits: int
    exact_hits: int
    current_streak: int
    best_streak: int

    @property
    def average(self) -> Fraction:
        """Points a prediction, exactly."""
        return Fraction(self.points, self.predictions)


@dataclass(frozen=True)
class Takings:
    """What a model took from the matches of one round: points, from so many counted predictions."""

    round: str
    points: int
    predictions: int


@dataclass(frozen=True)
class Form:
    """What a model of the field had done in the season before this match, beyond its line in the table.

    `since_exact` counts its predictions after its last exact score, None if it had none; `most_points` is the most it
    took from one match. `this_round` is made of the matches of this match's round before it; `best_round` and
    `worst_round` are the other rounds with its highest and lowest average, of those of which three predictions or more
    were counted; of two that are equal the one played last. None: there is no such match or round.
    """

    model: str
    since_exact: int | None
    most_points: int | None
    this_round: Takings | None
    best_round: Takings | None
    worst_round: Takings | None


@dataclass(frozen=True)
class History:
    """The settled matches of the season that kicked off before this one: what was true of how many of them.

    `told` holds pairs of a storyline's key and the number of these matches of which it was true, by key, zeros left
    out. `fewest_right` is the field with the smallest share that had the outcome: how many had it, of how many. The
    others are extremes of these matches: goals of one match, points of one model from one match, and the longest run of
    right outcomes with those who had it. None, or 0 and nobody: no match yet.
    """

    matches: int = 0
    told: tuple[tuple[str, int], ...] = ()
    fewest_right: tuple[int, int] | None = None
    most_goals: int | None = None
    most_points: int | None = None
    longest_streak: int = 0
    longest_streak_models: tuple[str, ...] = ()

    def times(self, key: str) -> int:
        """Return of how many of the matches a storyline was true."""
        return dict(self.told).get(key, 0)


NOTHING_BEFORE = History()


@dataclass(frozen=True)
class Moved:
    """A model's line in the table before a match and after it; `before` is None for one that joins it."""

    before: Standing | None
    after: Standing

    @property
    def places(self) -> int:
        """How many places it climbed; below 0: fell."""
        return self.before.rank - self.after.rank if self.before else 0


@dataclass(frozen=True)
class Totals:
    """What the lines of a table add up to; hits are cumulative."""

    models: int
    predictions: int
    points: int
    tendency_hits: int
    goal_difference_hits: int
    exact_hits: int

    @property
    def average(self) -> Fraction:
        """Points a prediction; 0 without predictions."""
        return Fraction(self.points, self.predictions) if self.predictions else Fraction(0)


class SeasonFacts:
    """What follows from the table before a match and after it; for frozen values that have these fields."""

    tips: tuple[Tip, ...]
    before: tuple[Standing, ...]
    after: tuple[Standing, ...]

    @cached_property
    def moves(self) -> Mapping[str, Moved]:
        """Model → its line before and after, for every model of the table after, in its order."""
        was = {line.model: line for line in self.before}
        return {line.model: Moved(was.get(line.model), line) for line in self.after}

    @property
    def season_totals(self) -> Totals:
        """The totals of the season, this match included."""
        lines = self.after
        return Totals(
            models=len(lines),
            predictions=sum(line.predictions for line in lines),
            points=sum(line.points for line in lines),
            tendency_hits=sum(line.tendency_hits for line in lines),
            goal_difference_hits=sum(line.goal_difference_hits for line in lines),
            exact_hits=sum(line.exact_hits for line in lines),
        )

    @property
    def streaks_made(self) -> Mapping[str, int]:
        """Model → its run of right outcomes, of those that this match made longer; 1 is the first of a run."""
        hit = {tip.model for tip in self.tips if tip.points is not None and tip.tendency_hit}
        return {line.model: line.current_streak for line in self.after if line.model in hit}

    @property
    def streaks_broken(self) -> Mapping[str, int]:
        """Model → the run of right outcomes that this match ended."""
        missed = {tip.model for tip in self.tips if tip.points is not None and not tip.tendency_hit}
        return {line.model: line.current_streak for line in self.before if line.model in missed and line.current_streak}
