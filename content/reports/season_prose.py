"""What the template writer says about a model's season: a headline and paragraphs of Markdown, from facts alone."""

from content.reports.facts import SeasonFacts, SeasonMatch, SeasonRound
from content.writers.words import count, literal, names, number, ordinal, pick, score, two_decimals

FEWEST_ROUNDS = 3
"""Rounds from which on it is worth saying how a model came to its rank."""


def headline(facts: SeasonFacts) -> str:
    """Return a headline in plain text."""
    place = f"{ordinal(facts.rank)} of {facts.models}"
    told = [f"{facts.model} in {facts.season}: {place}", f"{facts.season}: {facts.model} is {place}"]
    if facts.rank == 1 and not facts.level_with:
        told = [f"{facts.model} leads {facts.season}", f"{facts.season}: {facts.model} on top"]
    return pick(_seed(facts, "headline"), told)


def paragraphs(facts: SeasonFacts) -> list[str]:
    """Return the prose, a paragraph an entry, none empty."""
    told = [_lede(facts), _field(facts), _way(facts), _matches(facts)]
    return [paragraph for paragraph in told if paragraph]


def _lede(facts: SeasonFacts) -> str:
    total, model = facts.total, literal(facts.model)
    level = f", level with {names(facts.level_with)}" if facts.level_with else ""
    return (
        f"{model} is {ordinal(facts.rank)} of {number(facts.models)} in {literal(facts.season)}{level}. "
        f"{model} has {count(total.points, 'point')} from {count(total.predictions, 'prediction')} in the season, an "
        f"average of {two_decimals(total.average)}. {model} has {_hits(total.tendency_hits, 'right outcome')} and "
        f"{_hits(total.exact_hits, 'exact score')}."
    )


def _hits(n: int, noun: str) -> str:
    return count(n, noun) if n else f"not one {noun}"


def _field(facts: SeasonFacts) -> str:
    model = literal(facts.model)
    told = [f"All models together have an average of {two_decimals(facts.field.average)}."]
    if facts.rank > 1:
        leads = "leads" if len(facts.leaders) == 1 else "lead"
        told.append(f"{names(facts.leaders)} {leads} the table with {two_decimals(facts.leader_total.average)}.")
    if facts.best_streak > 1:
        told.append(f"{model} has a longest run of {count(facts.best_streak, 'right outcome')}.")
    return " ".join(told)


def _way(facts: SeasonFacts) -> str:
    """How the rank came about, round by round."""
    ranked = [(each, each.rank) for each in facts.rounds if each.rank is not None]
    if len(ranked) < FEWEST_ROUNDS:
        return ""
    first, last, model = ranked[0][1], ranked[-1][1], literal(facts.model)
    told = [f"{model} stayed at rank {last}."]
    if first != last:
        verb = "climbed" if last < first else "fell"
        told = [f"{model} {verb} from rank {first} after {literal(ranked[0][0].round)} to rank {last}."]
    return " ".join([*told, *_rounds(facts)])


def _rounds(facts: SeasonFacts) -> list[str]:
    tried = [each for each in facts.rounds if each.predictions]
    most, least = max(each.average for each in tried), min(each.average for each in tried)
    if most == least:
        return []
    found = [("best", [each for each in tried if each.average == most])]
    found.append(("worst", [each for each in tried if each.average == least]))
    return [_round(facts, rounds[0], which) for which, rounds in found if len(rounds) == 1]


def _round(facts: SeasonFacts, each: SeasonRound, which: str) -> str:
    took = f"{count(each.points, 'point')} from {count(each.predictions, 'prediction')}"
    return f"{literal(facts.model)} took {took} in {literal(each.round)}, its {which} round."


def _matches(facts: SeasonFacts) -> str:
    model = literal(facts.model)
    most = max((match.points for match in facts.matches), default=0)
    told = [f"The most that {model} took from one match is {count(most, 'point')}."] if most else []
    missed = sum(match.points == 0 for match in facts.matches)
    if missed:
        told.append(f"{model} took nothing from {count(missed, 'match', 'matches')}.")
    return " ".join([*told, *_exact(facts)])


def _exact(facts: SeasonFacts) -> list[str]:
    exact, model = facts.exact, literal(facts.model)
    if not exact:
        return []
    return [f"Most recently {model} had the exact score of {_match(exact[-1])}."]


def _match(match: SeasonMatch) -> str:
    return f"{literal(match.home)} {score(match.score)} {literal(match.away)}"


def _seed(facts: SeasonFacts, what: str) -> str:
    return f"{facts.season}/{facts.model}/{what}"
