"""Storylines of the match itself, by key; in a lede they may use `line`, `w_score`, `l_score` and `level`."""

from content.course import other
from content.writers.blanks import Filled, goals, minute, named, result, teams
from content.writers.grammar import Blanks, Slot, slot
from content.writers.reading import Reading
from content.writers.words import a_score, literal, number, score


def _known(match: Reading, key: str, lede: bool) -> Filled | None:
    """Return teams, in a lede the result, and `side` and `other` of a storyline; None if it is not true."""
    line = match.lines.get(key)
    if line is None:
        return None
    told = {**result(match), "final": score(match.facts.last_score)} if lede else teams(match)
    if line.side:
        told |= {"side": named(match.facts.team(line.side)), "other": named(match.facts.team(other(line.side)))}
    return told


def _evidence(match: Reading, key: str, name: str) -> int:
    return int(match.lines[key].value(name))


def _ahead(match: Reading, key: str, name: str) -> Filled:
    """Return by how many goals a side led, where the goals tell it; or else that it did at `half`, half-time."""
    if match.lines[key].value("from") == "goals":
        return {name: goals(_evidence(match, key, name))}
    return {"half": "half-time"}


def _goal(match: Reading, key: str) -> Filled:
    """Return scorer, minute and running score of the goal that a storyline is about."""
    line = match.lines[key]
    for goal in match.facts.goals:
        if (goal.side, goal.name, goal.clock) == (line.side, line.value("scorer"), line.value("minute")):
            told = {"scorer": named(goal.name), **minute(goal)}
            return {**told, "stoppage": told["clock"]} if goal.stoppage else {**told, "minute": told["at"]}
    return {}


@slot(
    "{winner} came from behind to beat {loser} {w_score}.",
    "{winner} trailed {loser} by {deficit} and won {w_score}.",
    "Behind by {deficit}, {winner} still beat {loser} {w_score}.",
    "{winner} beat {loser} {w_score} after trailing by {deficit}.",
    "{loser} led {winner} by {deficit} and lost {l_score}.",
    "{loser} lost {l_score} to {winner}, who had trailed by {deficit}.",
    "{loser} lost {l_score} to {winner} after a lead of {deficit}.",
    "{winner} beat {loser} {w_score} after trailing at {half}.",
    "{loser} lost {l_score} to {winner}, who had trailed at {half}.",
    "{winner} had trailed by {deficit}.",
    "{winner} came from behind.",
)
def came_from_behind(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "came_from_behind", lede)
    if told is None:
        return None
    return {**told, **_ahead(match, "came_from_behind", "deficit")}


@slot(
    "{side} led {other} by {lead} and did not win: it ended {final}.",
    "{side} led {other} by {lead}, and it ended {final}.",
    "{line}: {side} had led by {lead}.",
    "{other} trailed {side} by {lead} and did not lose: it ended {final}.",
    "It ended {line}. {side} had led at {half}.",
    "{line}: {side} had been ahead at {half}.",
    "{side} led at {half} and did not win: {line}.",
    "{side} had led by {lead}.",
    "{other} had trailed by {lead}.",
)
def lead_lost(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "lead_lost", lede)
    if told is None:
        return None
    return {**told, **_ahead(match, "lead_lost", "lead")}


@slot(
    "{line}, decided {at} by {scorer}.",
    "The goal that decided {line} came {at}, from {scorer}.",
    "{scorer} scored {at} and decided it: {line}.",
    "{side} beat {other} with a goal by {scorer} {at}.",
    "A goal by {scorer} {at} won it for {side} against {other}.",
    "{scorer} won it for {side} {at}, against {other}.",
    "The goal that decided it came {at}.",
    "It was decided {at}, by {scorer}.",
)
def late_winner(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "late_winner", lede)
    return None if told is None else {**told, **_goal(match, "late_winner")}


@slot(
    "{line}, with the equaliser by {scorer} {at}.",
    "{scorer} equalised {at}, and it ended {line}.",
    "{other} led until {scorer} equalised for {side} {at}: {final}.",
    "{side} equalised {at} against {other}, through {scorer}: {final}.",
    "{scorer} equalised for {side} {at}, against {other}.",
    "{other} led {side} until {scorer} equalised {at}.",
    "{scorer} equalised for {side} {at}.",
    "The equaliser for {side} came {at}, from {scorer}.",
)
def late_equaliser(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "late_equaliser", lede)
    if told is None:
        return None
    if "level" not in told:
        # It was level after 90 minutes, and is not at the end.
        told = {name: told[name] for name in told if name not in ("line", "final", "w_score", "l_score")}
    return {**told, **_goal(match, "late_equaliser")}


@slot(
    "{side} beat {other} {goals} on penalties after {a_draw}.",
    "{line} in play, and then {side} won the shoot-out {goals}.",
    "{line} went to penalties, and {side} won the shoot-out {goals}.",
    "It took penalties: {side} won the shoot-out {goals} against {other} after {a_draw}.",
)
def decided_on_penalties(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "decided_on_penalties", lede)
    if told is None:
        return None
    told |= {"a_draw": f"{a_score(match.facts.last_score)} draw"} if "level" in told else {}
    return {**told, "goals": str(match.lines["decided_on_penalties"].value("goals"))}


