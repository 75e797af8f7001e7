"""Storylines of the season's table, by key: leads, moves, runs and rounds. None of them tells the result."""

from fractions import Fraction

from content.writers.blanks import Filled, named, one_or_more, points
from content.writers.grammar import Blanks, Slot, slot
from content.writers.reading import Reading
from content.writers.words import count, literal, number, ordinal, ordinal_figure, two_decimals


def _known(match: Reading, key: str) -> Filled | None:
    """Return `model`, or `models` if they are several, and the numbers of the evidence; None if it is not true."""
    line = match.lines.get(key)
    if line is None:
        return None
    told = one_or_more(line.models)
    after = match.facts.after
    if key in ("new_leader", "level_at_the_top"):
        told["average"] = two_decimals(after[0].average)
    return told


def _value(match: Reading, key: str, name: str) -> int:
    return int(match.lines[key].value(name))


@slot(
    "{model} is the new leader, ahead of {former}.",
    "{model} takes first place from {former}.",
    "There is a new leader: {model}, with {average} points a prediction, takes over from {former}.",
    "{former} led before this match; {model} leads now.",
    "{model} goes top with {average} points a prediction; until this match {former} led.",
    "The new leader is {model}, on {average} points a prediction.",
    "{model} takes over at the top from {former}, on {average} points a prediction.",
    "{models} share first place now, which {former} had before.",
    "{models} share the lead, on {average} points a prediction; before this match {former} led.",
    "{formers} shared first place before; {model} has it now, on {average} points a prediction.",
    "{model} takes first place, on {average} points a prediction; {formers} had shared it.",
)
def new_leader(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "new_leader")
    if told is None:
        return None
    former = [line.model for line in match.facts.before if line.rank == 1]
    return {**told, **one_or_more(former, "former", "formers")}


@slot(
    "{model} leads by {gap} points a prediction now; the lead was {before} before this match.",
    "The lead of {model} has grown from {before} to {gap} points a prediction.",
    "{model} is {gap} points a prediction ahead of {second}, up from {before}.",
    "{model} adds to its lead, which is {gap} points a prediction and was {before}.",
    "{model} leads {second} by {gap} points a prediction; the lead was {before} before this match.",
    "First place stays with {model}, whose lead has grown from {before} to {gap} points a prediction.",
    "{second} trails {model} by {gap} points a prediction; the lead was {before} before this match.",
    "{model} extends its lead from {before} to {gap} points a prediction.",
    "{model} leads by {gap} points a prediction, up from {before}.",
    "{model} leads by {gap} points a prediction now.",
)
def lead_grown(match: Reading, lede: bool) -> Blanks | None:
    return _lead_moved(match, "lead_grown")


@slot(
    "The lead of {model} is down from {before} to {gap} points a prediction.",
    "{model} still leads, but by {gap} points a prediction instead of {before}.",
    "{model} stays first, with its lead down from {before} to {gap} points a prediction.",
    "{second} is {gap} points a prediction behind {model}; the lead was {before} before this match.",
    "{model} keeps first place; its lead is {gap} points a prediction and was {before}.",
    "The lead of {model} over {second} is {gap} points a prediction, down from {before}.",
    "The lead of {model} has shrunk from {before} to {gap} points a prediction.",
    "First place stays with {model}, whose lead has shrunk from {before} to {gap} points a prediction.",
    "{model} leads by {gap} points a prediction, down from {before}.",
)
def lead_shrunk(match: Reading, lede: bool) -> Blanks | None:
    return _lead_moved(match, "lead_shrunk")


def _lead_moved(match: Reading, key: str) -> Blanks | None:
    told = _known(match, key)
    if told is None:
        return None
    gap, before = (str(match.lines[key].value(name)) for name in ("gap", "before"))
    told |= {"gap": gap} if before == "0.00" else {"gap": gap, "before": before}
    after = match.facts.after
    behind = [line.model for line in after if line.rank == after[1].rank]
    return {**told, "second": named(behind[0])} if len(behind) == 1 else told


@slot(
    "{models} share first place with {average} points a prediction.",
    "{models} are level at the top, on {average} points a prediction.",
    "First place is shared: {models} have {average} points a prediction.",
    "{models} lead together, with {average} points a prediction.",
    "At the top {models} are level on {average} points a prediction.",
    "The lead is shared by {models}, on {average} points a prediction.",
)
def level_at_the_top(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "level_at_the_top")


@slot(
    "{model} has had {length} outcomes right in a row, the longest run of the season so far.",
    "{length} right outcomes in a row: {model} has the longest run of the season so far.",
    "The longest run of the season so far belongs to {model}: {length} outcomes right in a row.",
    "No model had more than {before} outcomes right in a row this season; {model} is at {length}.",
    "{model} has been right {length} times in a row, longer than any run of the season before.",
    "With {length} right outcomes in a row {model} has the longest run of the season so far.",
    "{models} have each had {length} outcomes right in a row, the longest run of the season so far.",
    "The longest run of the season so far, {length} right outcomes, is shared by {models}.",
    "{models} have each been right {length} times in a row, longer than any run of the season before.",
)
def longest_streak(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "longest_streak")
    if told is None:
        return None
    length, before = (_value(match, "longest_streak", name) for name in ("length", "before"))
    told["length"] = number(length)
    return {**told, "before": number(before)} if before > 1 else told


@slot(
    "The run of {model} ended after {length} right outcomes.",
    "{model} was wrong after {length} right outcomes in a row.",
    "After {length} right outcomes in a row {model} was wrong.",
    "A run of {length} right outcomes ended for {model}.",
    "This match ended a run of {length} right outcomes by {model}.",
    "The run of right outcomes by {model} ended at {length}.",
    "{model} had a run of {length} right outcomes, which ended here.",
)
def streak_ended(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "streak_ended")
    return None if told is None else {**told, "length": number(_value(match, "streak_ended", "length"))}


