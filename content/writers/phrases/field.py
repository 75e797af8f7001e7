"""How the field tipped: who counts, how it split, and which scoreline was tipped most."""

from collections.abc import Sequence

from content.writers.blanks import Filled, field_of, named, outcome
from content.writers.grammar import Blanks, slot
from content.writers.reading import Reading
from content.writers.words import count, listed, number, score, times

TENDENCIES = ("home", "draw", "away")


@slot(
    "No model had a prediction that counts, so the field was empty and no points were given.",
    "There was no prediction that counts: the field was empty, and no points were given.",
    "The field was empty: no model had a prediction that counts, and no points were given.",
)
def nobody_tipped(match: Reading) -> Blanks | None:
    return None if match.facts.field.size else {}


@slot("{late} came too late.", "{late} came after kickoff, too late to count.")
def too_late(match: Reading) -> Blanks | None:
    late = match.facts.late
    return {"late": count(len(late), "prediction")} if late and not match.facts.field.size else None


@slot("{void_one} was void.", "{void_more} were void.")
def taken_out(match: Reading) -> Blanks | None:
    void = len(match.facts.void)
    if match.facts.field.size or not void:
        return None
    return {"void_one" if void == 1 else "void_more": count(void, "prediction")}


@slot(
    "{model} was the only model with a prediction that counts, and said {tip}.",
    "Only {model} had a prediction that counts: {tip}.",
    "The one prediction that counts was {tip}, by {model}.",
    "A single prediction counts: {model} said {tip}.",
    "In a field of one, {model} said {tip}.",
)
def only_tip(match: Reading) -> Blanks | None:
    if match.facts.field.size != 1:
        return None
    (tip,) = match.facts.in_time
    return {"model": named(tip.model), "tip": score(tip.scoreline)}


@slot(
    "{all_models} went for {outcome}.",
    "{all_models} tipped {outcome}.",
    "{all_predictions} were for {outcome}.",
    "The {field} agreed on {outcome}.",
    "{outcome} was the tip of the whole field of {n}.",
    "{both} went for {outcome}.",
    "{both} tipped {outcome}.",
)
def one_way(match: Reading) -> Blanks | None:
    """The whole field of two or more chose one outcome."""
    field = match.facts.field
    chosen = [tendency for tendency in TENDENCIES if field.chosen(tendency)]
    if field.size < 2 or len(chosen) != 1:
        return None
    told = {**field_of(match), "outcome": outcome(match, chosen[0])}
    if field.size == 2:
        told["both"] = f"both {told.pop('field').partition(' ')[2]}"
        told.pop("n")
    return told


def _split(match: Reading, order: Sequence[str], first: str = "") -> str:
    """Return `six for a win for Wales, one for a draw`, of those that were chosen."""
    field = match.facts.field
    told = [f"{number(field.chosen(t))} {first}for {outcome(match, t)}" for t in order if field.chosen(t)]
    return listed([told[0], *(part.replace(f" {first}for ", " for ", 1) for part in told[1:])])


@slot(
    "Of the {field}, {went}.",
    "The field of {n} split: {split}.",
    "The {field} were split: {split}.",
    "The field of {n} was divided: {split}.",
    "Among the {field}, {went}.",
    "The {n} predictions were {split}.",
    "In a field of {n}, {went}.",
    "{most} of the {field} went for {favourite}, {rest}.",
    "{most} of the {field} tipped {favourite}, {rest}.",
    "{most} of the {field}, more than half, went for {favourite}; {rest}.",
    "{favourite} was tipped by {most} of the {field}; {rest}.",
    "{favourite} had {most} of the {n} predictions, with {rest}.",
    "Of the {field}, {went}; nobody tipped {missing}.",
)
def split(match: Reading) -> Blanks | None:
    """A field of two or more that chose different outcomes; the one chosen most is told first."""
    facts = match.facts
    order = sorted(TENDENCIES, key=lambda tendency: -facts.field.chosen(tendency))
    chosen = [tendency for tendency in order if facts.field.chosen(tendency)]
    if len(chosen) < 2:
        return None
    told: Filled = {**field_of(match), "split": _split(match, order), "went": _split(match, order, "went ")}
    most, size = facts.field.chosen(chosen[0]), facts.field.size
    if most * 2 > size:
        told |= {"favourite": outcome(match, chosen[0]), "most": number(most), "rest": _split(match, chosen[1:])}
    if len(chosen) == 2 and not facts.uncounted:
        told["missing"] = outcome(match, order[2])
    return told


@slot(
    "The scoreline tipped most was {tip}, by {k} of the {field}.",
    "{k} of the {field} agreed on {tip}, more than on any other scoreline.",
    "No scoreline was tipped more often than {tip}: {times}.",
    "The scoreline tipped most was {tip}, {times}.",
    "{tip} was tipped {times}, more often than any other scoreline.",
    "{k} of the {n} predictions said {tip}, more than any other scoreline.",
    "With {k} of the {n} predictions, {tip} was the scoreline tipped most.",
)
def modal(match: Reading) -> Blanks | None:
    """One scoreline was tipped more often than any other, by two or more and not by all."""
    most = match.facts.modal_scorelines()
    size = match.facts.field.size
    if len(most) != 1 or not 1 < most[0][1] < size:
        return None
    ((tip, agreed),) = most
    return {**field_of(match), "tip": score(tip), "k": number(agreed), "times": times(agreed)}


@slot("All of them said {tip}.", "All of them tipped {tip}.", "All of them named {tip}.")
def one_scoreline(match: Reading) -> Blanks | None:
    most = match.facts.modal_scorelines()
    size = match.facts.field.size
    return {"tip": score(most[0][0])} if size > 1 and most[0][1] == size else None


@slot(
    "The {field} named different scorelines.",
)
def all_different(match: Reading) -> Blanks | None:
    most = match.facts.modal_scorelines()
    return field_of(match) if match.facts.field.size > 2 and most[0][1] == 1 else None


@slot(
    "The scorelines tipped most were {tips}, {times} each.",
    "{tips} were the scorelines tipped most, {times} each.",
    "Most often tipped were {tips}, {times} each.",
)
def level_scorelines(match: Reading) -> Blanks | None:
    most = match.facts.modal_scorelines()
    if not 1 < len(most) < 4 or most[0][1] < 2:
        return None
    return {"tips": listed([score(tip) for tip, _ in most]), "times": times(most[0][1]), "k": number(most[0][1])}