@slot(
    "{home} and {away} went to extra time, and it ended {final}.",
    "It went to extra time and ended {line}.",
    "{home} and {away} played for 120 minutes, and it ended {final}.",
    "{line} was the score after extra time.",
    "It was {line} after extra time.",
)
def extra_time(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "extra_time", lede)


@slot(
    "{winner} beat {loser} {w_score}, in a match of {goals}.",
    "{loser} lost {l_score} to {winner}, in a match of {goals}.",
    "{home} and {away} drew {level}, in a match of {goals}.",
    "{line}: {goals}.",
    "{home} against {away} had {goals}, and ended {final}.",
    "{home} and {away} scored {goals} between them: it ended {final}.",
    "{goals} were scored when it ended {line}.",
)
def goal_feast(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "goal_feast", lede)
    return None if told is None else {**told, "goals": goals(_evidence(match, "goal_feast", "goals"))}


@slot(
    "{line}: no settled match of the season before it had so many goals.",
    "With {goals}, {line} is the season's highest total so far; it was {before} until now.",
    "{home} and {away} scored {goals}, more than any match of the season before; it ended {final}.",
    "{goals} are the most of any match this season so far: {line}.",
    "It had {goals}, the most of any match of the season so far.",
    "No match of the season before it had more than {before_goals}.",
)
def most_goals(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "most_goals", lede)
    if told is None:
        return None
    total, before = (_evidence(match, "most_goals", name) for name in ("goals", "before"))
    if not before:
        return None
    more = {"before": number(before), "before_goals": goals(before)} if before > 1 else {}
    return {**told, "goals": goals(total), "total": number(total), **more}


@slot(
    "{home} and {away} drew {level}.",
    "Neither {home} nor {away} scored: it ended {level}.",
    "There was no goal between {home} and {away}: it ended {level}.",
    "{home} against {away} ended without a goal.",
    "{home} and {away} drew without a goal.",
    "It stayed goalless: {line}.",
    "Goalless: {line}.",
    "Nobody scored: {line}.",
    "There were no goals: {line}.",
    "The score was {line}, without a goal on either side.",
)
def goalless(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "goalless", lede)


@slot(
    "{winner} beat {loser} {w_score}, by {margin}.",
    "{winner} won {w_score} against {loser}, by {margin}.",
    "{loser} lost {l_score} to {winner}, by {margin}.",
    "{loser} were beaten {l_score} by {winner}, a margin of {margin}.",
    "{winner} beat {loser} by {margin}.",
    "{winner} finished {margin} ahead of {loser}.",
    "{line}, a win by {margin}.",
    "{margin} separated {winner} from {loser} at the end.",
)
def big_win(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "big_win", lede)
    return None if told is None else {**told, "margin": goals(_evidence(match, "big_win", "margin"))}


@slot(
    "{scorer} scored {hat_trick} for {side} against {other}.",
    "{line}, with {hat_trick} by {scorer}.",
    "{hat_trick} by {scorer}: {line}.",
    "{side} had {hat_trick} from {scorer} against {other}.",
    "{other} conceded {hat_trick} to {scorer} of {side}.",
    "{scorer} scored {hat_trick}.",
    "{hat_trick} for {side} were by {scorer}.",
)
def hat_trick(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "hat_trick", lede)
    if told is None:
        return None
    line = match.lines["hat_trick"]
    scored = goals(_evidence(match, "hat_trick", "goals"))
    return {**told, "scorer": named(str(line.value("scorer"))), "hat_trick": scored}


@slot(
    "{scorer} scored {minute}, and it ended {line}.",
    "It began with a goal by {scorer} {minute}, and ended {line}.",
    "{line}, with the first goal by {scorer} {minute}.",
    "{scorer} put {side} ahead of {other} {minute}.",
    "{side} scored first against {other}, {minute}, through {scorer}.",
)
def early_goal(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "early_goal", lede)
    return None if told is None else {**told, **_goal(match, "early_goal")}


@slot(
    "An own goal by {scorer} {at} decided {line}.",
    "{line}, decided by an own goal by {scorer} {at}.",
    "The goal that put {side} ahead of {other} for good was an own goal by {scorer} {at}.",
    "{side} beat {other} with an own goal by {scorer} {at}.",
    "It was an own goal by {scorer} {at} that decided {line}.",
    "It was the own goal by {scorer} that decided it.",
)
def own_goal_decided(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "own_goal_decided", lede)
    return None if told is None else {**told, **_goal(match, "own_goal_decided")}


@slot(
    "In {derby} it ended {line}.",
    "{derby} ended {line}.",
    "{winner} won {derby} against {loser}.",
    "{loser} lost {derby} to {winner}.",
    "{home} and {away} drew {derby} {level}.",
    "{line} is the score of {derby}.",
)
def derby(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "derby", lede)
    return None if told is None else {**told, "derby": literal(str(match.lines["derby"].value("name")))}


MATCH_LINES: dict[str, Slot] = {
    line.name: line
    for line in (
        came_from_behind,
        lead_lost,
        late_winner,
        late_equaliser,
        decided_on_penalties,
        extra_time,
        goal_feast,
        most_goals,
        goalless,
        big_win,
        hat_trick,
        early_goal,
        own_goal_decided,
        derby,
    )
}