@slot(
    "{model} had its first exact score of the season, in its {nth} prediction.",
    "It was the first exact score of the season for {model}, in its {nth} prediction.",
    "The {nth} prediction of {model} was its first exact one of the season.",
    "{model} had to make {predictions} for its first exact score of the season.",
    "After {without} without one, {model} had its first exact score of the season.",
    "For {model} it was the first exact score in {predictions} this season.",
)
def first_exact(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "first_exact")
    if told is None:
        return None
    n = _value(match, "first_exact", "n")
    told["nth"] = ordinal(n) if n < 10 else ordinal_figure(n)
    return {**told, "predictions": count(n, "prediction"), "without": count(n - 1, "prediction")} if n > 2 else told


@slot(
    "{model} had its first exact score after {n} predictions without one.",
    "After {n} predictions without an exact score {model} had one.",
    "For {model} it was the first exact score after {n} predictions without one.",
    "{n} predictions without an exact score ended here for {model}.",
    "{model} had an exact score, its first after {n} predictions without one.",
    "It was the first exact score by {model} after {n} predictions without one.",
)
def exact_after_drought(match: Reading, lede: bool) -> Blanks | None:
    told = _known(match, "exact_after_drought")
    return None if told is None else {**told, "n": number(_value(match, "exact_after_drought", "n"))}


@slot(
    "{model} climbed {places}, from {before} to {now}.",
    "{model} rose from {before} to {now}, further than any other model.",
    "The biggest climb was that of {model}, from {before} to {now}.",
    "From {before} to {now}: {model} climbed furthest.",
    "{model} went up {places} to {now}; no other model climbed as far.",
    "No model climbed further than {model}, up from {before} to {now}.",
)
def biggest_climb(match: Reading, lede: bool) -> Blanks | None:
    return _moved(match, "biggest_climb")


@slot(
    "{model} fell {places}, from {before} to {now}.",
    "{model} fell from {before} to {now}, further than any other model.",
    "The biggest fall was that of {model}, from {before} to {now}.",
    "From {before} to {now}: {model} fell furthest.",
    "{model} went down {places} to {now}; no other model fell as far.",
    "No model fell further than {model}, down from {before} to {now}.",
)
def biggest_fall(match: Reading, lede: bool) -> Blanks | None:
    return _moved(match, "biggest_fall")


def _moved(match: Reading, key: str) -> Blanks | None:
    told = _known(match, key)
    if told is None:
        return None
    was, now = _value(match, key, "from"), _value(match, key, "to")
    return {**told, "before": ordinal(was), "now": ordinal(now), "places": count(abs(was - now), "place")}


@slot(
    "{model} has {average} points a prediction from {round}, its best round of the season so far.",
    "{round} is the best round of the season so far for {model}: {points} from {predictions}.",
    "With {points} from {predictions}, {round} is the best round of the season so far for {model}.",
    "No round of the season before was better for {model} than {round}: {average} points a prediction.",
    "{model} took {points} from {predictions} in {round}, more a prediction than in any round before.",
    "{round} has brought {model} {average} points a prediction, its best so far; it was {record} before.",
    "The best round of {model} had been {record_round} with {record} points a prediction; {round} is at {average}.",
)
def best_round(match: Reading, lede: bool) -> Blanks | None:
    return _of_round(match, "best_round")


@slot(
    "{model} has {average} points a prediction from {round}, its worst round of the season so far.",
    "{round} is the worst round of the season so far for {model}: {points} from {predictions}.",
    "With {points} from {predictions}, {round} is the worst round of the season so far for {model}.",
    "No round of the season before was worse for {model} than {round}: {average} points a prediction.",
    "{model} took {points} from {predictions} in {round}, fewer a prediction than in any round before.",
    "{round} has brought {model} {average} points a prediction, its worst so far; it was {record} before.",
    "The worst round of {model} had been {record_round} with {record} points a prediction; {round} is at {average}.",
)
def worst_round(match: Reading, lede: bool) -> Blanks | None:
    return _of_round(match, "worst_round")


def _of_round(match: Reading, key: str) -> Blanks | None:
    told = _known(match, key)
    if told is None:
        return None
    line = match.lines[key]
    taken, predictions = _value(match, key, "points"), _value(match, key, "predictions")
    return {
        **told,
        "points": points(taken),
        "predictions": count(predictions, "prediction"),
        "average": _average(taken, predictions),
        "round": literal(str(line.value("round"))),
        "record": str(line.value("before")),
        "record_round": literal(str(line.value("before_round"))),
    }


def _average(taken: int, predictions: int) -> str:
    return two_decimals(Fraction(taken, predictions))


@slot(
    "{model} is in the table for the first time.",
    "{models} are in the table for the first time.",
    "New in the table: {model}.",
    "New in the table: {models}.",
    "It was the first prediction of the season that counts for {model}.",
    "{model} made its first prediction of the season that counts.",
    "{model} joins the table with this match.",
    "{models} join the table with this match.",
)
def debut(match: Reading, lede: bool) -> Blanks | None:
    return _known(match, "debut")


TABLE_LINES: dict[str, Slot] = {
    line.name: line
    for line in (
        new_leader,
        longest_streak,
        level_at_the_top,
        best_round,
        worst_round,
        streak_ended,
        exact_after_drought,
        first_exact,
        biggest_climb,
        biggest_fall,
        lead_shrunk,
        lead_grown,
        debut,
    )
}
