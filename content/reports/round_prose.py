"""What the template writer says about a round: a headline and paragraphs of Markdown, from facts alone."""

from collections.abc import Sequence

from content.reports import storylines
from content.reports.facts import RoundFacts, RoundMatch, Takings
from content.writers.words import count, listed, literal, names, number, pick, score, sentence, two_decimals

HEADLINE_NAMES = 2


def headline(facts: RoundFacts) -> str:
    """Return a headline in plain text: the strongest thing that is true of the round."""
    told = _told_in_headline(facts)
    return pick(_seed(facts, "headline"), told)


def _told_in_headline(facts: RoundFacts) -> list[str]:
    perfect, best, miss = storylines.perfect(facts), storylines.best(facts), storylines.biggest_miss(facts)
    if 0 < len(perfect) <= HEADLINE_NAMES:
        who, has = listed(perfect), "has" if len(perfect) == 1 else "have"
        outcomes = count(len(facts.counted), "outcome")
        return [f"{facts.round}: {who} {has} all {outcomes} right", f"All {outcomes} right: {who} in {facts.round}"]
    if storylines.new_leaders(facts) and len(facts.leaders) == 1:
        who = facts.leaders[0]
        return [
            f"{who} leads after {facts.round}",
            f"{facts.round} puts {who} on top",
            f"{who} goes top in {facts.round}",
        ]
    if miss and not miss.right:
        match = f"{miss.home} {score(_score(miss))} {miss.away}"
        return [f"{facts.round}: nobody had the outcome of {match}", f"{match}: nobody saw it in {facts.round}"]
    if 0 < len(best) <= HEADLINE_NAMES:
        who, takes = listed([taken.model for taken in best]), "takes" if len(best) == 1 else "take"
        points = count(best[0].points, "point")
        return [f"{who} {takes} most from {facts.round}", f"{facts.round}: {who} {takes} {points}"]
    return [f"{facts.round}: {played(facts)}", f"{facts.season}, {facts.round}: {played(facts)}"]


def played(facts: RoundFacts) -> str:
    """Return how much of the round is over and counts, in words."""
    counted = len(facts.counted)
    if facts.is_complete:
        return f"{count(counted, 'match', 'matches')} counted"
    return f"{count(counted, 'match', 'matches')} counted so far"


def paragraphs(facts: RoundFacts) -> list[str]:
    """Return the prose, a paragraph an entry, none empty."""
    told = [_lede(facts), _consensus(facts), _matches(facts), _table(facts)]
    return [paragraph for paragraph in told if paragraph]


def _lede(facts: RoundFacts) -> str:
    where = f"{literal(facts.round)} of {literal(facts.season)}"
    if not facts.takings:
        return f"{sentence(played(facts))} in {where}, and no prediction counts for any of them."
    opening = pick(
        _seed(facts, "lede"),
        [f"{where} is in the books: {played(facts)}.", f"{sentence(played(facts))} in {where}."],
    )
    return " ".join([opening, *_best(facts), *_perfect(facts), *_worst(facts)])


def _best(facts: RoundFacts) -> list[str]:
    best = storylines.best(facts)
    if not best:
        return ["Not one model took a point."]
    if len(best) > 1:
        return [f"Level with {count(best[0].points, 'point')} each, the most of the round: {_models(best)}."]
    taken = best[0]
    told = [
        f"{literal(taken.model)} took most points from it, {_haul(taken)}.",
        f"{literal(taken.model)} has the best round, {_haul(taken)}.",
        f"The best of the round is {literal(taken.model)}, {_haul(taken)}.",
    ]
    return [pick(_seed(facts, "best"), told)]


def _haul(taken: Takings) -> str:
    exact = f", {count(taken.exact_hits, 'exact score')} among them" if taken.exact_hits else ""
    return (
        f"{count(taken.points, 'point')} from {count(taken.predictions, 'prediction')}, "
        f"with {count(taken.tendency_hits, 'right outcome')}{exact}"
    )


