"""Eight rules that predict a match from what was known before it, as pure functions, each named for what it does."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scoring.rules import Goals, Probabilities, normalised

SUBMITTED_BEFORE = timedelta(hours=1)
"""How long before its kickoff a match is predicted."""

LONGEST_MATCH = timedelta(hours=3)
"""After this time every match has ended, extra time and penalties included; before it, nobody counts on a result."""

MOST_GOALS = 10
K_FACTOR = 60
"""What one World Cup match can move an Elo rating by; source: eloratings.net."""


@dataclass(frozen=True)
class Fixture:
    """A match before it is played; the side named first is not at home, as all but one play on neutral ground."""

    home: str
    away: str
    kickoff: datetime

    @property
    def submitted_at(self) -> datetime:
        return self.kickoff - SUBMITTED_BEFORE


@dataclass(frozen=True)
class Played:
    """A match after 90 minutes, which is what predictions count on."""

    home: str
    away: str
    kickoff: datetime
    goals: Goals


History = Sequence[Played]


@dataclass(frozen=True)
class Forecast:
    goals: Goals
    probabilities: Probabilities | None = None


@dataclass(frozen=True)
class Forecaster:
    """A rule with a name; `rule` says in a sentence what it does. `predict` must be given nothing but `known`."""

    name: str
    rule: str
    predict: Callable[[Fixture, History], Forecast]


def known(fixture: Fixture, played: History) -> list[Played]:
    """Return, in kickoff order, the matches that had certainly ended when the predictions for this one were due."""
    ended = [match for match in played if match.kickoff + LONGEST_MATCH <= fixture.submitted_at]
    return sorted(ended, key=lambda match: (match.kickoff, match.home))


def forecast(forecaster: Forecaster, fixture: Fixture, played: History) -> Forecast:
    """Return the forecaster's prediction; of `played` it sees only what was known an hour before the kickoff."""
    return forecaster.predict(fixture, known(fixture, played))


def always(home: int, away: int) -> Callable[[Fixture, History], Forecast]:
    """Return a rule that predicts this scoreline whatever happens."""
    return lambda fixture, history: Forecast(Goals(home, away))


def last_score(fixture: Fixture, history: History) -> Forecast:
    """The score of the latest match that is over; 1–0 before there is one."""
    return Forecast(history[-1].goals if history else Goals(1, 0))


def commonest_score(fixture: Fixture, history: History) -> Forecast:
    """The score seen most often so far; of several the one with fewest goals, then the one for the first-named."""
    seen = Counter(match.goals for match in history)
    if not seen:
        return Forecast(Goals(1, 0))
    return Forecast(min(seen, key=lambda goals: (-seen[goals], sum(goals), -goals.home)))


def own_last_goals(fixture: Fixture, history: History) -> Forecast:
    """Each side scores as many goals as in its match before; one if this is its first."""
    return Forecast(Goals(_last_goals(fixture.home, history), _last_goals(fixture.away, history)))


def _last_goals(team: str, history: History) -> int:
    scored, _ = _record(team, history)
    return scored[-1] if scored else 1


def _record(team: str, history: History) -> tuple[list[int], list[int]]:
    """Return the goals of a team and those of its opponents, match by match."""
    pairs = [
        m.goals if m.home == team else Goals(m.goals.away, m.goals.home) for m in history if team in (m.home, m.away)
    ]
    return [pair.home for pair in pairs], [pair.away for pair in pairs]


def elo(fixture: Fixture, history: History) -> Forecast:
    """Ratings that start level at 1500 and move with every result; the gap between them gives the scoreline."""
    ratings = elo_ratings(history)
    gap = ratings.get(fixture.home, 1500.0) - ratings.get(fixture.away, 1500.0)
    expected = elo_expected(gap)
    # Half of the points that Elo expects from draws go to each side: level teams draw 28 matches in a hundred.
    draw = 0.28 * 4 * expected * (1 - expected)
    chances = normalised(Probabilities(expected - draw / 2, draw, 1 - expected - draw / 2))
    return Forecast(_elo_scoreline(gap), chances)


