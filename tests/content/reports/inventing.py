"""Invents rounds and seasons by a seed: models, tips and results, and the facts that follow from them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from content.reports.facts import (
    COUNTED,
    OPEN,
    UNKNOWN,
    VOID,
    Habit,
    RoundFacts,
    RoundMatch,
    Score,
    SeasonFacts,
    SeasonMatch,
    SeasonRound,
    TableLine,
    Takings,
)
from stats.aggregates import Entry, Totals, rank

MODELS = ("Alder 3", "Birch-Pro", "Cedar.X", "Dogwood", "Elm 2.5 mini", "Fir", "Gorse", "Hazel")
TEAMS = ("Upton", "Barrow", "Kirkby", "Marden", "Oakley", "Shipley", "Tarnbrook", "Wexcombe")
SCORES: list[Score] = [(0, 0), (1, 0), (2, 1), (1, 1), (0, 1), (1, 2), (3, 0), (2, 2)]


def tendency(score: Score) -> str:
    return "draw" if score[0] == score[1] else "home" if score[0] > score[1] else "away"


@dataclass
class Invented:
    """A season of five rounds of four matches; `tips` and `totals` by model."""

    seed: int
    random: Random = field(init=False)
    models: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.models = list(MODELS[: self.random.randint(1, len(MODELS))])
        self.rounds = [self._round(number) for number in range(5)]

    def _round(self, number: int) -> list[tuple[RoundMatch, dict[str, Score]]]:
        teams = self.random.sample(TEAMS, len(TEAMS))
        pairs = list(zip(teams[::2], teams[1::2], strict=True))
        return [self._match(home, away, number, place) for place, (home, away) in enumerate(pairs)]

    def _match(self, home: str, away: str, number: int, place: int) -> tuple[RoundMatch, dict[str, Score]]:
        day = date(2026, 8, 1) + timedelta(weeks=number, days=place % 2)
        state = self.random.choice([COUNTED] * 12 + [VOID, OPEN, UNKNOWN]) if place else COUNTED
        if state != COUNTED:
            why = {VOID: "abandoned", OPEN: "postponed", UNKNOWN: "finished, but the full-time score is not known"}
            return RoundMatch(home, away, day.isoformat(), state, why=why[state]), {}
        score, was = self.random.choice(SCORES), self.random.choice([None] * 6 + [(4, 0)])
        tips = {m: self.random.choice(SCORES) for m in self.models if self.random.random() < 0.95}
        right = tuple(m for m, tip in tips.items() if tendency(tip) == tendency(score))
        exact = tuple(m for m, tip in tips.items() if tip == score)
        chosen = Counter(tendency(tip) for tip in tips.values())
        match = RoundMatch(
            home,
            away,
            day.isoformat(),
            state,
            score=score,
            was=was,
            chosen=(chosen["home"], chosen["draw"], chosen["away"]),
            right=len(right),
            exact=len(exact),
            points=3 * len(right) + 4 * len(exact),
            right_models=right,
            wrong_models=tuple(m for m in tips if m not in right),
            exact_models=exact,
        )
        return match, tips

    def totals(self, rounds: range) -> dict[str, Totals]:
        found = {model: Totals() for model in self.models}
        for match, tips in (each for number in rounds for each in self.rounds[number]):
            for model in tips:
                right, exact = model in match.right_models, model in match.exact_models
                found[model] += Totals(1, 3 * right + 4 * exact, right, exact, exact)
        return found

    def table(self, rounds: range) -> list[tuple[int, Takings]]:
        entries = [Entry(self.models.index(m), m, totals) for m, totals in self.totals(rounds).items()]
        return [(row.rank, takings(row.entry.model, row.entry.totals)) for row in rank(entries)]

    def round_facts(self, number: int) -> RoundFacts:
        before = {taken.model: place for place, taken in self.table(range(number))}
        table = self.table(range(number + 1))
        return RoundFacts(
            competition="Vale League",
            season="Vale League 2026/27",
            round=f"Matchday {number + 1}",
            basis="regular_time",
            rule="quota-2-6",
            matches=tuple(match for match, _ in self.rounds[number]),
            takings=tuple(taken for _, taken in self.table(range(number, number + 1))),
            table=tuple(TableLine(place, before.get(taken.model), taken) for place, taken in table),
            matches_in_table=sum(match.state == COUNTED for each in self.rounds[: number + 1] for match, _ in each),
        )

    def season_facts(self, model: str) -> SeasonFacts:
        table = self.table(range(5))
        place, mine = next((place, taken) for place, taken in table if taken.model == model)
        own = [(match, tips[model], n) for n, each in enumerate(self.rounds) for match, tips in each if model in tips]
        everybody = sum(self.totals(range(5)).values(), Totals())
        leaders = [taken for rank_, taken in table if rank_ == 1]
        modal = Counter(tip for _, tip, _ in own).most_common(2)
        level = len(modal) > 1 and modal[0][1] == modal[1][1]
        return SeasonFacts(
            competition="Vale League",
            season="Vale League 2026/27",
            model=model,
            basis="regular_time",
            rule="quota-2-6",
            rank=place,
            models=len(table),
            level_with=tuple(t.model for rank_, t in table if rank_ == place and t.model != model),
            leaders=tuple(taken.model for taken in leaders),
            leader_total=leaders[0],
            total=mine,
            field=takings("", everybody),
            current_streak=0,
            best_streak=self.random.randint(0, 5),
            rounds=tuple(self._season_round(model, number) for number in range(5)),
            matches=tuple(
                SeasonMatch(m.home, m.away, m.date, f"Matchday {n + 1}", m.score or (0, 0), tip, points(m, model))
                for m, tip, n in own
            ),
            matches_counted=sum(match.state == COUNTED for each in self.rounds for match, _ in each),
            habit=habit([tip for _, tip, _ in own]),
            field_habit=habit([tip for each in self.rounds for _, tips in each for tip in tips.values()]),
            played=habit([match.score or (0, 0) for match, _, _ in own]),
            favourite=None if level else modal[0][0],
            favourite_times=0 if level else modal[0][1],
        )

    def _season_round(self, model: str, number: int) -> SeasonRound:
        taken = self.totals(range(number, number + 1))[model]
        table = self.table(range(number + 1))
        place = next((place for place, each in table if each.model == model), None)
        return SeasonRound(f"Matchday {number + 1}", taken.predictions, taken.points, place, len(table))


def points(match: RoundMatch, model: str) -> int:
    return 3 * (model in match.right_models) + 4 * (model in match.exact_models)


def takings(model: str, totals: Totals) -> Takings:
    figures = (totals.points, totals.tendency_hits, totals.goal_difference_hits, totals.exact_hits)
    return Takings(model, totals.predictions, *figures)


def habit(scores: list[Score]) -> Habit:
    outcomes = Counter(map(tendency, scores))
    return Habit(outcomes["home"], outcomes["draw"], outcomes["away"], sum(map(sum, scores)))
