"""Storylines: the angles that are true of a match, computed from its facts, the rarest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from content.facts import MatchFacts
from content.storylines.field import FIELD
from content.storylines.match import MATCH
from content.storylines.picture import Detector, Found, Picture, picture_of
from content.storylines.table import TABLE

__all__ = ["KEYS", "PRIORS", "Storyline", "rarity", "storylines", "true_of"]

DETECTORS: Mapping[str, Detector] = {**MATCH, **FIELD, **TABLE}

KEYS = tuple(DETECTORS)
"""Every storyline there is, in the order in which equally rare ones are told."""

PRIORS: Mapping[str, Fraction] = {
    "most_goals": Fraction(1, 2),
    "came_from_behind": Fraction(1, 8),
    "late_winner": Fraction(1, 10),
    "lead_lost": Fraction(1, 15),
    "decided_on_penalties": Fraction(1, 40),
    "own_goal_decided": Fraction(1, 50),
    "late_equaliser": Fraction(1, 15),
    "hat_trick": Fraction(1, 25),
    "goal_feast": Fraction(1, 12),
    "big_win": Fraction(1, 12),
    "extra_time": Fraction(1, 20),
    "early_goal": Fraction(1, 8),
    "derby": Fraction(1, 15),
    "goalless": Fraction(1, 14),
    "unanimous_and_wrong": Fraction(1, 20),
    "only_one_saw_it": Fraction(1, 15),
    "nobody_saw_it": Fraction(1, 10),
    "biggest_miss": Fraction(1, 2),
    "top_score": Fraction(1, 2),
    "lone_exact": Fraction(1, 8),
    "many_exact": Fraction(1, 8),
    "everyone_saw_it": Fraction(1, 5),
    "no_points": Fraction(1, 10),
    "new_leader": Fraction(1, 6),
    "longest_streak": Fraction(1, 3),
    "level_at_the_top": Fraction(1, 8),
    "best_round": Fraction(1, 6),
    "worst_round": Fraction(1, 6),
    "streak_ended": Fraction(1, 6),
    "exact_after_drought": Fraction(1, 4),
    "first_exact": Fraction(1, 4),
    "biggest_climb": Fraction(1, 2),
    "biggest_fall": Fraction(1, 2),
    "lead_shrunk": Fraction(1, 2),
    "lead_grown": Fraction(1, 2),
    "debut": Fraction(1, 10),
}
"""In what share of matches each is expected to be true while no match of the season says so: it weighs as one match.

Rough shares of league football, where records are broken more often early in a season.
"""


@dataclass(frozen=True)
class Storyline:
    """Something true of a match. `rarity`: the share of earlier matches of which it was true, smoothed; low is rare.

    `models` are those it is about, `side` is `home` or `away` if it is about a team. `evidence` holds the values that
    prove it, by name, as a sentence needs them; a `minute` is 88, or `90+3` as text.
    """

    key: str
    rarity: Fraction
    models: tuple[str, ...] = ()
    side: str = ""
    evidence: tuple[tuple[str, int | str], ...] = ()

    def value(self, name: str) -> int | str:
        """Return a piece of the evidence. Raises `KeyError`."""
        return dict(self.evidence)[name]


def storylines(facts: MatchFacts) -> tuple[Storyline, ...]:
    """Return what is true of the match, the rarest first; of equally rare ones in the order of `KEYS`."""
    found = found_in(picture_of(facts))
    told = [Storyline(key, rarity(facts, key), *what) for key, what in found.items()]
    return tuple(sorted(told, key=lambda storyline: storyline.rarity))


def rarity(facts: MatchFacts, key: str) -> Fraction:
    """Return (times true before + prior) / (matches before + 1), by the matches of the season before this one.

    That of a derby is its prior: how many matches were one depends on a table that editors change at any time.
    """
    if key == "derby":
        return PRIORS[key]
    return (facts.history.times(key) + PRIORS[key]) / (facts.history.matches + 1)


def found_in(match: Picture) -> dict[str, Found]:
    """Return what is true of a match, by key, in the order of `KEYS`."""
    return {key: found for key, detector in _detectors(match).items() if (found := detector(match)) is not None}


def true_of(match: Picture) -> list[str]:
    """Return the keys of what is true of a match."""
    return list(found_in(match))


def _detectors(match: Picture) -> Mapping[str, Detector]:
    """An awarded match was not played: only what its score did to the field and the table can be told."""
    return NOT_PLAYED if match.awarded else DETECTORS


NOT_PLAYED: Mapping[str, Detector] = {**FIELD, **TABLE}
