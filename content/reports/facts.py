"""Everything a report may say about a round, or about one model's season, as frozen values that JSON can hold."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from cattrs import Converter

CONVERTER = Converter()

Score = tuple[int, int]

FACTS_VERSION = 1

COUNTED, VOID, UNKNOWN, OPEN = "counted", "void", "unknown", "open"
"""What became of a match of a round: it counts; it does not; it is over, without a known score; it is to be played."""

TENDENCIES = ("home", "draw", "away")


class Plain:
    """Facts as plain values, and what tells them from others."""

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(CONVERTER.unstructure(self)))
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Return the facts that `as_json` gave. Raises `cattrs.BaseValidationError` for a wrong shape."""
        return CONVERTER.structure(plain, cls)

    def hash(self) -> str:
        """Return the SHA-256 of the facts in canonical JSON, in hexadecimal."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class RoundMatch:
    """A match of a round. `score` is the one that counts, `was` another that it was settled with before; else None.

    `chosen` counts the predictions that count for home, draw and away; `right` and `exact` how many of them had the
    outcome and the score, with whose they were, and whose
    had not the outcome. `why`: in words, why it does not count (yet).
    """

    home: str
    away: str
    date: str
    state: str
    why: str = ""
    score: Score | None = None
    was: Score | None = None
    chosen: tuple[int, int, int] = (0, 0, 0)
    right: int = 0
    exact: int = 0
    points: int = 0
    right_models: tuple[str, ...] = ()
    wrong_models: tuple[str, ...] = ()
    exact_models: tuple[str, ...] = ()

    @property
    def field(self) -> int:
        return sum(self.chosen)

    @property
    def tendency(self) -> str:
        """`home`, `draw` or `away`; empty for a match that does not count."""
        if self.score is None:
            return ""
        home, away = self.score
        return "draw" if home == away else "home" if home > away else "away"

    @property
    def consensus(self) -> str:
        """The outcome that more chose than any other; empty if there is none."""
        most = max(self.chosen)
        return TENDENCIES[self.chosen.index(most)] if most and self.chosen.count(most) == 1 else ""

    @property
    def share_right(self) -> Fraction:
        return Fraction(self.right, self.field) if self.field else Fraction(0)


@dataclass(frozen=True)
class Takings:
    """What a model took from the matches of a round, or of a whole season; hits are cumulative."""

    model: str
    predictions: int
    points: int
    tendency_hits: int
    difference_hits: int
    exact_hits: int

    @property
    def average(self) -> Fraction:
        return Fraction(self.points, self.predictions) if self.predictions else Fraction(0)


@dataclass(frozen=True)
class TableLine:
    """A line of the season's table with the round; `before` is the rank without it, None for who was not in it."""

    rank: int
    before: int | None
    total: Takings

    @property
    def model(self) -> str:
        return self.total.model

    @property
    def climbed(self) -> int:
        """Places gained by the round; negative: lost."""
        return 0 if self.before is None else self.before - self.rank


@dataclass(frozen=True)
class RoundFacts(Plain):
    """All a report on a round may say: its matches by kickoff, what each model took from it, best first, and the table.

    The table is made of the settled matches of the season that kicked off before the last of this round, and all of
    this round; `matches_in_table` is their number. Without the round it is made of the same matches but those.
    """

    competition: str
    season: str
    round: str
    basis: str
    rule: str
    matches: tuple[RoundMatch, ...]
    takings: tuple[Takings, ...]
    table: tuple[TableLine, ...]
    matches_in_table: int
    version: int = FACTS_VERSION

    def of_state(self, state: str) -> tuple[RoundMatch, ...]:
        return tuple(match for match in self.matches if match.state == state)

    @property
    def counted(self) -> tuple[RoundMatch, ...]:
        return self.of_state(COUNTED)

    @property
    def is_complete(self) -> bool:
        """Whether nothing of the round is to come: no match to be played, no score to be found out."""
        return not self.of_state(OPEN) and not self.of_state(UNKNOWN)

    @property
    def leaders(self) -> tuple[str, ...]:
        return tuple(line.model for line in self.table if line.rank == 1)

    @property
    def leaders_before(self) -> tuple[str, ...]:
        return tuple(line.model for line in self.table if line.before == 1)


@dataclass(frozen=True)
class SeasonMatch:
    """A match that a model predicted: the score that counts, its tip, and what that earned."""

    home: str
    away: str
    date: str
    round: str
    score: Score
    tip: Score
    points: int


@dataclass(frozen=True)
class SeasonRound:
    """A round of a model's season: what it took, and its rank in the table over all rounds so far, of how many."""

    round: str
    predictions: int
    points: int
    rank: int | None
    models: int

    @property
    def average(self) -> Fraction:
        return Fraction(self.points, self.predictions) if self.predictions else Fraction(0)


@dataclass(frozen=True)
class Habit:
    """What a model, or all of them together, predicts: outcomes, and goals added up over its predictions."""

    home: int
    draw: int
    away: int
    goals: int

    @property
    def predictions(self) -> int:
        return self.home + self.draw + self.away


@dataclass(frozen=True)
class SeasonFacts(Plain):
    """All a report on one model's season may say.

    `models` is how many are in the table, `level_with` who shares the rank, `leader` the first of those on top. `field`
    adds up all models, this one included. `rounds` stand in the order of their matches (see `order_of_rounds`),
    `matches` are those that it predicted and that count, by kickoff; `matches_counted` all that count in the season.
    `played` is what really happened in the matches it predicted. `favourite` is the score that it predicted most often,
    how often, and None if two are level.
    """

    competition: str
    season: str
    model: str
    basis: str
    rule: str
    rank: int
    models: int
    level_with: tuple[str, ...]
    leaders: tuple[str, ...]
    leader_total: Takings
    total: Takings
    field: Takings
    current_streak: int
    best_streak: int
    rounds: tuple[SeasonRound, ...]
    matches: tuple[SeasonMatch, ...]
    matches_counted: int
    habit: Habit
    field_habit: Habit
    played: Habit
    favourite: Score | None
    favourite_times: int
    version: int = FACTS_VERSION

    @property
    def exact(self) -> tuple[SeasonMatch, ...]:
        return tuple(match for match in self.matches if match.tip == match.score)
