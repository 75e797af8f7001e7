"""The headline: the score, home side first, and the storyline that leads; plain text."""

from content.course import Score
from content.storylines.field import FIELD
from content.writers.phrases.headlines import headline_slot, plain
from content.writers.reading import Reading
from content.writers.words import number, score

LONGEST = 250
"""Characters."""


def headline(match: Reading) -> str:
    facts, lead = match.facts, match.lead
    shot = lead is not None and lead.key == "decided_on_penalties"
    told = headline_slot(lead.key).tell(match, lead) if lead else _how_the_field_did(match)
    if lead is None or lead.key in FIELD:
        told += _which_counts(facts.counted, facts.last_score)
    text = f"{plain(facts.home)} {score(facts.last_score)} {plain(facts.away)}{_how(match, shot)}: {told}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _how(match: Reading, shot: bool) -> str:
    """Return that it was awarded, or took extra time or penalties; `shot`: the rest of the headline tells of them."""
    facts = match.facts
    if facts.awarded:
        return " (awarded)"
    extra = " after extra time" if facts.extra_time is not None else ""
    if shot or not facts.won_on_penalties or facts.shootout is None:
        return extra
    return f"{extra} ({plain(facts.team(facts.winner))} won {max(facts.shootout)}–{min(facts.shootout)} on penalties)"


def _which_counts(counted: Score, last: Score) -> str:
    return "" if counted == last else f" ({score(counted)} counted)"


def _how_the_field_did(match: Reading) -> str:
    """Return how the field did, of a match without a storyline, on the score that counts."""
    facts = match.facts
    n, right = facts.field.size, facts.field.chosen(facts.tendency)
    if n == 0:
        return "no tip counted" if facts.uncounted else "no model had a tip"
    if n == 1:
        did = "exact" if facts.exact else "right" if right else "wrong"
        return f"the only tip{' that counts' if facts.uncounted else ''} was {did}"
    models = f"{number(n)} tips that count" if facts.uncounted else f"{number(n)} models"
    if right == 0:
        return f"none of {models} had the outcome"
    what, k = ("exact score", len(facts.exact)) if facts.exact else ("outcome", right)
    whole = "both models" if models == "two models" else f"all {models}"
    return f"{whole if k == n else f'{number(k)} of {models}'} had the {what}"
