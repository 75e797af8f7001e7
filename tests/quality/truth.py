"""What is true of a match, worked out from its facts for the planting: nothing here is shared with the check."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from content.facts import MatchFacts, Score, Scorer, Standing, Tip

SIDES = ("home", "away")


def other(side: str) -> str:
    return "away" if side == "home" else "home"


def exact_minute(goal: Scorer) -> tuple[int, int]:
    return goal.minute or 0, goal.stoppage or 0


@dataclass(frozen=True)
class Truth:
    """Facts, with questions that sentences ask. What can't be known is None or empty."""

    facts: MatchFacts

    @cached_property
    def played(self) -> bool:
        """Whether the score was played, and not awarded."""
        return not self.facts.awarded

    @cached_property
    def winner(self) -> str:
        """The side that won in play; empty after a draw, a shoot-out or an award."""
        home, away = self.facts.last_score
        if not self.played or home == away:
            return ""
        return "home" if home > away else "away"

    @cached_property
    def on_penalties(self) -> str:
        """The side that won a shoot-out after a draw."""
        home, away = self.facts.last_score
        shootout = self.facts.shootout
        if shootout is None or home != away or shootout[0] == shootout[1]:
            return ""
        return "home" if shootout[0] > shootout[1] else "away"

    @cached_property
    def goals(self) -> tuple[Scorer, ...]:
        """The goals in order, if they are known to be all of them."""
        if not self.played or not self.facts.goals_are_complete:
            return ()
        return tuple(sorted(self.facts.goals, key=exact_minute))

    @cached_property
    def known(self) -> bool:
        """Whether the course of the match is known."""
        return self.played and self.facts.goals_are_complete

    @cached_property
    def in_order(self) -> bool:
        """Whether the order of the goals is known: no minute has two."""
        return len({exact_minute(goal) for goal in self.goals}) == len(self.goals)

    @cached_property
    def running(self) -> list[Score]:
        """The score after each goal; only if the order is known."""
        score, scores = {"home": 0, "away": 0}, []
        for goal in self.goals if self.in_order else ():
            score[goal.side] += 1
            scores.append((score["home"], score["away"]))
        return scores

    def deficit(self, side: str) -> int:
        """Return by how many goals a side was behind at most; the order must be known."""
        us, them = (0, 1) if side == "home" else (1, 0)
        return max((score[them] - score[us] for score in self.running), default=0)

    @cached_property
    def decisive(self) -> Scorer | None:
        """The goal that put the winner ahead for good."""
        if not self.winner or not self.running:
            return None
        us, them = (0, 1) if self.winner == "home" else (1, 0)
        last = max((n for n, score in enumerate(self.running) if score[us] <= score[them]), default=-1)
        return self.goals[last + 1]

    @cached_property
    def scorers(self) -> list[Scorer]:
        """Goals that were no own goals, by players who scored for one side only, and no own goal."""
        sides: dict[str, set[str]] = {}
        for goal in self.goals:
            sides.setdefault(goal.name, set()).add(f"{goal.side} {goal.own_goal}")
        return [goal for goal in self.goals if not goal.own_goal and len(sides[goal.name]) == 1]

    def minutes_of(self, name: str) -> set[int]:
        return {goal.minute or 0 for goal in self.goals if goal.name == name}

    @cached_property
    def goals_by(self) -> Counter[str]:
        return Counter(goal.name for goal in self.scorers)

    @cached_property
    def n(self) -> int:
        return self.facts.field.size

    @cached_property
    def tips(self) -> tuple[Tip, ...]:
        return self.facts.in_time

    def having(self, what: Callable[[Tip], bool]) -> list[str]:
        return [tip.model for tip in self.tips if what(tip)]

    @cached_property
    def right(self) -> list[str]:
        return self.having(lambda tip: tip.tendency_hit)

    @cached_property
    def exact(self) -> list[str]:
        return self.having(lambda tip: tip.exact_hit)

    @cached_property
    def all_seen(self) -> bool:
        """Whether every tip counts: only then is "nobody" and "only" beyond doubt."""
        return not self.facts.uncounted

    @cached_property
    def before(self) -> dict[str, Standing]:
        return {line.model: line for line in self.facts.before}

    @cached_property
    def after(self) -> dict[str, Standing]:
        return {line.model: line for line in self.facts.after}

    @cached_property
    def ranks(self) -> Counter[int]:
        """Rank → how many share it."""
        return Counter(line.rank for line in self.facts.after)

    @cached_property
    def leaders(self) -> list[str]:
        return [line.model for line in self.facts.after if line.rank == 1]

    @cached_property
    def alone(self) -> list[Standing]:
        """The lines of models that share their rank with nobody."""
        return [line for line in self.facts.after if self.ranks[line.rank] == 1]

    @cached_property
    def moved(self) -> list[tuple[str, int, int]]:
        """Models that changed their rank: model, rank before, rank after."""
        ranks = [(m, self.before[m].rank, line.rank) for m, line in self.after.items() if m in self.before]
        return [(model, was, now) for model, was, now in ranks if was != now]

    def average(self, model: str) -> Fraction:
        line = self.after[model]
        return Fraction(line.points, line.predictions)

    @cached_property
    def scorelines(self) -> set[Score]:
        """Every scoreline that the facts hold, in any role."""
        facts = self.facts
        phases = (facts.half_time, facts.full_time, facts.extra_time, facts.shootout, facts.counted, facts.last_score)
        running = [goal.running for goal in facts.goals]
        was = [correction.was for correction in facts.corrections]
        tips = [tip.scoreline for tip in facts.tips]
        return {score for score in (*phases, *running, *self.running, *was, *tips) if score is not None}


def pairs(items: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, two) for one in items for two in items if one != two]
