"""Storylines of the match itself: how the goals fell, how many, and how it was decided. None of an awarded one."""

from collections import Counter
from collections.abc import Mapping

from content.course import SIDES, Scorer, lead, other
from content.storylines.picture import Detector, Found, Picture

LATE, LATE_IN_EXTRA_TIME = 85, 116
"""The minutes from which on a goal is late: of 90, and of 120 where extra time was played."""
EARLY = 5
FEAST = 6
BIG = 4
LEAD = 2


def came_from_behind(match: Picture) -> Found | None:
    """The winner in play was behind, by the goals, or, if none are listed, at half-time. Unsaid with a shoot-out."""
    side = match.ahead_at_the_end
    if not side or match.shootout is not None:
        return None
    deficit, source = match.furthest_ahead(other(side))
    return Found(side=side, evidence=(("deficit", deficit), ("from", source))) if deficit else None


def lead_lost(match: Picture) -> Found | None:
    """A side led by two or more, and won neither in play nor on penalties."""
    for side in SIDES:
        most, source = match.furthest_ahead(side)
        if most >= LEAD and side not in (match.ahead_at_the_end, match.winner):
            return Found(side=side, evidence=(("lead", most), ("from", source)))
    return None


def _is_late(match: Picture, goal: Scorer) -> bool:
    return (goal.minute or 0) >= (LATE if match.extra_time is None else LATE_IN_EXTRA_TIME)


def _by(goal: Scorer) -> Found:
    return Found(side=goal.side, evidence=(("minute", goal.clock), ("scorer", goal.name)))


def late_winner(match: Picture) -> Found | None:
    """The goal that put the winner in play ahead for good came late, and was no own goal."""
    goal = match.decisive
    return _by(goal) if goal is not None and _is_late(match, goal) and not goal.own_goal else None


def late_equaliser(match: Picture) -> Found | None:
    """A goal, no own goal, levelled late: the score at the end of play, or that of the 90 minutes before extra time."""
    for until, late in ((120, LATE_IN_EXTRA_TIME), (90, LATE)) if match.extra_time is not None else ((90, LATE),):
        goal = match.equaliser(until)
        if goal is not None and late <= (goal.minute or 0) <= until and not goal.own_goal:
            return _by(goal)
    return None


def decided_on_penalties(match: Picture) -> Found | None:
    """`goals` are those of the shoot-out, the winner's first."""
    if match.shootout is None or not match.won_on_penalties:
        return None
    goals = f"{max(match.shootout)}–{min(match.shootout)}"
    return Found(side=match.winner, evidence=(("goals", goals),))


def extra_time(match: Picture) -> Found | None:
    return Found() if match.extra_time is not None else None


def goal_feast(match: Picture) -> Found | None:
    """Six goals or more in play."""
    goals = sum(match.last_score)
    return Found(evidence=(("goals", goals),)) if goals >= FEAST else None


def most_goals(match: Picture) -> Found | None:
    """More goals in play than in any match of the season before it."""
    before = match.past.most_goals if match.past else None
    goals = sum(match.last_score)
    return Found(evidence=(("goals", goals), ("before", before))) if before is not None and goals > before else None


def goalless(match: Picture) -> Found | None:
    return Found() if match.last_score == (0, 0) else None


def big_win(match: Picture) -> Found | None:
    """Won in play by four or more."""
    side = match.ahead_at_the_end
    margin = lead(match.last_score, side) if side else 0
    return Found(side=side, evidence=(("margin", margin),)) if margin >= BIG else None


def hat_trick(match: Picture) -> Found | None:
    """Three goals or more under one name, own goals left out; the most if two did, the first to score of those."""
    if len(match.goals) < 3 or not match.goals_are_complete:
        return None
    scored = Counter((goal.side, goal.name) for goal in match.goals if not goal.own_goal)
    for (side, name), goals in scored.most_common(1):
        if goals >= 3:
            return Found(side=side, evidence=(("scorer", name), ("goals", goals)))
    return None


def early_goal(match: Picture) -> Found | None:
    """The first goal came in the first five minutes; no own goal, and none of the other side in the same minute."""
    minute = match.minutes[0] if match.minutes else None
    if minute is None or not minute.is_ordered:
        return None
    goal = minute.goals[0]
    return _by(goal) if (goal.minute or 0) <= EARLY and not goal.own_goal else None


def own_goal_decided(match: Picture) -> Found | None:
    """The goal that put the winner in play ahead for good was an own goal; `side` is the one that it counts for."""
    goal = match.decisive
    return _by(goal) if goal is not None and goal.own_goal else None


def derby(match: Picture) -> Found | None:
    """Editors keep this pair of teams as a rivalry."""
    return Found(evidence=(("name", match.rivalry),)) if match.rivalry else None


MATCH: Mapping[str, Detector] = {
    detector.__name__: detector
    for detector in (
        most_goals,
        came_from_behind,
        late_winner,
        lead_lost,
        decided_on_penalties,
        own_goal_decided,
        late_equaliser,
        hat_trick,
        goal_feast,
        big_win,
        extra_time,
        early_goal,
        derby,
        goalless,
    )
}
