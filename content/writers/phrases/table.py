"""The season's table after the match: who leads and by what, who moved."""

from collections.abc import Sequence

from content.facts import MatchFacts, Standing
from content.writers.blanks import Filled, listed_names, named, one_or_more
from content.writers.grammar import Blanks, slot
from content.writers.reading import Reading
from content.writers.words import count, decimals, number, ordinal, two_decimals


def firsts(table: Sequence[Standing]) -> list[str]:
    return [line.model for line in table if line.rank == 1]


@slot("The season's table stands as it did.", "The table of the season is the same as before.")
def table_stands(match: Reading) -> Blanks | None:
    facts = match.facts
    return {} if facts.after and not facts.field.size else None


@slot("The season's table is still empty.", "There is no table of the season yet.")
def table_empty(match: Reading) -> Blanks | None:
    return None if match.facts.after else {}


@slot("Nobody has a point yet.", "No model has a point yet.", "The table begins without a point for anybody.")
def no_points_yet(match: Reading) -> Blanks | None:
    facts = match.facts
    return {} if facts.field.size and facts.after and not any(line.points for line in facts.after) else None


def _leads(match: Reading) -> list[str] | None:
    """Return who leads, with points, after a match with a field; None otherwise."""
    facts = match.facts
    return firsts(facts.after) if facts.field.size and facts.after and facts.after[0].points else None


@slot(
    "No match before this one had tips that count: {model} leads with {average} points a prediction.",
    "It is the first match with tips that count, and {model} leads with {average} points a prediction.",
    "No match before this one had tips that count: {models} share first place with {average} points a prediction.",
    "The first match with tips that count leaves {models} level at the top with {average} points a prediction.",
)
def first_table(match: Reading) -> Blanks | None:
    leads = _leads(match)
    if leads is None or match.facts.before:
        return None
    return {**one_or_more(leads), "average": two_decimals(match.facts.after[0].average)}


TIE_BREAKERS = (
    ("points", "point"),
    ("exact_hits", "exact score"),
    ("goal_difference_hits", "right goal difference"),
    ("tendency_hits", "right outcome"),
)
"""What tells models apart whose averages are equal, in this order."""


def _lead(facts: MatchFacts) -> Filled:
    """Return the leader's average and the next one's, with the decimals or the figures that tell them apart."""
    leader, behind = facts.after[0], [line for line in facts.after if line.rank > 1]
    if not behind:
        return {"average": two_decimals(leader.average)}
    second = [line.model for line in behind if line.rank == behind[0].rank]
    told: Filled = one_or_more(second, "next", "several")
    if leader.average == behind[0].average:
        figure, noun = next(
            (figure, noun) for figure, noun in TIE_BREAKERS if getattr(leader, figure) != getattr(behind[0], figure)
        )
        told |= {"level": two_decimals(leader.average), "most": count(getattr(leader, figure), noun)}
        return told | {"fewer": count(getattr(behind[0], figure), noun)}
    places = next((n for n in (2, 3, 4) if decimals(leader.average, n) != decimals(behind[0].average, n)), 6)
    return told | {"own": decimals(leader.average, places), "theirs": decimals(behind[0].average, places)}


@slot(
    "{model} still leads with {own} points a prediction, ahead of {next} with {theirs}.",
    "{model} stays in front with {own} points a prediction, ahead of {next} with {theirs}.",
    "{model} keeps first place with {own} points a prediction; {next} follows with {theirs}.",
    "At the top it is still {model} with {own} points a prediction, ahead of {next} with {theirs}.",
    "{next} is second with {theirs} points a prediction, behind {model} with {own}.",
    "After {matches} {model} leads with {own} points a prediction, ahead of {next} with {theirs}.",
    "{model} remains first, with {own} points a prediction; {next} has {theirs}.",
    "{model} leads with {own} points a prediction; {next} has {theirs}.",
    "{model} still leads with {level} points a prediction, level with {next}. So far this season {model} has {most} "
    "and {next} has {fewer}.",
    "{model} and {next} are level on {level} points a prediction. This season {model} has {most} and {next} {fewer}.",
    "{model} still leads with {average} points a prediction.",
    "{model} stays first with {average} points a prediction.",
)
def still_leads(match: Reading) -> Blanks | None:
    """One model led alone and still does."""
    leads = _leads(match)
    if leads is None or len(leads) > 1 or firsts(match.facts.before) != leads:
        return None
    told = {**_lead(match.facts), "model": named(leads[0])}
    if "several" in told:
        told["average"] = _own(match)
    return told | {"matches": count(match.facts.matches_after, "settled match", "settled matches")}


