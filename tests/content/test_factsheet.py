"""The facts of a match as lines to read: every number with how it follows."""

from dataclasses import replace

import pytest

from content.collect import collect_facts
from content.facts import Correction, Field, MatchFacts
from content.factsheet import Earned, Goal, Placed, Worth, angles, factsheet, named
from scoring.models import Match
from scoring.rules import Goals
from scoring.services import GoalFact, Result, record_result
from tests.factories import a_match, counted, finish, predictions

pytestmark = pytest.mark.django_db


def facts_of(match: Match) -> MatchFacts:
    return collect_facts(counted(match).pk).facts


@pytest.fixture
def facts() -> MatchFacts:
    match = a_match(venue="The Old Ground")
    predictions(match, {"A": (2, 1), "B": (1, 1), "C": (3, 1)})
    goals = (
        GoalFact("home", "Ann", 9),
        GoalFact("away", "Own", 30, own_goal=True),
        GoalFact("home", "Bea", 90, 3, penalty=True),
    )
    record_result(match.pk, Result(half_time=Goals(1, 1), full_time=Goals(2, 1), goals=goals), by="a test")
    return facts_of(match)


def test_the_match(facts: MatchFacts) -> None:
    assert dict(factsheet(facts).match) == {
        "match": "Mexico – Wales",
        "competition": "World Cup 2026, Matchday 1",
        "venue": "The Old Ground",
        "kickoff": "11 June 2026, 18:00 UTC",
        "half-time": "1–1",
        "90 minutes": "2–1",
        "score that counts": "2–1, after 90 minutes",
        "rule": "quota-2-6, version 1",
        "most tipped": "1–1, 2–1, 3–1 (1 of 3)",
    }
    without = dict(factsheet(replace(facts, time_known=False, awarded=True)).match)
    assert (without["kickoff"], without["score that counts"]) == ("11 June 2026, time not known", "2–1, as awarded")


def test_goals_with_the_score_after_them(facts: MatchFacts) -> None:
    assert factsheet(facts).goals == (
        Goal("9′", "1–0", "Mexico", "Ann", ""),
        Goal("30′", "1–1", "Wales", "Own", "own goal"),
        Goal("90+3′", "2–1", "Mexico", "Bea", "penalty"),
    )


def test_what_each_outcome_was_worth_and_how_it_follows(facts: MatchFacts) -> None:
    assert factsheet(facts).worth == (
        Worth("home win", "2 of 3", "6 ÷ (10 × 2/3) − 0.6 + 2 = 2.30", "2", came_true=True),
        Worth("draw", "1 of 3", "6 ÷ (10 × 1/3) − 0.6 + 2 = 3.20", "3", came_true=False),
        Worth("away win", "0 of 3", "nobody chose it: 6", "6", came_true=False),
    )
    few = replace(facts, field=Field(30, 0, 1, 2, 6, 6))
    assert [row.arithmetic for row in factsheet(few).worth] == [
        "6 ÷ (10 × 30/31) − 0.6 + 2 = 2.02",
        "nobody chose it: 6",
        "6 ÷ (10 × 1/31) − 0.6 + 2 = 20.00, at most 6",
    ]
    other_rule = replace(facts, rule="fixed-2-3-4")
    assert {row.arithmetic for row in factsheet(other_rule).worth} == {"fixed by the rule"}
    assert factsheet(replace(facts, field=Field(0, 0, 0, None, None, None), tips=())).worth == ()


def test_what_each_prediction_earned_and_why(facts: MatchFacts) -> None:
    late = replace(facts.tips[2], timing="late", points=None)
    assert factsheet(replace(facts, tips=(*facts.tips[:2], late))).tips == (
        Earned("A", "2–1", "outcome 2 + difference 1 + exact score 3", "6"),
        Earned("C", "3–1", "outcome 2", "2"),
        Earned("B", "1–1", "late: does not count", "–"),
    )
    assert factsheet(facts).tips[2] == Earned("B", "1–1", "wrong outcome", "0")


def test_the_table_before_and_after(facts: MatchFacts) -> None:
    first = Placed("A", "– → 1", "– → 1", "– → 6", "– → 6.00", "– → 1 (best 1)")
    assert factsheet(facts).table[0] == first
    later = a_match("Peru", "Chile", kickoff=Match.objects.get().kickoff.replace(day=12))
    predictions(later, {"A": (0, 1), "C": (0, 0)})
    finish(later, 0, 0)
    assert factsheet(facts_of(later)).table[:2] == (
        Placed("C", "2 → 1", "1 → 2", "2 → 9", "2.00 → 4.50", "1 → 2 (best 2)"),
        Placed("A", "1 → 2", "1 → 2", "6", "6.00 → 3.00", "1 → 0 (best 1)"),
    )


def test_storylines_with_their_evidence(facts: MatchFacts) -> None:
    lone = next(angle for angle in angles(facts) if angle.key == "lone_exact")
    assert (lone.title, lone.about, lone.proof) == ("Lone exact", "A", "n = 3")
    assert lone.rarity == "the first match of the season"
    assert angles(replace(facts, version=1)) == ()
    assert named("level_at_the_top") == "Level at the top"


def test_corrections(facts: MatchFacts) -> None:
    at = "2026-06-12T08:00:00+00:00"
    told = (Correction(at, (1, 1)), Correction(at, None, "field", ("4",)))
    assert factsheet(replace(facts, corrections=told)).corrections == (
        "2026-06-12 08:00 UTC: counted was 1–1",
        "2026-06-12 08:00 UTC: field was 4",
    )
