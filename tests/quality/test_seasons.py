"""The invented seasons: the same for the same seed, and with all that can happen in them."""

import pytest

from content.facts import MatchFacts
from tests.quality.conftest import SEED, SHAPES
from tests.quality.seasons import facts_of

pytestmark = pytest.mark.django_db


def test_the_same_seed_gives_the_same_facts(facts: list[MatchFacts]) -> None:
    # What was corrected when is told with the time of the clock.
    again = [match for match in facts_of(SEED, 12, SHAPES) if not match.corrections]
    assert again == [match for match in facts[:12] if not match.corrections]


def test_they_hold_every_kind_of_match(facts: list[MatchFacts]) -> None:
    kinds = {
        "goalless": [match for match in facts if match.last_score == (0, 0)],
        "six goals or more": [match for match in facts if sum(match.last_score) >= 6],
        "extra time": [match for match in facts if match.extra_time],
        "penalties": [match for match in facts if match.won_on_penalties],
        "goals not all known": [match for match in facts if not match.goals_are_complete],
        "no half-time score": [match for match in facts if match.half_time is None],
        "awarded": [match for match in facts if match.awarded],
        "corrected": [match for match in facts if match.corrections],
        "late tips": [match for match in facts if match.late],
        "void tips": [match for match in facts if match.void],
        "unverified tips": [match for match in facts if any(tip.timing == "unverified" for tip in match.tips)],
        "nobody's tip": [match for match in facts if match.field.size == 0],
        "derby": [match for match in facts if match.rivalry],
    }
    assert [kind for kind, found in kinds.items() if not found] == []
