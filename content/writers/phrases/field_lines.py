"""Storylines of the field, by key: how the predictions did. In a lede they may use `line`, which is the score."""

from content.writers.blanks import Filled, counted_line, field_of, one_or_more, outcome, points
from content.writers.grammar import Blanks, Slot, slot
from content.writers.reading import Reading
from content.writers.words import number


def _known(match: Reading, key: str, lede: bool) -> Filled | None:
    """Return the field, the outcome, the score that counts and, in a lede, `line`; None if it is not true."""
    line = match.lines.get(key)
    if line is None:
        return None
    told = {**field_of(match), **counted_line(match), "outcome": outcome(match)}
    if not lede:
        told.pop("line", None)
    return {**told, **one_or_more(line.models)}


def _earned(match: Reading, model: str) -> str:
    """Return the points of a model: `seven points`."""
    return points(next(tip.points or 0 for tip in match.facts.in_time if tip.model == model))


@slot(
    "{line}, and {none_of} had the outcome.",
    "{none_of} had the outcome of {line}.",
    "{all_models} were wrong about {line}.",
    "{none_of} had {outcome}.",
    "Nobody had {outcome}, in a field of {n}.",
    "{outcome} was predicted by {none_of}.",
    "Not one of the {field} had tipped {outcome}.",
    "In a field of {n}, nobody tipped {outcome}.",
)
def nobody_saw_it(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "nobody_saw_it", lede)


@slot(
    "{all_models} went for {chosen}, and all were wrong.",
    "{all_models} agreed on {chosen} and were wrong.",
    "{all_models} tipped {chosen}; it was {outcome}.",
    "{line}: {all_models} had gone for {chosen}.",
    "{all_predictions} were for {chosen}, and none of them was right.",
    "Every one of the {field} went for {chosen}, and it was {outcome}.",
    "It ended {line}, and {all_models} had tipped {chosen}.",
)
def unanimous_and_wrong(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "unanimous_and_wrong", lede)
    if told is None:
        return None
    chosen = next(tendency for tendency in ("home", "draw", "away") if match.facts.field.chosen(tendency))
    return {**told, "chosen": outcome(match, chosen)}


@slot(
    "Only {model} had {outcome}.",
    "{model} was the only one of the {field} with the outcome of {line}.",
    "{line}: only {model} had the outcome right.",
    "Of the {field}, only {model} tipped {outcome}.",
    "{model} alone had {outcome}, which earned {earned}.",
    "Only one of the {field} had {outcome}: {model}.",
    "{wrong} of the {field} were wrong about {line}; only {model} was right.",
    "Only {model} was right about {line}, and took {earned} for it.",
    "{model} tipped {outcome}; the other {others} were wrong.",
    "{model} took {earned} as the only one with {outcome}.",
    "Among the {field}, {model} was alone in tipping {outcome}.",
)
def only_one_saw_it(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "only_one_saw_it", lede)
    if told is None:
        return None
    told["earned"] = _earned(match, match.lines["only_one_saw_it"].models[0])
    wrong = match.facts.field.size - 1
    return {**told, "wrong": number(wrong), "others": f"{number(wrong)} models"} if wrong > 1 else told


@slot(
    "{all_models} had the outcome of {line}.",
    "{all_models} were right about {line}.",
    "{all_models} had {outcome}.",
    "{all_models} had tipped {outcome}, and were right.",
    "The outcome of {line} was right in {all_predictions}.",
    "Nobody was wrong about {line}: {all_models} had the outcome.",
    "{outcome} had been tipped by {all_models}.",
    "{all_predictions} were for {outcome}, and right.",
    "It ended {line}, and {all_models} had the outcome.",
)
def everyone_saw_it(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "everyone_saw_it", lede)


@slot(
    "{model} was the only one of the {field} to have {line} exactly.",
    "Only {model} had the exact score, {counted}.",
    "{line}: only {model} had it exactly.",
    "One of the {field} had {line} exactly: {model}.",
    "{model} alone had {counted} exactly.",
    "The only exact prediction of {line} came from {model}.",
    "Of the {field}, only {model} had {counted}.",
    "Only {model} had the exact score, {counted}, for {earned}.",
    "It ended {line}, the score that only {model} had tipped.",
    "{model} tipped {counted}, the exact score, and was alone with it.",
    "{line} was the tip of {model}, and of no other model.",
    "Among the {field} only {model} had said {counted}, and took {earned}.",
)
def lone_exact(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "lone_exact", lede)
    return None if told is None else {**told, "earned": _earned(match, match.lines["lone_exact"].models[0])}


@slot(
    "{k} of the {field} had {line} exactly.",
    "{k} of the {field} had the exact score, {counted}.",
    "{line}: {k} of the {field} had the exact score.",
    "The exact score, {counted}, was in {k} of the {n} predictions.",
    "It ended {line}, exactly as {k} of the {field} had tipped it.",
    "{models} had {line} exactly.",
    "{models} had the exact score, {counted}.",
    "There were {k} exact predictions of {line}, in a field of {n}.",
    "Of the {field}, {k} had {counted} exactly.",
    "{k} of the {field} had tipped {counted}, the exact score.",
)
def many_exact(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "many_exact", lede)
    return None if told is None else {**told, "k": number(int(match.lines["many_exact"].value("k")))}


@slot(
    "{right} of the {field} had the outcome of {line}, the smallest share of the season so far.",
    "Never this season had a smaller share of the field been right: {right} of the {field}.",
    "{right} of the {field} had the outcome, the smallest share so far; it had been {before} of {before_n} models.",
    "{line} was the outcome that the smallest share of any field this season has had: {right} of the {field}.",
    "With {right} of the {field} right, no field of the season so far had a smaller share with the outcome.",
    "The smallest share of the season so far had the outcome: {right} of the {field}.",
    "The smallest share with the outcome had been {before} of {before_n} models; here it was {right} of the {field}.",
)
def biggest_miss(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "biggest_miss", lede)
    if told is None:
        return None
    line = match.lines["biggest_miss"]
    right, before, before_n = (int(line.value(name)) for name in ("right", "before_right", "before_n"))
    told["right"] = number(right) if right else "none"
    return {**told, "before": number(before), "before_n": number(before_n)} if before else told


@slot(
    "{model} took {points} from {line}, more than any model from one match of the season before.",
    "{line} brought {model} {points}, the most from one match this season so far.",
    "{points} for {model} are the most that one match of this season has brought so far.",
    "No match of the season before had brought a model more than {before}; {model} took {points}.",
    "{models} took {points} each from {line}, more than any model from one match of the season before.",
    "{points} each for {models} are the most that one match of this season has brought so far.",
    "No match of the season before had brought a model more than {before}; {models} took {points} each.",
    "{points} from one match had not been had this season; {model} took them.",
    "{points} from one match had not been had this season; {models} took them.",
)
def top_score(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "top_score", lede)
    if told is None:
        return None
    most, before = (int(match.lines["top_score"].value(name)) for name in ("points", "before"))
    return {**told, "points": points(most), "before": points(before)} if before else {**told, "points": points(most)}


@slot(
    "Not a point went to any of the {field}.",
    "{line}: {none_of} took a point.",
    "{none_of} took a point.",
    "The {field} took no points.",
    "No points were taken, in a field of {n}.",
)
def no_points(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "no_points", lede)


FIELD_LINES: dict[str, Slot] = {
    line.name: line
    for line in (
        unanimous_and_wrong,
        only_one_saw_it,
        nobody_saw_it,
        biggest_miss,
        top_score,
        lone_exact,
        many_exact,
        everyone_saw_it,
        no_points,
    )
}
