"""Everything a roundup may say about a match, as frozen values that JSON can hold."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cattrs import Converter

CONVERTER = Converter()

Score = tuple[int, int]

FACTS_VERSION = 2


@dataclass(frozen=True)
class Scorer:
    """A goal, with the side it counts for; `stoppage` is 3 for 90+3.

    `running` is the score after it; None where that is not known: the goals listed are not all, or one of the other
    side has the same minute.
    """

    side: str
    name: str
    minute: int | None
    stoppage: int | None
    penalty: bool
    own_goal: bool
    running: Score | None = None


@dataclass(frozen=True)
class Field:
    """How the predictions that count chose, and what each tendency was worth; quotas are None for an empty field."""

    home: int
    draw: int
    away: int
    quota_home: int | None
    quota_draw: int | None
    quota_away: int | None

    @property
    def size(self) -> int:
        return self.home + self.draw + self.away

    def chosen(self, tendency: str) -> int:
        return int(getattr(self, tendency))

    def quota(self, tendency: str) -> int:
        return int(getattr(self, f"quota_{tendency}") or 0)


@dataclass(frozen=True)
class Tip:
    """One prediction and what it earned: points are None, and the parts 0, for a late or a void one."""

    model: str
    scoreline: Score
    timing: str
    tendency_hit: bool
    difference_hit: bool
    exact_hit: bool
    tendency_points: int
    difference_points: int
    exact_points: int
    points: int | None


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
    `worst_round` are the earlier rounds with its highest and lowest average, the later of two that are equal. None:
    there is no such match or round.
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


@dataclass(frozen=True)
class Correction:
    """That something was another before; `at` is ISO 8601, UTC.

    `phase` says what: the score that counts (`counted`), that of `extra_time` or the `shootout`, each with the score it
    was; or, with what it was in `detail`, the `status`, the `kickoff` (ISO 8601), the `rule` and basis, or the `field`
    (its size).
    """

    at: str
    was: Score | None
    phase: str = "counted"
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchFacts:
    """All a roundup may say. Goals that are not known are None; `tips` stand best first, tables by rank.

    `before` and `after` are the season's table over the settled matches that kicked off before this one, without and
    with it; `matches_after` is how many matches the second is made of. `rivalry` is what this fixture is called (a
    derby), `form` holds a line for each model of the field in the order of `tips`.
    """

    home: str
    away: str
    competition: str
    season: str
    round: str
    group: str
    venue: str
    date: str
    kickoff: str
    time_known: bool
    awarded: bool
    half_time: Score | None
    full_time: Score | None
    extra_time: Score | None
    shootout: Score | None
    basis: str
    counted: Score
    rule: str
    rule_version: int
    goals: tuple[Scorer, ...]
    field: Field
    tips: tuple[Tip, ...]
    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    matches_after: int
    corrections: tuple[Correction, ...]
    rivalry: str = ""
    form: tuple[Form, ...] = ()
    history: History = History()
    version: int = FACTS_VERSION

    def as_json(self) -> dict[str, Any]:
        """Return the facts as plain values."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "MatchFacts":
        """Return the facts that `as_json` gave; those of an earlier version with what they lack left at its default.

        Raises `cattrs.BaseValidationError` if a value is missing or of another type.
        """
        return CONVERTER.structure(plain, cls)

    def hash(self) -> str:
        """Return the SHA-256 of the facts in canonical JSON, in hexadecimal."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def tendency(self) -> str:
        """`home`, `draw` or `away`, by the goals that count."""
        home, away = self.counted
        return "draw" if home == away else "home" if home > away else "away"

    @property
    def in_time(self) -> tuple[Tip, ...]:
        """The tips of the field: those that count."""
        return tuple(tip for tip in self.tips if tip.points is not None)

    @property
    def uncounted(self) -> tuple[Tip, ...]:
        """The tips that do not count: late, or void."""
        return tuple(tip for tip in self.tips if tip.points is None)

    @property
    def late(self) -> tuple[Tip, ...]:
        return tuple(tip for tip in self.uncounted if tip.timing == "late")

    @property
    def void(self) -> tuple[Tip, ...]:
        """The tips that were withdrawn, or declared void."""
        return tuple(tip for tip in self.uncounted if tip.timing == "void")

    @property
    def exact(self) -> tuple[Tip, ...]:
        return tuple(tip for tip in self.in_time if tip.exact_hit)

    @property
    def last_score(self) -> Score:
        """The score when play ended: after extra time if it was played; what counts if nothing else is known."""
        return self.extra_time or self.full_time or self.counted

    @property
    def winner(self) -> str:
        """`home`, `away` or, if nobody won the match itself (a shoot-out included), an empty string."""
        decided = [score for score in (self.shootout, self.last_score) if score is not None and score[0] != score[1]]
        return "" if not decided else "home" if decided[0][0] > decided[0][1] else "away"

    @property
    def won_on_penalties(self) -> bool:
        return self.shootout is not None and self.shootout[0] != self.shootout[1]

    @property
    def goals_are_complete(self) -> bool:
        """Whether the goals listed are those of the score in every phase: only then may anything be said of them."""
        if self.awarded or not all(goal.minute is not None and goal.name for goal in self.goals):
            return False
        last_minute = 120 if self.extra_time is not None else 90
        phases = ((45, self.half_time), (90, self.full_time), (last_minute, self.last_score))
        in_play = all((goal.minute or 0) <= last_minute for goal in self.goals)
        return in_play and all(score is None or self._listed_until(minute) == score for minute, score in phases)

    def _listed_until(self, minute: int) -> Score:
        listed = Counter(goal.side for goal in self.goals if (goal.minute or 0) <= minute)
        return listed["home"], listed["away"]

    def team(self, side: str) -> str:
        return self.home if side == "home" else self.away

    def modal_scorelines(self) -> list[tuple[Score, int]]:
        """Return the scorelines tipped most often, with their number; several if they are level."""
        counts = Counter(tip.scoreline for tip in self.in_time)
        most = max(counts.values(), default=0)
        return sorted((score, n) for score, n in counts.items() if n == most)
