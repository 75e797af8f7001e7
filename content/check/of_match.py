"""What the course and the result of a match allow to be said."""

from collections import Counter

from content.check.builder import Builder
from content.course import SIDES, Score, Scorer, lead, other
from content.facts import MatchFacts

LATE, LATE_IN_EXTRA_TIME = 85, 116
EARLY = 15
"""The minutes from which on, and up to which, a goal may be called late, and early."""


def add_match(facts: MatchFacts, ledger: Builder) -> None:
    """Adds teams, players, scores, goals and who led."""
    for side in SIDES:
        ledger.entity(facts.team(side), "team")
        ledger.relate("played", facts.team(side))
    for goal in facts.goals:
        ledger.entity(goal.name, "player")
    _scores(facts, ledger)
    _result(facts, ledger)
    if not facts.awarded:
        _half_time(facts, ledger)
        _goal_counts(facts, ledger)
        _course(facts, ledger)
        for goal in facts.goals if facts.goals_are_complete else ():
            _goal(facts, goal, ledger)
        _player_counts(facts, ledger)


def _scores(facts: MatchFacts, ledger: Builder) -> None:
    known: list[tuple[str, Score | None]] = [
        ("final", facts.last_score),
        ("counted", facts.counted),
        ("half-time", facts.half_time),
        ("full-time", facts.full_time),
        ("extra-time", facts.extra_time),
        ("shootout", facts.shootout),
    ]
    for role, score in known:
        ledger.put(score, "score", (), role)
    for correction in facts.corrections:
        ledger.put(correction.was, "score", (), "was")
    for minute in facts.minutes:
        ledger.put(minute.after, "score", [goal.name for goal in minute.goals], "running")
        ledger.put(minute.before, "score", (), "running")
    for goal in facts.goals:
        ledger.put(goal.running, "score", [goal.name, facts.team(goal.side)], "running", "made")


def _result(facts: MatchFacts, ledger: Builder) -> None:
    home, away = facts.last_score
    winner = facts.winner
    ledger.flag("awarded", facts.awarded)
    ledger.flag("goalless", facts.last_score == (0, 0) and not facts.awarded)
    ledger.flag("extra time", facts.extra_time is not None)
    ledger.flag("shootout", facts.shootout is not None)
    ledger.flag("won on penalties", facts.won_on_penalties)
    ledger.flag("drawn", home == away)
    for side in SIDES:
        team = facts.team(side)
        if home == away:
            ledger.relate("drew", team)
        if winner:
            ledger.relate("won" if side == winner else "lost", team)
        if facts.won_on_penalties:
            ledger.relate("won on penalties" if side == winner else "lost on penalties", team)
        elif facts.ahead_at_the_end:
            ledger.relate("won in play" if side == winner else "lost in play", team)
    if winner:
        ledger.relate("beat", facts.team(winner), facts.team(other(winner)))
        ledger.flag("upset", _is_upset(facts))
    _margin(facts, ledger)
    result = f"{facts.home} {home}–{away} {facts.away}"
    shootout = f", {facts.shootout[0]}–{facts.shootout[1]} in the shoot-out" if facts.shootout else ""
    ledger.facts["result"] = f"{result}{' after extra time' if facts.extra_time else ''}{shootout}"


def _is_upset(facts: MatchFacts) -> bool:
    """Whether the outcome was chosen by less than a third of the field, and by fewer than another."""
    chosen = facts.field.chosen(facts.tendency)
    most = max(facts.field.home, facts.field.draw, facts.field.away)
    return 3 * chosen < facts.field.size and chosen < most


def _margin(facts: MatchFacts, ledger: Builder) -> None:
    home, away = facts.last_score
    if home != away:
        ledger.put(abs(home - away), "goal", [facts.team("home" if home > away else "away")], "margin")
        ledger.flag("narrow", abs(home - away) == 1)
        ledger.flag("wide", abs(home - away) >= 3)


def _half_time(facts: MatchFacts, ledger: Builder) -> None:
    half = facts.half_time
    if half is None or (facts.goals and not facts.goals_are_complete):
        return
    ledger.facts["half-time"] = f"{facts.home} {half[0]}–{half[1]} {facts.away} at half-time"
    ledger.flag("level at half-time", half[0] == half[1])
    ledger.flag("goalless at half-time", half == (0, 0))
    for side in SIDES:
        by = lead(half, side)
        if by:
            ledger.relate("led at half-time" if by > 0 else "trailed at half-time", facts.team(side))
            ledger.relate("led" if by > 0 else "trailed", facts.team(side))
            ledger.put(abs(by), "goal", [facts.team(side)], "lead" if by > 0 else "deficit", "half-time")
        else:
            ledger.relate("level at half-time", facts.team(side))


