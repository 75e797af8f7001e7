"""What a change comes to: season tables, matches and predictions as they were, beside what they become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WITHOUT_POINTS = ("late", "void")


@dataclass(frozen=True)
class Line:
    """A model's line in the table of a season."""

    season: str
    model: str
    rank: int
    points: int
    predictions: int


@dataclass(frozen=True)
class Standing:
    """A match, and the score it counts as, or why it does not; `known`: it counts, or was settled once."""

    match: str
    season: str
    counts_as: str
    known: bool


@dataclass(frozen=True)
class Tip:
    """A prediction, and whether it counts: `timing` is one of `scoring.models.Score.Timing`."""

    match: str
    model: str
    scoreline: str
    timing: str


@dataclass(frozen=True)
class State:
    """How things stand, before or after a change; each by its id (a line by those of its season and its model).

    `counts`: id of a prediction → the id of its model, and its `scoring.models.Score.Timing`.
    """

    lines: Mapping[tuple[int, int], Line] = field(default_factory=dict)
    matches: Mapping[int, Standing] = field(default_factory=dict)
    counts: Mapping[int, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ModelChange:
    """A model whose line in a season's table changes; None: it is not in the table."""

    season: str
    model: str
    before: Line | None
    after: Line | None

    def __str__(self) -> str:
        return f"{self.season}, {self.model}: {self.points} points, rank {self.rank}, {self.predictions} counted"

    @property
    def points(self) -> str:
        return self._pair("points")

    @property
    def rank(self) -> str:
        return self._pair("rank")

    @property
    def predictions(self) -> str:
        return self._pair("predictions")

    @property
    def gained(self) -> int:
        """Points won, or lost (below 0)."""
        return (self.after.points if self.after else 0) - (self.before.points if self.before else 0)

    @property
    def gained_signed(self) -> str:
        return f"+{self.gained}" if self.gained > 0 else str(self.gained).replace("-", "−")

    def _pair(self, name: str) -> str:
        old, new = ("–" if line is None else str(getattr(line, name)) for line in (self.before, self.after))
        return old if old == new else f"{old} → {new}"


@dataclass(frozen=True)
class MatchChange:
    """A match that gets a new revision; None before: it is new."""

    before: Standing | None
    after: Standing | None

    def __str__(self) -> str:
        known = self.after or self.before
        return f"{known.match} ({known.season}): {self.words}" if known else self.words

    @property
    def words(self) -> str:
        old, new = ("–" if standing is None else standing.counts_as for standing in (self.before, self.after))
        return f"{new}, as before" if old == new else f"{old} → {new}"


@dataclass(frozen=True)
class TipChange:
    """A prediction that joins, or that counts otherwise than before, or for another model."""

    before: Tip | None
    after: Tip | None

    def __str__(self) -> str:
        known = self.after or self.before
        return f"{known.model}, {known.scoreline} for {known.match}: {self.words}" if known else self.words

    @property
    def words(self) -> str:
        if self.before is None or self.after is None:
            return f"joins, {_counts(self.after)}" if self.after else "is gone"
        if self.before.model != self.after.model:
            return f"was predicted by {self.before.model}"
        return f"{_counts(self.before)} → {_counts(self.after)}"


def _counts(tip: Tip) -> str:
    return f"{tip.timing}, does not count" if tip.timing in WITHOUT_POINTS else tip.timing.replace("_", " ")


@dataclass(frozen=True)
class Effect:
    """What a change would do. `matches`: all that get a new revision; `models` and `tips`: those that change."""

    models: tuple[ModelChange, ...] = ()
    matches: tuple[MatchChange, ...] = ()
    tips: tuple[TipChange, ...] = ()

    @property
    def corrects(self) -> bool:
        """Whether something that stood before changes: not so for a result that is entered for the first time."""
        known = [change for change in self.matches if change.before is not None and change.before.known]
        moved = any(change.before != change.after for change in known)
        return moved or bool(known and self.models) or any(tip.before is not None for tip in self.tips)

    def lines(self) -> list[str]:
        """Return it as text: a heading for each kind, and below it a line for each that changes."""
        kinds = (
            ("Models", self.models or ("none gains or loses anything",)),
            ("Predictions", self.tips),
            ("Matches with a new revision", self.matches or ("none",)),
        )
        return [line for title, rows in kinds if rows for line in (f"{title}:", *(f"  {row}" for row in rows))]


def compare(before: State, after: State, tips: Sequence[TipChange] = ()) -> Effect:
    """Return what differs, models by season and rank, matches by id; `tips` are those that change."""
    models = [_model(before.lines.get(key), after.lines.get(key)) for key in before.lines.keys() | after.lines.keys()]
    matches = [
        MatchChange(before.matches.get(pk), after.matches.get(pk))
        for pk in sorted(before.matches.keys() | after.matches.keys())
    ]
    changed = sorted((change for change in models if change.before != change.after), key=_place)
    return Effect(tuple(changed), tuple(matches), tuple(tips))


def _model(before: Line | None, after: Line | None) -> ModelChange:
    known = after or before
    return ModelChange(known.season if known else "", known.model if known else "", before, after)


def _place(change: ModelChange) -> tuple[str, bool, int, str]:
    return change.season, change.after is None, change.after.rank if change.after else 0, change.model.casefold()