def elo_expected(gap: float) -> float:
    """Return the share of the points that a side rated `gap` above its opponent can expect, 0 to 1. Elo (1978)."""
    return float(1 / (1 + 10 ** (-gap / 400)))


def elo_ratings(history: History) -> dict[str, float]:
    """Return team → rating; a win by two goals counts one and a half times, by n three or more (11 + n) / 8 times."""
    ratings: dict[str, float] = {}
    for match in history:
        home, away = ratings.get(match.home, 1500.0), ratings.get(match.away, 1500.0)
        margin = match.goals.home - match.goals.away
        result = 0.5 if margin == 0 else float(margin > 0)
        size = abs(margin)
        weight = 1.0 if size < 2 else 1.5 if size == 2 else (11 + size) / 8
        change = K_FACTOR * weight * (result - elo_expected(home - away))
        ratings |= {match.home: home + change, match.away: away - change}
    return ratings


def _elo_scoreline(gap: float) -> Goals:
    size = abs(gap)
    winner = 0 if size < 20 else 1 if size < 90 else 2 if size < 180 else 3
    if winner == 0:
        return Goals(1, 1)
    loser = 1 if winner == 2 else 0
    return Goals(winner, loser) if gap > 0 else Goals(loser, winner)


def goals_so_far(fixture: Fixture, history: History) -> Forecast:
    """Goals scored and conceded so far give each side an expected number of goals, and Poisson the likeliest score.

    After Maher (1982). Two average matches are added to every record, so that one match does not say everything.
    """
    average = (sum(sum(m.goals) for m in history) + 5) / (2 * len(history) + 4)
    home = _strength(fixture.home, history, average)
    away = _strength(fixture.away, history, average)
    return _poisson_forecast(home[0] * away[1] / average, away[0] * home[1] / average)


def _strength(team: str, history: History, average: float) -> tuple[float, float]:
    """Return the goals a match that a team scores and concedes, drawn towards the average by two average matches."""
    scored, conceded = _record(team, history)
    matches = len(scored) + 2
    return (sum(scored) + 2 * average) / matches, (sum(conceded) + 2 * average) / matches


def _poisson_forecast(home: float, away: float) -> Forecast:
    home_chances, away_chances = _poisson(home), _poisson(away)
    grid = {Goals(h, a): p * q for h, p in enumerate(home_chances) for a, q in enumerate(away_chances)}
    likeliest = max(grid, key=lambda goals: (grid[goals], -sum(goals)))
    total = sum(grid.values())
    win = sum(p for goals, p in grid.items() if goals.home > goals.away) / total
    draw = sum(p for goals, p in grid.items() if goals.home == goals.away) / total
    return Forecast(likeliest, Probabilities(win, draw, max(0.0, 1 - win - draw)))


def _poisson(mean: float) -> list[float]:
    return [math.exp(-mean) * mean**k / math.factorial(k) for k in range(MOST_GOALS + 1)]


FORECASTERS: tuple[Forecaster, ...] = (
    Forecaster("Always 2–1", "Predicts 2–1 for the side named first, every time.", always(2, 1)),
    Forecaster("Always 1–1", "Predicts 1–1, every time.", always(1, 1)),
    Forecaster("First named 1–0", "Predicts 1–0 for the side named first, every time.", always(1, 0)),
    Forecaster("Last score again", "Predicts the score of the match that ended last; 1–0 to begin with.", last_score),
    Forecaster(
        "Commonest score so far",
        "Predicts the score seen most often so far (of several the one with fewest goals); 1–0 to begin with.",
        commonest_score,
    ),
    Forecaster(
        "Own last goals",
        "Predicts for each side as many goals as it scored in its match before; one goal in its first match.",
        own_last_goals,
    ),
    Forecaster(
        "Elo so far",
        "Elo ratings that start level and move with every result of the tournament; the gap gives the score.",
        elo,
    ),
    Forecaster(
        "Goals so far",
        "Goals scored and conceded so far give each side an expected number of goals; predicts the likeliest score.",
        goals_so_far,
    ),
)