def _goal_counts(facts: MatchFacts, ledger: Builder) -> None:
    phases = {"all": facts.last_score}
    if facts.half_time and (facts.goals_are_complete or not facts.goals):
        phases["first half"] = facts.half_time
        if facts.full_time:
            phases["second half"] = _minus(facts.full_time, facts.half_time)
    if facts.extra_time and facts.full_time:
        phases["extra-time"] = _minus(facts.extra_time, facts.full_time)
        phases["90 minutes"] = facts.full_time
    for role, score in phases.items():
        ledger.put(sum(score), "goal", (), role, "both")
        for side, goals in zip(SIDES, score, strict=True):
            ledger.put(goals, "goal", [facts.team(side)], role)
            ledger.put(goals, "goal", [facts.team(other(side))], role, "conceded")
    home, away = facts.last_score
    for side, conceded in (("home", away), ("away", home)):
        ledger.relate("leaked" if conceded else "clean sheet", facts.team(side))
        ledger.relate("scored" if facts.last_score[side == "away"] else "no goal", facts.team(side))


def _minus(later: Score, earlier: Score) -> Score:
    return later[0] - earlier[0], later[1] - earlier[1]


def _course(facts: MatchFacts, ledger: Builder) -> None:
    for side in SIDES:
        team, furthest = facts.team(side), facts.furthest_ahead(side)[0]
        behind = facts.furthest_ahead(other(side))[0]
        if furthest:
            ledger.relate("led", team)
            if facts.winner != side:
                ledger.relate("lost lead", team)
        if behind:
            _trailed(facts, side, ledger)
        for by in range(1, furthest + 1):
            ledger.put(by, "goal", [team], "lead")
            ledger.put(by, "goal", [facts.team(other(side))], "deficit")
    first = facts.minutes[0] if facts.minutes else None
    if first is not None and first.is_ordered:
        ledger.relate("scored first", facts.team(first.goals[0].side))
        ledger.relate("conceded first", facts.team(other(first.goals[0].side)))
    ledger.flag("course known", facts.minutes or facts.last_score == (0, 0))


def _trailed(facts: MatchFacts, side: str, ledger: Builder) -> None:
    """Adds what is true of a side that was behind; after a shoot-out nobody is said to have come from behind."""
    team = facts.team(side)
    ledger.relate("trailed", team)
    if facts.ahead_at_the_end == side and facts.shootout is None:
        ledger.relate("comeback", team)
    if facts.ahead_at_the_end in (side, ""):
        ledger.relate("came back", team)


def _goal(facts: MatchFacts, goal: Scorer, ledger: Builder) -> None:
    team = facts.team(goal.side)
    roles = _roles_of(facts, goal)
    ledger.put(goal.minute, "minute", [goal.name, team], "goal", *roles, *(["stoppage"] if goal.stoppage else []))
    if goal.stoppage:
        ledger.put(f"{goal.minute}+{goal.stoppage}", "minute", [goal.name, team], "goal", *roles)
        ledger.put(goal.stoppage, "minute", [goal.name, team], "goal", "stoppage", *roles)
    ledger.relate("own goal" if goal.own_goal else "scored", goal.name)
    ledger.relate("scored for", goal.name, team)
    for role in roles:
        ledger.relate(f"{role} goal", goal.name)
        ledger.relate(f"{role} goal", team)
    minute = "in minute " + str(goal.clock)
    told = ledger.facts.get(goal.name)
    ledger.facts[goal.name] = f"{told}, and {minute}" if told else f"{goal.name} scored for {team} {minute}"


def _roles_of(facts: MatchFacts, goal: Scorer) -> list[str]:
    """Return what a goal was: first, last, decisive, equaliser, late, penalty, …"""
    minute = next(minute for minute in facts.minutes if goal in minute.goals)
    late = LATE if facts.extra_time is None else LATE_IN_EXTRA_TIME
    when = goal.minute or 0
    running = goal.running
    level = running is not None and running[0] == running[1]
    is_single = minute.is_ordered
    last = goal == facts.goals[-1] and is_single
    told = {
        "first": minute is facts.minutes[0] and is_single and goal == minute.goals[0],
        "last": last,
        "last of side": is_single and goal == [other for other in facts.goals if other.side == goal.side][-1],
        "decisive": facts.decisive == goal,
        "equaliser": level,
        "late": when >= late or (facts.extra_time is not None and LATE <= when <= 90),
        "early": when <= EARLY,
        "penalty": goal.penalty,
        "own": goal.own_goal,
        "first half": when <= 45,
        "second half": 45 < when <= 90,
        "extra-time": when > 90,
        "lead": running is not None and lead(running, goal.side) == 1,
    }
    numbered = [f"number {facts.goals.index(goal) + 1}"] if is_single else []
    return [role for role, holds in told.items() if holds] + numbered


def _player_counts(facts: MatchFacts, ledger: Builder) -> None:
    if not facts.goals_are_complete:
        return
    scored = Counter((goal.name, goal.side) for goal in facts.goals if not goal.own_goal)
    for (name, side), goals in scored.items():
        ledger.put(goals, "goal", [name, facts.team(side)], "player")
        if goals == 3:
            ledger.relate("hat-trick", name)
        if goals == 2:
            ledger.relate("brace", name)
    for role in ("penalty", "own_goal"):
        n = sum(getattr(goal, role) for goal in facts.goals)
        ledger.put(n, "goal", (), role.replace("_goal", ""))
    ledger.put(len({goal.name for goal in facts.goals if not goal.own_goal}), "player", (), "scorers")