def _own(match: Reading) -> str:
    return two_decimals(match.facts.after[0].average)


@slot(
    "{model}, level at the top before, has first place alone with {average} points a prediction.",
    "{model} shared first place before and has it alone now, with {average} points a prediction.",
    "First place is now that of {model} alone, with {average} points a prediction; it was shared before.",
    "Of those level at the top before, {model} has first place alone, on {average} points a prediction.",
)
def leads_alone(match: Reading) -> Blanks | None:
    """One of several who shared first place has it alone."""
    leads, was = _leads(match), firsts(match.facts.before)
    if leads is None or len(leads) > 1 or len(was) < 2 or leads[0] not in was:
        return None
    return {"model": named(leads[0]), "average": _own(match)}


@slot(
    "{models} share first place with {average} points a prediction.",
    "{models} are level in first place, on {average} points a prediction.",
    "After {matches} {models} share first place, on {average} points a prediction.",
)
def lead_shared(match: Reading) -> Blanks | None:
    leads = _leads(match)
    if leads is None or len(leads) < 2 or not match.facts.before:
        return None
    matches = count(match.facts.matches_after, "settled match", "settled matches")
    return {"models": listed_names(leads), "average": _own(match), "matches": matches}


def _moved(facts: MatchFacts, way: int) -> list[tuple[str, int, int]]:
    """Return who climbed (1) or fell (-1) furthest, with the ranks before and after; nobody: an empty list."""
    moves = [
        (model, move.before.rank, move.after.rank)
        for model, move in facts.moves.items()
        if move.before is not None and move.places * way > 0
    ]
    most = max((abs(was - now) for _, was, now in moves), default=0)
    return [move for move in moves if abs(move[1] - move[2]) == most]


@slot(
    "{model} rose from {before} to {now}.",
    "{model} is up from {before} to {now}.",
    "{model} climbed from {before} to {now}.",
    "{model} went up from {before} to {now}.",
    "{models} rose by {places} each.",
    "The biggest climb was {places}, by {models}.",
    "{models} went up {places} each.",
)
def rose(match: Reading) -> Blanks | None:
    return _move(match, 1)


@slot(
    "{model} fell from {before} to {now}.",
    "{model} is down from {before} to {now}.",
    "{model} dropped from {before} to {now}.",
    "{model} went down from {before} to {now}.",
    "{model} slipped from {before} to {now}.",
    "{models} fell by {places} each.",
    "The biggest drop was {places}, by {models}.",
    "{models} went down {places} each.",
)
def fell(match: Reading) -> Blanks | None:
    return _move(match, -1)


def _move(match: Reading, way: int) -> Blanks | None:
    facts = match.facts
    furthest = _moved(facts, way) if facts.field.size else []
    if not furthest:
        return None
    (model, was, now), *others = furthest
    if others:
        names = [model, *(name for name, _, _ in others)]
        return {"models": listed_names(names), "places": count(abs(was - now), "place")}
    return {"model": named(model), "before": ordinal(was), "now": ordinal(now)}


@slot(
    "{up} and {down} changed places and are now {now} and {before}.",
    "{up} passed {down} and is now {now}.",
    "{up} is now {now}, ahead of {down}.",
    "{up} moved up to {now}, past {down}.",
    "{down} fell to {before}, behind {up}.",
)
def swapped(match: Reading) -> Blanks | None:
    """Two models changed places, and nobody else moved."""
    facts = match.facts
    moves = [move for move in facts.moves.values() if move.before is not None and move.places]
    if len(moves) != 2 or not facts.field.size:
        return None
    up, down = sorted(moves, key=lambda move: move.after.rank)
    if up.before is None or up.before.rank != down.after.rank or up.after.rank + 1 != down.after.rank:
        return None
    if down.before is None or down.before.rank != up.after.rank or _shares(facts, up.after.rank, down.after.rank):
        return None
    told = {"up": named(up.after.model), "down": named(down.after.model)}
    return {**told, "now": ordinal(up.after.rank), "before": ordinal(down.after.rank)}


