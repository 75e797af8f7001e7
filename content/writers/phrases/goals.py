"""The goals in order, with the running score, home side first. Reached only if all goals of the match are known."""

from collections.abc import Sequence

from content.course import Minute, Scorer, lead, other
from content.writers.blanks import Filled, goals, minute, named
from content.writers.grammar import Blanks, Name, slot
from content.writers.reading import Reading
from content.writers.words import listed, literal, number, score


def by_scorer(told: Sequence[Scorer]) -> list[str]:
    """Return each scorer once, with all minutes, in order of the first."""
    minutes: dict[str, list[str]] = {}
    for goal in told:
        kind = " own goal" if goal.own_goal else " penalty" if goal.penalty else ""
        minutes.setdefault(goal.name, []).append(str(goal.clock) + kind)
    return [f"{literal(name)} ({', '.join(when)})" for name, when in minutes.items()]


def _one(match: Reading, step: Minute) -> Filled:
    """Return what is told of a single goal; the scorer stands in one of `scorer`, `penalty` and `own`."""
    (goal,) = step.goals
    facts = match.facts
    kind = "own" if goal.own_goal else "penalty" if goal.penalty else "scorer"
    return {
        kind: named(goal.name),
        "team": named(facts.team(goal.side)),
        "other": named(facts.team(other(goal.side))),
        "after": score(step.after),
        **minute(goal),
    }


@slot(
    "{scorer} scored first, {at}.",
    "{scorer} put {team} ahead {at}.",
    "The first goal came {at}, from {scorer} of {team}.",
    "{team} took the lead {at} through {scorer}.",
    "{scorer} opened the scoring for {team} {at}.",
    "{team} went ahead {at}, with a goal by {scorer}.",
    "{scorer} of {team} was the first to score, {at}.",
    "{team} scored first, {at}, through {scorer}.",
    "{penalty} put {team} ahead with a penalty {at}.",
    "{team} scored first, {at}, with a penalty by {penalty}.",
    "The first goal was a penalty by {penalty} of {team} {at}.",
    "An own goal by {own} {at} put {team} ahead.",
    "{team} went ahead {at} with an own goal by {own}.",
)
def opener(match: Reading, step: Minute) -> Blanks | None:
    if step.before != (0, 0):
        return None
    return _one(match, step)


@slot(
    "{scorer} equalised {at}.",
    "{team} equalised {at} through {scorer}.",
    "The equaliser came {at}, from {scorer}: {after}.",
    "{scorer} made it {after} {at}.",
    "{scorer} brought {team} level {at}.",
    "{team} drew level at {after} through {scorer} {at}.",
    "An equaliser by {scorer} followed {at}: {after}.",
    "{penalty} equalised with a penalty {at}.",
    "A penalty by {penalty} {at} made it {after}.",
    "An own goal by {own} {at} made it {after}.",
)
def equaliser(match: Reading, step: Minute) -> Blanks | None:
    return _one(match, step) if step.after[0] == step.after[1] else None


@slot(
    "{scorer} put {team} ahead {at}, at {after}.",
    "{scorer} made it {after} {at}.",
    "{team} went ahead through {scorer} {at}: {after}.",
    "With a goal {at} {scorer} made it {after}.",
    "{team} were in front {at}, when {scorer} made it {after}.",
    "A goal by {scorer} {at} put {team} in front, {after}.",
    "{penalty} made it {after} with a penalty {at}.",
    "A penalty by {penalty} {at} put {team} ahead, {after}.",
    "An own goal by {own} {at} made it {after}.",
    "An own goal by {own} put {team} ahead {at}: {after}.",
)
def went_ahead(match: Reading, step: Minute) -> Blanks | None:
    level = step.before[0] == step.before[1] != 0
    return _one(match, step) if level else None


@slot(
    "{scorer} made it {after} {at}.",
    "{team} added another through {scorer} {at}: {after}.",
    "It was {after} {at}, when {scorer} scored.",
    "{scorer} scored the next one {at}, for {after}.",
    "{team} scored again {at}, through {scorer}: {after}.",
    "A goal by {scorer} {at} made it {after}.",
    "{penalty} made it {after} with a penalty {at}.",
    "A penalty by {penalty} {at} made it {after}.",
    "An own goal by {own} {at} made it {after}.",
    "It was {after} after an own goal by {own} {at}.",
)
def extended(match: Reading, step: Minute) -> Blanks | None:
    return _one(match, step) if lead(step.before, step.goals[0].side) > 0 else None


