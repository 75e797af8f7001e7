"""Facts: they come back from JSON as they were, those of earlier versions as well, and what follows from them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from cattrs import BaseValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from content.facts import Correction, History, MatchFacts, Quota
from content.history import Played
from content.season import Moved, Totals
from tests.content.seasons import a_played, a_season, facts_of

NAMES = st.text(max_size=12)
SEASONS = st.builds(a_season, st.integers(0, 10_000), st.integers(1, 15), st.integers(0, 5))


@settings(max_examples=50)
@given(SEASONS, NAMES, NAMES)
def test_facts_come_back_from_json_as_they_were(season: list[Played], home: str, rivalry: str) -> None:
    earlier = [match for match in season if match.kickoff < season[-1].kickoff]
    corrections = (Correction("2026-06-11T18:00:00+00:00", (1, 0)), Correction("2026", None, "rule", ("a", home)))
    facts = facts_of(season[-1], earlier, rivalry=rivalry, home=home, corrections=corrections)
    back = MatchFacts.from_json(facts.as_json())
    assert (back, back.hash(), back.as_json()) == (facts, facts.hash(), facts.as_json())


def test_facts_of_the_first_version_load() -> None:
    facts = facts_of(a_played((2, 1), {"A": (2, 1)}, course="h1 a2 h3"))
    plain = facts.as_json()
    for name in ("rivalry", "form", "history"):
        del plain[name]
    for goal in plain["goals"]:
        del goal["running"]
    plain["version"] = 1
    old = MatchFacts.from_json(plain)
    goals = tuple(replace(goal, running=None) for goal in facts.goals)
    assert old == replace(facts, version=1, form=(), history=History(), rivalry="", goals=goals)


@pytest.mark.parametrize(
    "wrong",
    [{"home": 3}, {"counted": [1]}, {"counted": ["1", 0]}, {"awarded": 0}, {"matches_after": True}, {"tips": [{}]}],
)
def test_other_values_are_no_facts(wrong: dict[str, object]) -> None:
    with pytest.raises(BaseValidationError):
        MatchFacts.from_json({**facts_of(a_played((2, 1))).as_json(), **wrong})


def test_a_missing_value_is_named() -> None:
    plain = facts_of(a_played((2, 1))).as_json()
    del plain["counted"]
    with pytest.raises(BaseValidationError) as error:
        MatchFacts.from_json(plain)
    assert "counted" in str(error.value.exceptions)


RUNNING = [
    ("h10 a20 h30", (2, 1), [(1, 0), (1, 1), (2, 1)]),
    ("h10 h10 a30", (2, 1), [(1, 0), (2, 0), (2, 1)]),
    ("h10 a10 h30", (2, 1), [None, None, (2, 1)]),  # which of the first two came first is not known
    ("h45 a45+2 h46", (2, 1), [(1, 0), (1, 1), (2, 1)]),
    ("h10 a20", (2, 1), [None, None]),  # one is missing
    ("h10 a20 a30", (2, 1), [None, None, None]),  # another score
    ("h10 a95 h99", (2, 1), [None, None, None]),  # outside of play
]


@pytest.mark.parametrize(("course", "score", "running"), RUNNING)
def test_the_score_after_each_goal(course: str, score: tuple[int, int], running: list[tuple[int, int] | None]) -> None:
    assert [goal.running for goal in facts_of(a_played(score, course=course)).goals] == running


def test_the_score_after_goals_that_contradict_half_time_is_not_known() -> None:
    for half, known in (((1, 0), True), ((0, 0), False)):
        goals = facts_of(a_played((1, 1), course="h10 a50", half_time=half)).goals
        assert [goal.running is not None for goal in goals] == [known, known]


def test_a_quota_shows_its_arithmetic() -> None:
    facts = facts_of(a_played((1, 0), {"A": (1, 0), "B": (0, 1), "C": (0, 2)}))
    home = facts.quota_of("home")
    assert home == Quota("home", chosen=1, size=3, least=2, most=6)
    assert (home.raw, home.limited, home.worth) == (Fraction(16, 5), Fraction(16, 5), 3)
    worth = {tendency: facts.quota_of(tendency) for tendency in ("home", "draw", "away")}
    assert {t: q.worth for t, q in worth.items() if q} == {t: facts.field.quota(t) for t in worth}
    assert replace(facts, rule="fixed-2-3-4").quota_of("home") is None
    assert replace(facts, rule_version=99).quota_of("home") is None
    assert replace(facts, rule="of another program").quota_of("home") is None
    assert facts_of(a_played((1, 0))).quota_of("home") is None


def test_a_quota_is_limited() -> None:
    facts = facts_of(a_played((1, 0), {**{f"M{n}": (1, 0) for n in range(28)}, "X": (0, 1), "Y": (0, 0)}))
    quotas = [facts.quota_of(tendency) for tendency in ("home", "draw", "away")]
    assert [(q.limited, q.worth) for q in quotas if q] == [(Fraction(143, 70), 2), (6, 6), (6, 6)]


def _moves(facts: MatchFacts) -> list[tuple[str, Moved]]:
    return list(facts.moves.items())


def test_what_the_match_did_to_the_table() -> None:
    first = a_played((2, 1), {"A": (3, 1), "B": (0, 1)})
    facts = facts_of(a_played((2, 1), {"A": (0, 1), "B": (2, 1), "C": (3, 1)}, hour=1), [first])
    moves = {model: (move.before and move.before.rank, move.after.rank, move.places) for model, move in _moves(facts)}
    assert moves == {"B": (2, 1, 1), "C": (None, 2, 0), "A": (1, 3, -2)}
    assert (dict(facts.streaks_made), dict(facts.streaks_broken)) == ({"B": 1, "C": 1}, {"A": 1})
    assert facts.moves["A"].after.average == Fraction(facts.moves["A"].after.points, 2)


def test_the_totals_of_the_season() -> None:
    first = a_played((2, 1), {"A": (2, 1), "B": (0, 1)})
    facts = facts_of(a_played((2, 1), {"A": (3, 1), "C": (3, 2)}, hour=1), [first])
    assert facts.season_totals == Totals(
        models=3, predictions=4, points=12, tendency_hits=3, goal_difference_hits=2, exact_hits=1
    )
    assert facts.season_totals.average == 3
    assert facts_of(a_played((2, 1))).season_totals.average == 0
