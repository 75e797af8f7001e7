"""What a model has done in a season so far, beside its line in the table: kept up while the season is replayed."""

from collections.abc import Iterator, Mapping

from content.season import Form, Takings
from content.storylines.picture import Hit
from content.storylines.table import WHOLE_ROUND


class Past:
    """What a model has done so far beside its line; rounds in the order in which it predicted them last."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.since_exact: int | None = None
        self.most_points: int | None = None
        self.rounds: dict[str, Takings] = {}
        self._extremes: dict[str, tuple[Takings | None, Takings | None]] = {}

    def add(self, hit: Hit, name: str) -> None:
        if hit.exact_hit:
            self.since_exact = 0
        elif self.since_exact is not None:
            self.since_exact += 1
        if self.most_points is None or hit.points > self.most_points:
            self.most_points = hit.points
        if name:
            was = self.rounds.pop(name, None)
            points, predictions = (was.points, was.predictions) if was else (0, 0)
            self.rounds[name] = Takings(name, points + hit.points, predictions + 1)
            # What is kept for other rounds has this one in it.
            self._extremes = {name: self._extremes[name]} if name in self._extremes else {}

    def extremes(self, name: str) -> tuple[Takings | None, Takings | None]:
        """Return the best and the worst of the other rounds, of two that are equal the one played last."""
        if name not in self._extremes:
            best: Takings | None = None
            worst: Takings | None = None
            for takings in self.rounds.values():
                if takings.round == name or takings.predictions < WHOLE_ROUND:
                    continue
                if best is None or takings.points * best.predictions >= best.points * takings.predictions:
                    best = takings
                if worst is None or takings.points * worst.predictions <= worst.points * takings.predictions:
                    worst = takings
            self._extremes[name] = (best, worst)
        return self._extremes[name]

    def form(self, name: str) -> Form:
        best, worst = self.extremes(name)
        return Form(self.model, self.since_exact, self.most_points, self.rounds.get(name), best, worst)


class FormNow:
    """A model's form at a match, looked up only where a storyline asks for it."""

    __slots__ = ("past", "round")

    def __init__(self, past: Past, name: str) -> None:
        self.past = past
        self.round = name

    @property
    def since_exact(self) -> int | None:
        return self.past.since_exact

    @property
    def this_round(self) -> Takings | None:
        return self.past.rounds.get(self.round)

    @property
    def best_round(self) -> Takings | None:
        return self.past.extremes(self.round)[0]

    @property
    def worst_round(self) -> Takings | None:
        return self.past.extremes(self.round)[1]


class Forms(Mapping[str, FormNow]):
    """Model → its form, for a match of a round."""

    def __init__(self, past: Mapping[str, Past], name: str) -> None:
        self._past = past
        self._round = name

    def __getitem__(self, model: str) -> FormNow:
        return FormNow(self._past.get(model) or Past(model), self._round)

    def __iter__(self) -> Iterator[str]:
        return iter(self._past)

    def __len__(self) -> int:
        return len(self._past)