@slot(
    "{scorer} pulled one back for {team} {at}: {after}.",
    "{team} pulled one back through {scorer} {at}.",
    "{scorer} scored for {team} {at}, and it was {after}.",
    "{team} got one back {at}, from {scorer}: {after}.",
    "A goal by {scorer} {at} made it {after}.",
    "{scorer} made it {after} {at}.",
    "{penalty} scored a penalty for {team} {at}: {after}.",
    "A penalty by {penalty} {at} made it {after}.",
    "An own goal by {own} {at} made it {after}.",
)
def reduced(match: Reading, step: Minute) -> Blanks | None:
    return _one(match, step) if lead(step.after, step.goals[0].side) < 0 else None


SINGLE = (opener, equaliser, went_ahead, extended, reduced)
"""One of them fits every goal that stands alone in its minute."""


@slot(
    "{scorers} made it {after}.",
    "{goals} for {team} followed, by {scorers}: {after}.",
    "With goals by {scorers} {team} made it {after}.",
    "The next {number} goals were by {scorers}, for {team}: {after}.",
    "{team} then had {goals}, by {scorers}, and it was {after}.",
    "{goals} for {team}, by {scorers}, made it {after}.",
)
def in_a_row(match: Reading, run: Sequence[Minute]) -> Blanks | None:
    """Several goals of one side, one after the other."""
    scored = [goal for step in run for goal in step.goals]
    told: Filled = {
        "team": named(match.facts.team(scored[0].side)),
        "goals": goals(len(scored)),
        "scorers": Name(listed(by_scorer(scored))),
        "before": score(run[0].before),
        "after": score(run[-1].after),
    }
    return told if run[0].before == (0, 0) else {**told, "number": number(len(scored))}


@slot(
    "{team} had {goals} before {other} had any: {scorers}.",
    "The first {number} goals were for {team}, by {scorers}.",
    "{goals} by {scorers} put {team} ahead, {after}.",
    "{team} led {after} with {goals} by {scorers}.",
    "{team} began with {goals}, by {scorers}.",
    "{team} had the first {number} goals, by {scorers}.",
    "{all_goals} were for {team}: {whole}.",
    "{whole} scored {all_goals}, for {team}.",
    "{team} had {all_goals}, by {whole}.",
    "The goals for {team} were by {whole}.",
)
def first_in_a_row(match: Reading, run: Sequence[Minute]) -> Blanks | None:
    """The first several goals of a match, all of one side; `whole` if they are all goals of it."""
    if run[0].before != (0, 0):
        return None
    scored = [goal for step in run for goal in step.goals]
    by, after = Name(listed(by_scorer(scored))), run[-1].after
    told = {"team": named(match.facts.team(scored[0].side)), "goals": goals(len(scored)), "number": number(len(scored))}
    if len(scored) == len(match.facts.goals):
        every = "both goals" if len(scored) == 2 else f"all {number(len(scored))} goals"
        return {**told, "whole": by, "all_goals": every}
    told |= {"scorers": by, "other": named(match.facts.team(other(scored[0].side)))}
    return {**told, "after": score(after)} if scored[0].side == "home" else told


@slot(
    "Both sides scored {at}, {home_goals} for {home} and {away_goals} for {away}: {after}.",
    "{at} there were goals on both sides, by {home_goals} for {home} and {away_goals} for {away}: {after}.",
    "Goals by {home_goals} for {home} and {away_goals} for {away}, both {at}, made it {after}.",
)
def at_once(match: Reading, step: Minute) -> Blanks | None:
    """Goals of both sides in one minute, whose order is not known."""
    if step.is_ordered:
        return None
    told = {f"{side}_goals": _scorers(step, side) for side in ("home", "away")}
    facts = match.facts
    return {
        **told,
        "home": named(facts.home),
        "away": named(facts.away),
        "after": score(step.after),
        **minute(step.goals[0]),
    }


def _scorers(step: Minute, side: str) -> str:
    by = [goal for goal in step.goals if goal.side == side]
    kind = {True: " (own goal)", False: " (penalty)"}
    return listed([literal(goal.name) + (kind[goal.own_goal] if goal.own_goal or goal.penalty else "") for goal in by])


@slot(
    "The last goal came {at}.",
    "Nobody scored after that.",
    "That was the last goal.",
    "It was the last goal of the match.",
    "No more goals followed.",
)
def last_goal(match: Reading) -> Blanks | None:
    """When the scoring ended; told if that was long before the end of 90 minutes."""
    facts = match.facts
    if facts.extra_time is not None or not facts.minutes:
        return None
    last = facts.minutes[-1].goals[-1]
    if last.minute is None or last.minute > 70 or last.stoppage or 0 in facts.last_score:
        return None
    return minute(last)
