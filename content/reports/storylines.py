"""What is worth telling of a round, computed from its facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from content.reports.facts import RoundFacts, RoundMatch, TableLine, Takings

FEWEST_FOR_PERFECT = 3
"""Matches, from which on it is worth saying that a model had the outcome of every one."""


@dataclass(frozen=True)
class Consensus:
    """In how many matches more chose one outcome than any other, and in how many of those it was right."""

    matches: int
    right: int


def consensus(facts: RoundFacts) -> Consensus:
    agreed = [match for match in facts.counted if match.consensus]
    return Consensus(len(agreed), sum(match.consensus == match.tendency for match in agreed))


def best(facts: RoundFacts) -> tuple[Takings, ...]:
    """Return who took most points from the round, all of them if several are level; nobody if nobody took any."""
    most = max((taken.points for taken in facts.takings), default=0)
    return tuple(taken for taken in facts.takings if taken.points == most) if most else ()


def worst(facts: RoundFacts) -> tuple[Takings, ...]:
    """Return who took fewest points among those that predicted as many matches as anybody.

    Nobody if all of them took the same.
    """
    all_through = _all_through(facts)
    fewest = min((taken.points for taken in all_through), default=0)
    found = tuple(taken for taken in all_through if taken.points == fewest)
    return found if len(found) < len(all_through) else ()


def perfect(facts: RoundFacts) -> tuple[str, ...]:
    """Return the models that predicted every match that counts and had every outcome, if these are three or more."""
    matches = len(facts.counted)
    if matches < FEWEST_FOR_PERFECT:
        return ()
    return tuple(taken.model for taken in facts.takings if taken.tendency_hits == matches)


def biggest_miss(facts: RoundFacts) -> RoundMatch | None:
    """Return the match with the smallest share of right outcomes, below a half; None if there is none, or several."""
    missed = [match for match in facts.counted if match.field and match.share_right < Fraction(1, 2)]
    least = min((match.share_right for match in missed), default=None)
    found = [match for match in missed if match.share_right == least]
    return found[0] if len(found) == 1 else None


def best_seen(facts: RoundFacts) -> RoundMatch | None:
    """Return the match with the largest share of right outcomes, above a half; None if there is none, or several."""
    seen = [match for match in facts.counted if match.share_right > Fraction(1, 2)]
    most = max((match.share_right for match in seen), default=None)
    found = [match for match in seen if match.share_right == most]
    return found[0] if len(found) == 1 else None


def new_leaders(facts: RoundFacts) -> bool:
    """Whether others lead the table than would without the round."""
    return bool(facts.leaders_before) and set(facts.leaders) != set(facts.leaders_before)


def biggest_climb(facts: RoundFacts) -> tuple[TableLine, ...]:
    """Return who gained most places, two at least; several if they are level."""
    return _moved(facts.table, 1)


def biggest_fall(facts: RoundFacts) -> tuple[TableLine, ...]:
    return _moved(facts.table, -1)


def _moved(table: Sequence[TableLine], sign: int) -> tuple[TableLine, ...]:
    most = max((sign * line.climbed for line in table), default=0)
    return tuple(line for line in table if sign * line.climbed == most) if most > 1 else ()


def _all_through(facts: RoundFacts) -> tuple[Takings, ...]:
    most = max((taken.predictions for taken in facts.takings), default=0)
    return tuple(taken for taken in facts.takings if taken.predictions == most)
