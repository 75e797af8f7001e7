"""The course of a match, as far as its scores and its goals tell: who led, who trailed, which goal decided it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

Score = tuple[int, int]

SIDES = ("home", "away")


def other(side: str) -> str:
    return "away" if side == "home" else "home"


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

    @property
    def time(self) -> tuple[int, int]:
        """Minute and stoppage time, to compare."""
        return self.minute or 0, self.stoppage or 0

    @property
    def clock(self) -> int | str:
        """The minute as it is told: 88, or `90+3`."""
        return f"{self.minute}+{self.stoppage}" if self.stoppage else self.minute or 0


def _time(goal: Scorer) -> tuple[int, int]:
    return goal.time


@dataclass(frozen=True)
class Minute:
    """The goals of one minute, with the score before and after them; goals of both sides have no order."""

    goals: tuple[Scorer, ...]
    before: Score
    after: Score

    @property
    def is_ordered(self) -> bool:
        return len({goal.side for goal in self.goals}) == 1


def lead(score: Score, side: str) -> int:
    """Return by how many goals a side is ahead; below 0: behind."""
    return score[0] - score[1] if side == "home" else score[1] - score[0]


class Course:
    """What follows from the scores of a match and from its goals; for frozen values that have these fields."""

    awarded: bool
    half_time: Score | None
    full_time: Score | None
    extra_time: Score | None
    shootout: Score | None
    counted: Score
    goals: tuple[Scorer, ...]

    @property
    def tendency(self) -> str:
        """`home`, `draw` or `away`, by the goals that count."""
        home, away = self.counted
        return "draw" if home == away else "home" if home > away else "away"

    @property
    def last_score(self) -> Score:
        """The score when play ended: after extra time if it was played; what counts if nothing else is known."""
        return self.extra_time or self.full_time or self.counted

    @property
    def ahead_at_the_end(self) -> str:
        """The side that won in play, a shoot-out left aside; empty: it ended level."""
        home, away = self.last_score
        return "" if home == away else "home" if home > away else "away"

    @property
    def winner(self) -> str:
        """`home`, `away` or, if nobody won the match itself (a shoot-out included), an empty string."""
        decided = [score for score in (self.shootout, self.last_score) if score is not None and score[0] != score[1]]
        return "" if not decided else "home" if decided[0][0] > decided[0][1] else "away"

    @property
    def won_on_penalties(self) -> bool:
        return self.shootout is not None and self.shootout[0] != self.shootout[1]

    @cached_property
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

    @cached_property
    def minutes(self) -> tuple[Minute, ...]:
        """The minutes in which goals fell, in order; none if the goals listed are not those of the score."""
        if not self.goals_are_complete:
            return ()
        told, home, away = [], 0, 0
        for _, group in groupby(sorted(self.goals, key=_time), key=_time):
            goals, before = tuple(group), (home, away)
            home += sum(goal.side == "home" for goal in goals)
            away += sum(goal.side == "away" for goal in goals)
            told.append(Minute(goals, before, (home, away)))
        return tuple(told)

    @property
    def half_time_alone(self) -> Score | None:
        """The half-time score where it is all that is known of the course: no goals are listed, nothing contradicts."""
        half, end = self.half_time, self.full_time or self.last_score
        if half is None or self.awarded or self.goals or half[0] > end[0] or half[1] > end[1]:
            return None
        return half

    def furthest_ahead(self, side: str) -> tuple[int, str]:
        """Return by how many goals a side is known to have led at most, and from what: `goals`, `half-time` or ``.

        Goals of both sides in one minute say nothing of what was between them.
        """
        if self.minutes:
            return max(0, *(lead(minute.after, side) for minute in self.minutes)), "goals"
        half = self.half_time_alone
        return (max(0, lead(half, side)), "half-time") if half is not None else (0, "")

    @cached_property
    def decisive(self) -> Scorer | None:
        """The goal that put the winner in play ahead for good; None where there is none, or it can't be known."""
        side, found = self.ahead_at_the_end, None
        for minute in self.minutes if side else ():
            behind = -lead(minute.before, side)
            conceded = sum(goal.side != side for goal in minute.goals)
            if minute.is_ordered and behind >= 0 and lead(minute.after, side) > 0:
                found = minute.goals[behind]
            elif not minute.is_ordered and behind + conceded >= 0:
                found = None  # it may have been level between two goals of this minute
        return found

    def equaliser(self, until: int) -> Scorer | None:
        """Return the goal that made the score level that stood after this minute; None: none, or it can't be known."""
        minutes = [minute for minute in self.minutes if minute.goals[0].time < (until + 1, 0)]
        if not minutes or not minutes[-1].is_ordered or minutes[-1].after[0] != minutes[-1].after[1]:
            return None
        return minutes[-1].goals[-1]


def with_running(course: Course, goals: Sequence[Scorer]) -> tuple[Scorer, ...]:
    """Return the goals of a match with the score after each, as far as it is known."""
    told: list[Scorer] = []
    for minute in course.minutes:
        home, away = minute.before
        for goal in minute.goals:
            home, away = (home + 1, away) if goal.side == "home" else (home, away + 1)
            told.append(replace(goal, running=(home, away) if minute.is_ordered else None))
    return tuple(told) if told else tuple(goals)
