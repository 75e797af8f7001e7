"""Who was right, how exactly, and what it was worth."""

from collections.abc import Sequence
from fractions import Fraction

from content.facts import Tip
from content.writers.blanks import Filled, field_of, one_or_more, outcome, points
from content.writers.grammar import Blanks, slot
from content.writers.reading import Reading
from content.writers.words import NAMED, number, score, two_decimals

FEW = NAMED
"""Up to so many models are named; more are counted, and stand in the table."""


def _who(match: Reading, tips: Sequence[Tip]) -> Filled:
    """Return `model` or `models` for a few, in an order of this match, `k` for several.

    Of many only `k`; or `everybody`, if they are the whole field.
    """
    models = [tip.model for tip in tips]
    turn = match.below(len(models), "turn") if models else 0
    if len(models) > FEW and len(models) == match.facts.field.size:
        return {"everybody": f"all {number(len(models))} {'tips that count' if match.facts.uncounted else 'models'}"}
    told: Filled = {} if len(models) > FEW else one_or_more(models[turn:] + models[:turn])
    return told | ({"k": number(len(models))} if len(models) > 1 else {})


def _base(match: Reading) -> Filled:
    return {**field_of(match), "counted": score(match.facts.counted), "outcome": outcome(match)}


@slot(
    "On the score that counts it was {outcome}, and the tip earned nothing.",
    "It was {outcome} on the score that counts; the tip earned nothing.",
    "The tip was wrong and earned nothing.",
)
def the_one_was_wrong(match: Reading) -> Blanks | None:
    facts = match.facts
    return {"outcome": outcome_counted(match)} if facts.field.size == 1 and not facts.in_time[0].tendency_hit else None


@slot(
    "That was exact, and earned {earned}.",
    "It was the exact score, for {earned}.",
    "It had the exact score, {counted}, for {earned}.",
)
def the_one_was_exact(match: Reading) -> Blanks | None:
    facts = match.facts
    if facts.field.size != 1 or not facts.exact:
        return None
    return {"earned": points(facts.exact[0].points or 0), "counted": score(facts.counted)}


@slot(
    "It had the outcome, but not the score, and earned {earned}.",
    "The outcome was right, the score was not: {earned}.",
    "That had the right outcome, without the score, and earned {earned}.",
)
def the_one_was_right(match: Reading) -> Blanks | None:
    facts = match.facts
    if facts.field.size != 1 or not facts.in_time[0].tendency_hit or facts.exact:
        return None
    return {"earned": points(facts.in_time[0].points or 0)}


def outcome_counted(match: Reading) -> str:
    """Return the outcome without saying on which score it is, for sentences that do."""
    return outcome(match).removesuffix(" on the score that counts")


@slot(
    "On the score that counts it was {outcome}, which {none} had: the whole field earned nothing.",
    "It was {outcome} on the score that counts; {none} had that, and there was not a point to share.",
    "No points were earned: {none} had {outcome}.",
    "As {none} had {outcome}, no points were taken.",
    "The field of {n} earned nothing, for {none} had {outcome}.",
    "There were no points, as {none} had tipped {outcome}.",
)
def all_wrong(match: Reading) -> Blanks | None:
    facts = match.facts
    if facts.field.size < 2 or facts.field.chosen(facts.tendency):
        return None
    told = {"none": "no tip that counts" if facts.uncounted else "nobody"}
    return {**told, "outcome": outcome_counted(match), "n": number(facts.field.size)}


@slot(
    "The whole field earned nothing.",
    "Nobody took a point.",
    "No points went to the {field}.",
    "The {field} took no points from it.",
)
def nothing_earned(match: Reading) -> Blanks | None:
    """Told in place of `all_wrong` where it has been said that nobody was right."""
    facts = match.facts
    told = field_of(match)
    return told if facts.field.size > 1 and not facts.field.chosen(facts.tendency) and "nobody" in told else None


