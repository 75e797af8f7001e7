"""What a headline says after the score, by storyline: plain text, without a full stop."""

from collections.abc import Callable

from content.course import other
from content.storylines import Storyline
from content.writers.blanks import Filled, field_of, goals, minute, points
from content.writers.grammar import Blanks, Name, Slot
from content.writers.reading import Reading
from content.writers.words import count, listed, number, ordinal, score

HEADLINES: dict[str, tuple[str, ...]] = {
    "came_from_behind": (
        "{side} come from behind",
        "{side} win after trailing by {deficit}",
        "{side} win after trailing at {half_time}",
    ),
    "lead_lost": ("{side} led by {lead} and did not win", "{side} led at {half_time} and did not win"),
    "late_winner": ("{scorer} decides it {at}", "decided {at}"),
    "late_equaliser": ("{scorer} equalises {at}", "level {at}, by {scorer}"),
    "decided_on_penalties": ("{side} win {goals} on penalties", "{side} win the shoot-out {goals}"),
    "extra_time": ("it was {full_time} after 90 minutes",),
    "goal_feast": ("{feast}", "a match of {feast}"),
    "most_goals": ("the most goals of the season so far", "{feast}, the most of the season so far"),
    "goalless": ("no goals", "neither side scores", "goalless"),
    "big_win": ("{side} win by {margin}", "{side} beat {other} by {margin}"),
    "hat_trick": ("{feast} by {scorer}", "{scorer} scores {feast}"),
    "early_goal": ("{scorer} scores {at}", "a goal by {scorer} {at}"),
    "own_goal_decided": ("an own goal by {scorer} decides it", "decided by an own goal"),
    "derby": ("{derby}",),
    "nobody_saw_it": ("{none_of} had the outcome", "{all_models} were wrong"),
    "only_one_saw_it": (
        "only {model} had the outcome",
        "{model} alone had the outcome",
        "one of {n} models had the outcome",
    ),
    "everyone_saw_it": ("{all_models} had the outcome", "the outcome was right in {all_predictions}"),
    "lone_exact": ("only {model} had the score", "{model} alone had the score", "one of {n} models had the score"),
    "many_exact": ("{k} of {n} models had the exact score", "exact for {k} of {n} models"),
    "unanimous_and_wrong": ("{all_models} agreed and were wrong", "unanimous and wrong, {all_models}"),
    "biggest_miss": (
        "the smallest share so far had the outcome",
        "{right} of {n} models had the outcome",
    ),
    "top_score": (
        "{points} for {model}, the most from one match so far",
        "{points} each for {models}, the most from one match so far",
    ),
    "no_points": ("{none_of} took a point", "no points for {all_models}"),
    "new_leader": (
        "{model} takes first place from {from}",
        "{model} is the new leader",
        "{models} share first place now",
    ),
    "lead_grown": ("{model} leads by {gap} now", "{model} extends its lead to {gap}", "lead of {model} grows to {gap}"),
    "lead_shrunk": (
        "lead of {model} down to {gap}",
        "{model} still leads, by {gap}",
        "lead of {model} shrinks to {gap}",
    ),
    "level_at_the_top": ("{models} are level at the top", "{models} share first place"),
    "longest_streak": (
        "{model} has {length} outcomes right in a row",
        "{models} have {length} outcomes right in a row each",
        "longest run of the season for {model}, {length} outcomes",
    ),
    "streak_ended": (
        "the run of {model} ends after {length} outcomes",
        "{model} is wrong after {length} right outcomes in a row",
    ),
    "first_exact": ("first exact score of the season for {model}", "{model} has its first exact score"),
    "exact_after_drought": (
        "{model} exact after {without} without",
        "first exact score for {model} in {more}",
        "{model} has the exact score, after {without} without",
    ),
    "biggest_climb": ("{model} climbs from {was} to {now}", "{model} up to {now} from {was}"),
    "biggest_fall": ("{model} falls from {was} to {now}", "{model} down to {now} from {was}"),
    "best_round": ("best round of the season so far for {model}", "{model} has its best round of the season so far"),
    "worst_round": ("worst round of the season so far for {model}", "{model} has its worst round of the season so far"),
    "debut": ("{model} is in the table for the first time", "{models} are in the table for the first time"),
}


def headline_slot(key: str) -> Slot:
    return Slot(f"headline {key}", _blanks, HEADLINES[key], capital=False)


def plain(text: str) -> Name:
    return Name(" ".join(text.split()))


def _blanks(match: Reading, line: Storyline) -> Blanks:
    facts = match.facts
    told: Filled = dict(field_of(match))
    if line.models:
        told["model" if len(line.models) == 1 else "models"] = plain(listed(_few(line.models)))
    if line.side:
        told |= {"side": plain(facts.team(line.side)), "other": plain(facts.team(other(line.side)))}
    for name, value in line.evidence:
        told |= EVIDENCE[name](name, value) if name in EVIDENCE else {}
    if dict(line.evidence).get("from") == "half-time":
        # By how much a side led is known of half-time only.
        told = {name: told[name] for name in told if name not in ("deficit", "lead")} | {"half_time": "half-time"}
    told |= {"full_time": score(facts.full_time)} if facts.full_time else {}
    return told | _at(match, line)


def _few(models: tuple[str, ...]) -> list[str]:
    return list(models) if len(models) < 4 else [*models[:2], f"{number(len(models) - 2)} others"]


def _at(match: Reading, line: Storyline) -> Filled:
    """Return when the goal fell that a storyline is about."""
    values = dict(line.evidence)
    for goal in match.facts.goals:
        if (goal.side, goal.name, goal.clock) == (line.side, values.get("scorer"), values.get("minute")):
            return {"at": minute(goal)["at"]}
    return {}


def _as_goals(name: str, value: int | str) -> Filled:
    return {name: goals(int(value))}


def _goals(name: str, value: int | str) -> Filled:
    """A number of goals, or the score of a shoot-out."""
    return {name: value} if isinstance(value, str) else {"feast": goals(value), "number": number(value)}


def _points(name: str, value: int | str) -> Filled:
    return {name: points(int(value))}


def _as_number(name: str, value: int | str) -> Filled:
    return {name: number(int(value))}


def _text(name: str, value: int | str) -> Filled:
    return {name: str(value)}


def _rank(name: str, value: int | str) -> Filled:
    """A rank; or, as text, who led before."""
    if isinstance(value, str):
        return {name: plain(value)}
    return {"was" if name == "from" else "now": ordinal(value)}


def _n(name: str, value: int | str) -> Filled:
    n = int(value)
    return {"n": number(n), "without": count(n, "prediction"), "more": count(n + 1, "prediction")}


EVIDENCE: dict[str, Callable[[str, int | str], Filled]] = {
    "deficit": _as_goals,
    "lead": _as_goals,
    "margin": _as_goals,
    "goals": _goals,
    "points": _points,
    "k": _as_number,
    "right": lambda name, value: {name: number(int(value))} if value else {},
    "length": _as_number,
    "gap": _text,
    "scorer": lambda name, value: {name: plain(str(value))},
    "name": lambda _, value: {"derby": plain(str(value))},
    "from": _rank,
    "to": _rank,
    "n": _n,
}