def _shares(facts: MatchFacts, *ranks: int) -> bool:
    """Whether somebody shares one of these ranks, before or after."""
    return any(sum(line.rank == rank for line in table) != 1 for table in (facts.before, facts.after) for rank in ranks)


@slot(
    "No model changed its rank.",
    "Every rank stayed as it was.",
    "No rank in the table changed.",
    "The order of the table did not change.",
)
def unmoved(match: Reading) -> Blanks | None:
    facts = match.facts
    moves = [move for move in facts.moves.values() if move.before is not None]
    return {} if facts.field.size and len(moves) > 1 and not any(move.places for move in moves) else None


@slot(
    "{model} is last with {average} points a prediction.",
    "Last in the table is {model}, with {average} points a prediction.",
    "At the bottom of the table {model} has {average} points a prediction.",
    "{models} share last place with {average} points a prediction.",
    "{model} stands last, on {average} points a prediction.",
)
def last(match: Reading) -> Blanks | None:
    """Who is last, if somebody is ahead of them."""
    table = match.facts.after
    if not match.facts.field.size or not table or table[-1].rank == 1:
        return None
    lowest = [line.model for line in table if line.rank == table[-1].rank]
    return {**one_or_more(lowest), "average": two_decimals(table[-1].average)}


@slot(
    "So far this season {outcomes} of {made} predictions had the outcome, {exact} of them the exact score.",
    "Of {made} predictions this season {outcomes} had the outcome and {exact} the exact score.",
    "This season {outcomes} of {made} predictions have had the outcome, and {exact} the exact score.",
)
def season_so_far(match: Reading) -> Blanks | None:
    totals = match.facts.season_totals
    if not match.facts.field.size or totals.models < 2 or totals.exact_hits < 2:
        return None
    return {
        "matches": count(match.facts.matches_after, "settled match", "settled matches"),
        "made": number(totals.predictions),
        "outcomes": number(totals.tendency_hits),
        "exact": number(totals.exact_hits),
    }


@slot(
    "{model} has the most exact scores of the season, {exact}.",
    "{models} have the most exact scores of the season, {exact} each.",
    "Most exact scores so far: {model}, with {exact}.",
    "With {exact} exact scores {model} has the most of the season.",
    "With {exact} exact scores each {models} have the most of the season.",
)
def most_exact(match: Reading) -> Blanks | None:
    """Who has the most exact scores of the season, where one of them has just had another."""
    facts = match.facts
    most = max((line.exact_hits for line in facts.after), default=0)
    who = [line.model for line in facts.after if line.exact_hits == most]
    if most < 2 or not {tip.model for tip in facts.exact} & set(who):
        return None
    return {**one_or_more(who), "exact": number(most)}


@slot(
    "{model}, with the most points from this match, is {place} in the table with {average} points a prediction.",
    "The most points from this match went to {model}, now {place} with {average} points a prediction.",
    "{model} took most from this match and is {place} of {size} with {average} points a prediction.",
    "{model}, who took most here, stands {place} in the table with {average} points a prediction.",
    "The {taken} put {model} on {average} points a prediction, in {place} place.",
)
def place_of_the_best(match: Reading) -> Blanks | None:
    """Where the model stands that took most from the match, if it is one alone and neither first nor last."""
    facts = match.facts
    most = max((tip.points or 0 for tip in facts.in_time), default=0)
    top = [tip.model for tip in facts.in_time if tip.points == most]
    if not most or len(top) != 1 or len(facts.after) < 3:
        return None
    move = facts.moves[top[0]]
    line = move.after
    if move.places:
        return None  # it is told that it moved
    if line.rank in (1, facts.after[-1].rank) or sum(other.rank == line.rank for other in facts.after) > 1:
        return None
    return {
        "model": named(line.model),
        "taken": count(most, "point"),
        "place": ordinal(line.rank),
        "average": two_decimals(line.average),
        "size": number(len(facts.after)),
    }