@slot(
    "{models} had {counted} exactly.",
    "{model} had {counted} exactly.",
    "{model} alone had {only} exactly.",
    "The one exact tip, {only}, was by {model}.",
    "{model} had the exact score, {counted}, and took {earned}.",
    "{models} had the exact score, {counted}, and took {earned} each.",
    "The exact score brought {models} {earned} each.",
    "The exact score brought {model} {earned}.",
    "{earned} each went to {models} for the exact score.",
    "{earned} went to {model} for the exact score, {counted}.",
    "{k} of the {field} had {counted} exactly, for {earned} each.",
    "{everybody} had {counted} exactly, for {earned} each.",
    "{everybody} had the exact score, {counted}.",
    "{k} of the {field} were exact, for {earned} each.",
    "{models} had tipped {counted}, for {earned} each.",
    "{model} had tipped {counted}, for {earned}.",
    "{model} was exact, for {earned}.",
    "{models} were exact, for {earned} each.",
)
def exact(match: Reading) -> Blanks | None:
    facts = match.facts
    if facts.field.size < 2 or not facts.exact:
        return None
    told = {**_base(match), **_who(match, facts.exact), "earned": points(facts.exact[0].points or 0)}
    return {**told, "only": told["counted"]} if len(facts.exact) == 1 and not facts.uncounted else told


@slot(
    "{none} had the exact score.",
    "{none} had {counted} exactly.",
    "{none} had the exact score, {counted}.",
    "{none} had tipped {counted}.",
)
def no_exact(match: Reading) -> Blanks | None:
    facts = match.facts
    if facts.field.size < 2 or facts.exact:
        return None
    none = "no tip that counts" if facts.uncounted else "nobody"
    return {"none": none, "counted": score(facts.counted)}


@slot(
    "{models} had the goal difference, but not the score.",
    "{model} had the goal difference, but not the score.",
    "{models} had the right goal difference, for {earned} each.",
    "{model} had the right goal difference, for {earned}.",
    "The goal difference was right for {models}.",
    "The goal difference was right for {model}.",
    "{earned} went to {model}, who had the goal difference.",
    "{earned} each went to {models}, who had the goal difference.",
    "{k} of the {field} had the goal difference, for {earned} each.",
    "{everybody} had the goal difference, for {earned} each.",
    "With the right goal difference {models} took {earned} each.",
    "With the right goal difference {model} took {earned}.",
)
def difference(match: Reading) -> Blanks | None:
    facts = match.facts
    near = [tip for tip in facts.in_time if tip.difference_hit and not tip.exact_hit]
    if facts.field.size < 2 or not near or facts.tendency == "draw":
        return None
    return {**_base(match), **_who(match, near), "earned": points(near[0].points or 0)}


@slot(
    "{models} had a draw, with another score.",
    "{model} had a draw, with another score.",
    "{models} had the draw, but not as {counted}, and took {earned} each.",
    "{model} had the draw, but not as {counted}, and took {earned}.",
    "{earned} each went to {models} for a draw with another score.",
    "{earned} went to {model} for a draw with another score.",
    "{k} of the {field} had a draw with another score, for {earned} each.",
    "{everybody} had a draw with another score, for {earned} each.",
)
def other_draw(match: Reading) -> Blanks | None:
    facts = match.facts
    near = [tip for tip in facts.in_time if tip.difference_hit and not tip.exact_hit]
    if facts.field.size < 2 or not near or facts.tendency != "draw":
        return None
    return {**_base(match), **_who(match, near), "earned": points(near[0].points or 0)}


@slot(
    "{models} had the right outcome and no more.",
    "{model} had the right outcome and no more.",
    "{models} had the outcome only, for {earned} each.",
    "{model} had the outcome only, for {earned}.",
    "{models} had the outcome, without score or goal difference.",
    "{model} had the outcome, without score or goal difference.",
    "{earned} each went to {models} for the outcome.",
    "{earned} went to {model} for the outcome.",
    "{k} of the {field} had the outcome only, for {earned} each.",
    "{everybody} had the outcome only, for {earned} each.",
    "{everybody} had the outcome, without score or goal difference.",
    "For the outcome {models} took {earned} each.",
    "For the outcome {model} took {earned}.",
)
def way_only(match: Reading) -> Blanks | None:
    facts = match.facts
    way = [tip for tip in facts.in_time if tip.tendency_hit and not tip.difference_hit]
    if facts.field.size < 2 or not way:
        return None
    return {**_base(match), **_who(match, way), "earned": points(way[0].points or 0)}