def _perfect(facts: RoundFacts) -> list[str]:
    perfect = storylines.perfect(facts)
    if not perfect:
        return []
    have = "has" if len(perfect) == 1 else "have"
    return [f"{names(perfect)} {have} the outcome of all {count(len(facts.counted), 'match', 'matches')}."]


def _worst(facts: RoundFacts) -> list[str]:
    worst = storylines.worst(facts)
    if not worst:
        return []
    points = count(worst[0].points, "point")
    if len(worst) > 1:
        return [f"At the other end, with {points} each: {_models(worst)}."]
    return [f"At the other end is {literal(worst[0].model)} with {points}."]


def _consensus(facts: RoundFacts) -> str:
    agreed = storylines.consensus(facts)
    if not agreed.matches:
        return ""
    right = sum(match.right for match in facts.counted)
    field = sum(match.field for match in facts.counted)
    exact = sum(match.exact for match in facts.counted)
    return (
        f"{_favourite(agreed)} From {count(field, 'prediction')} came {count(right, 'right outcome')} and "
        f"{count(exact, 'exact score')}."
    )


def _favourite(agreed: storylines.Consensus) -> str:
    wrong = agreed.matches - agreed.right
    told = [f"{word} in {count(n, 'match', 'matches')}" for word, n in (("right", agreed.right), ("wrong", wrong)) if n]
    return f"The most popular outcome was {' and '.join(told)}."


def _matches(facts: RoundFacts) -> str:
    miss, seen = storylines.biggest_miss(facts), storylines.best_seen(facts)
    told = [f"{_named(match)}: {_saw(match)}." for match in (miss, seen) if match is not None]
    told += [
        f"Only {literal(match.exact_models[0])} had the exact score of {_named(match)}."
        for match in facts.counted
        if len(match.exact_models) == 1 and match.field > 1
    ][:2]
    return " ".join(told)


def _saw(match: RoundMatch) -> str:
    """How many had the outcome of a match: the fewest or the most of the round."""
    models = count(match.field, "model")
    if match.field == 1:
        return f"the only prediction {'had' if match.right else 'missed'} the outcome"
    if not match.right:
        return f"none of the {models} had the outcome"
    if match.right == match.field:
        return f"all {models} had the outcome"
    return f"{'only ' if 2 * match.right < match.field else ''}{number(match.right)} of {models} had the outcome"


def _named(match: RoundMatch) -> str:
    return f"{literal(match.home)} {score(_score(match))} {literal(match.away)}"


def _score(match: RoundMatch) -> tuple[int, int]:
    return match.score or (0, 0)


def _models(taken: Sequence[Takings]) -> str:
    return names([each.model for each in taken])


def _table(facts: RoundFacts) -> str:
    if not facts.table:
        return ""
    return " ".join([_leader(facts), *_moves(facts)])


def _leader(facts: RoundFacts) -> str:
    lead, were = facts.leaders, facts.leaders_before
    average = two_decimals(facts.table[0].total.average)
    leads = "leads" if len(lead) == 1 else "share the lead of"
    now = f"{names(lead)} {leads} the table with {average} points a prediction"
    if not were or not storylines.new_leaders(facts):
        return f"{now}, as before this round." if were else f"{now}."
    return f"{now}. {names(were)} {'led' if len(were) == 1 else 'shared the lead'} before this round."


def _moves(facts: RoundFacts) -> list[str]:
    told = []
    for lines, verb in ((storylines.biggest_climb(facts), "climbed"), (storylines.biggest_fall(facts), "fell")):
        if len(lines) == 1:
            line = lines[0]
            told.append(f"{literal(line.model)} {verb} furthest, from rank {line.before} to rank {line.rank}.")
    return told


def _seed(facts: RoundFacts, what: str) -> str:
    return f"{facts.season}/{facts.round}/{what}"
