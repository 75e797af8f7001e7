"""Runs of right outcomes that the match made longer or ended; a run of the storylines is told by them."""

from content.writers.blanks import one_or_more
from content.writers.grammar import Blanks, slot
from content.writers.reading import Reading
from content.writers.words import number, times

LEAST = 3


@slot(
    "{model} has now had {length} outcomes right in a row.",
    "{models} have each now had {length} outcomes right in a row.",
    "{model} has been right on the outcome {times} in a row.",
    "{models} have each been right on the outcome {times} in a row.",
    "{model} has {length} right outcomes in a row. The longest run of the season so far is {record}.",
    "{models} have {length} right outcomes in a row each. The longest run of the season so far is {record}.",
    "{model} extends its run to {length} right outcomes. The longest run of the season so far is {record}.",
    "{models} extend their runs to {length} right outcomes. The longest run of the season so far is {record}.",
    "{model} is on a run of {length} right outcomes.",
    "{models} are each on a run of {length} right outcomes.",
)
def run_goes_on(match: Reading) -> Blanks | None:
    """The longest run that this match made longer."""
    made = match.facts.streaks_made
    length = max(made.values(), default=0)
    if length < LEAST:
        return None
    who = [model for model, run in made.items() if run == length]
    told = {**one_or_more(who), "length": number(length), "times": times(length)}
    record = match.facts.history.longest_streak
    told |= {"record": number(record)} if record > length else {}
    return told


@slot(
    "A run of {length} right outcomes ended here for {model}.",
    "Runs of {length} right outcomes ended here for {models}.",
    "The run of {model} ended at {length} right outcomes.",
    "The runs of {models} ended at {length} right outcomes.",
    "After {length} right outcomes in a row {model} was wrong.",
    "The match ended a run of {length} right outcomes by {model}.",
    "The match ended runs of {length} right outcomes by {models}.",
)
def run_ended(match: Reading) -> Blanks | None:
    """The longest run that this match ended."""
    broken = match.facts.streaks_broken
    length = max(broken.values(), default=0)
    if length < LEAST:
        return None
    who = [model for model, run in broken.items() if run == length]
    return {**one_or_more(who), "length": number(length)}