@slot(
    "{models} went away with nothing.",
    "{model} went away with nothing.",
    "{models} were wrong.",
    "{model} was wrong.",
    "{k} of the {field} went away with nothing.",
    "{k} of the {field} were wrong.",
    "{models} took no points.",
    "{model} took no points.",
    "{k} of the {field} earned nothing.",
    "There were no points for {models}.",
    "There were no points for {model}.",
)
def wrong(match: Reading) -> Blanks | None:
    facts = match.facts
    missed = [tip for tip in facts.in_time if not tip.tendency_hit]
    if facts.field.size < 2 or not missed or len(missed) == facts.field.size:
        return None
    return {**_base(match), **_who(match, missed)}


@slot(
    "{right} of the {field} had the outcome.",
    "{several} of the {field} were right about the outcome.",
    "The outcome was right in {right} of the {n} predictions.",
    "{outcome} was tipped by {right} of the {field}.",
    "{right} of the {field} had tipped {outcome}.",
    "{outcome} had been tipped by {right} of the {field}.",
    "Of the {field}, {right} had {outcome}.",
    "The outcome was right for {right} of the {field}, wrong for {missed}.",
)
def share_right(match: Reading) -> Blanks | None:
    """Some of the field were right, and some wrong."""
    facts = match.facts
    right, size = facts.field.chosen(facts.tendency), facts.field.size
    if size < 2 or right in (0, size):
        return None
    told = {**_base(match), "right": number(right)}
    told |= {"several": number(right)} if right > 1 else {}
    return {**told, "missed": number(size - right)} if right > 1 and size - right > 1 else told


@slot(
    "{outcome}, tipped by {right} of the {field}, was worth {worth}.",
    "{outcome} was worth {worth}.",
    "The right outcome was worth {worth}.",
    "The quota for {outcome} was {worth}.",
    "Tipped by {right} of the {field}, {outcome} was worth {worth}.",
)
def worth(match: Reading) -> Blanks | None:
    """What the outcome was worth, where the field decides that; some had it."""
    facts = match.facts
    quota, right = facts.quota_of(facts.tendency), facts.field.chosen(facts.tendency)
    if quota is None or not right or facts.field.size < 2:
        return None
    return {**_base(match), "right": number(right), "worth": points(facts.field.quota(facts.tendency))}


@slot(
    "Together the {field} took {total}, {each} each on average.",
    "The {field} took {total} between them.",
    "In all, {total} went to the {field}.",
    "On average the {field} took {each} points each.",
    "The {n} predictions brought {total} in all.",
    "All told, the {field} took {total}.",
)
def takings(match: Reading) -> Blanks | None:
    earned = [tip.points or 0 for tip in match.facts.in_time]
    if len(earned) < 3 or not any(earned):
        return None
    return {
        **field_of(match),
        "total": points(sum(earned)),
        "each": two_decimals(Fraction(sum(earned), len(earned))),
    }


@slot(
    "The most for one model was {most}.",
    "No model took more than {most}.",
    "{model} took most, {most}.",
    "{models} took most, {most} each.",
    "The most went to {model}: {most}.",
    "The most went to {models}: {most} each.",
)
def best(match: Reading) -> Blanks | None:
    """Who took most, where nobody was exact: otherwise it is told with the exact score."""
    facts = match.facts
    most = max((tip.points or 0 for tip in facts.in_time), default=0)
    top = [tip for tip in facts.in_time if tip.points == most]
    if not most or facts.field.size < 3 or len({tip.points for tip in facts.in_time} - {0}) < 2:
        return None
    return {**_who(match, top), "most": points(most), "number": number(most)}
