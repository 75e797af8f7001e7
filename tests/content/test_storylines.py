"""Each storyline is told of a match of which it is true, and not of one of which it is nearly true."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from content.facts import MatchFacts
from content.storylines import KEYS, PRIORS, Storyline, rarity, storylines
from tests.content.seasons import a_played, facts_of

WRONG = (0, 3)
FIVE = ("A", "B", "C", "D", "E")


def told(facts: MatchFacts) -> dict[str, Storyline]:
    return {storyline.key: storyline for storyline in storylines(facts)}


def of_course(course: str, score: tuple[int, int], **phases: Any) -> dict[str, Storyline]:
    return told(facts_of(a_played(score, course=course, **phases)))


def evidence(found: Storyline | None) -> tuple[object, ...] | None:
    return None if found is None else (found.side, *(value for _, value in found.evidence))


COURSES = [
    # key, course, score, phases, what is found (side and evidence)
    ("came_from_behind", "a10 h20 h30", (2, 1), {}, ("home", 1, "goals")),
    ("came_from_behind", "h10 h20 a30 a40 a50", (2, 3), {}, ("away", 2, "goals")),
    ("came_from_behind", "h10 a20 h30", (2, 1), {}, None),
    ("came_from_behind", "a10 h20", (1, 1), {}, None),
    ("came_from_behind", "", (2, 1), {"half_time": (0, 1)}, ("home", 1, "half-time")),
    ("came_from_behind", "", (2, 1), {"half_time": (1, 1)}, None),
    ("came_from_behind", "", (2, 1), {"half_time": (0, 2)}, None),  # contradicts the end
    ("came_from_behind", "a10 h20", (2, 1), {"half_time": (0, 1)}, None),  # a goal is missing
    ("came_from_behind", "h30 a50 h60", (2, 1), {"half_time": (0, 1)}, None),  # goals contradict half-time
    ("came_from_behind", "a30 h30 h60", (2, 1), {}, None),  # goals of both in one minute have no order
    ("came_from_behind", "a10 h20 h95", (1, 1), {"extra_time": (2, 1)}, ("home", 1, "goals")),
    ("came_from_behind", "a10 h20 h30", (2, 1), {"shootout": (3, 4)}, None),
    ("came_from_behind", "a10 h20 h30", (2, 1), {"awarded": True}, None),
    ("lead_lost", "h10 h20 a30 a40", (2, 2), {}, ("home", 2, "goals")),
    ("lead_lost", "a10 a20 h30 h40 h50", (3, 2), {}, ("away", 2, "goals")),
    ("lead_lost", "h10 a30", (1, 1), {}, None),
    ("lead_lost", "h10 h20 a30 a40 h50", (3, 2), {}, None),
    ("lead_lost", "", (2, 2), {"half_time": (2, 0)}, ("home", 2, "half-time")),
    ("lead_lost", "", (2, 1), {"half_time": (2, 0)}, None),
    ("lead_lost", "h10 h20 a30 a40", (2, 2), {"shootout": (4, 2)}, None),  # it won after all
    ("lead_lost", "h10 h20 a30 a40", (2, 2), {"shootout": (2, 4)}, ("home", 2, "goals")),
    ("late_winner", "h85:Kay", (1, 0), {}, ("home", 85, "Kay")),
    ("late_winner", "h10 a20 a90+3:Ray", (1, 2), {}, ("away", "90+3", "Ray")),
    ("late_winner", "h84", (1, 0), {}, None),
    ("late_winner", "h10 h88", (2, 0), {}, None),
    ("late_winner", "h10 a20 h60 h88", (3, 1), {}, None),
    ("late_winner", "h10 a88 h88", (2, 1), {}, None),  # which came first is not known
    ("late_winner", "h88o", (1, 0), {}, None),
    ("late_winner", "h116:Kay", (0, 0), {"extra_time": (1, 0)}, ("home", 116, "Kay")),
    ("late_winner", "h115", (0, 0), {"extra_time": (1, 0)}, None),
    ("late_winner", "h88", (2, 0), {}, None),  # a goal is missing
    ("late_equaliser", "h10 a85:Ray", (1, 1), {}, ("away", 85, "Ray")),
    ("late_equaliser", "h10 a84", (1, 1), {}, None),
    ("late_equaliser", "h88 a88", (1, 1), {}, None),
    ("late_equaliser", "h10 a20 h86", (2, 1), {}, None),
    ("late_equaliser", "h10 a90+1:Ray h100", (1, 1), {"extra_time": (2, 1)}, ("away", "90+1", "Ray")),
    ("late_equaliser", "h95 a118:Ray", (0, 0), {"extra_time": (1, 1)}, ("away", 118, "Ray")),
    ("late_equaliser", "h95 a115", (0, 0), {"extra_time": (1, 1)}, None),
    ("late_equaliser", "h10 a88o", (1, 1), {}, None),
    ("decided_on_penalties", "", (1, 1), {"shootout": (2, 4)}, ("away", "4–2")),
    ("decided_on_penalties", "", (1, 1), {"shootout": (4, 4)}, None),
    ("decided_on_penalties", "", (1, 1), {}, None),
    ("extra_time", "", (1, 1), {"extra_time": (1, 1)}, ("",)),
    ("extra_time", "", (1, 1), {"shootout": (2, 4)}, None),
    ("goal_feast", "", (4, 2), {}, ("", 6)),
    ("goal_feast", "", (4, 1), {}, None),
    ("goal_feast", "", (1, 1), {"shootout": (5, 4)}, None),
    ("goalless", "", (0, 0), {}, ("",)),
    ("goalless", "h100", (0, 0), {"extra_time": (1, 0)}, None),
    ("goalless", "", (0, 0), {"awarded": True}, None),
    ("big_win", "", (0, 4), {}, ("away", 4)),
    ("big_win", "", (4, 1), {}, None),
    ("big_win", "", (4, 0), {"awarded": True}, None),
    ("hat_trick", "h10:Kay h20:Kay h30:Kay h40:Kay", (4, 0), {}, ("home", "Kay", 4)),
    ("hat_trick", "h10:Kay h20:Kay h30:Ray", (3, 0), {}, None),
    ("hat_trick", "h10:Kay h20:Kay h30o:Kay", (3, 0), {}, None),
    ("hat_trick", "h10:Kay h20:Kay h30:Kay", (4, 0), {}, None),
    ("hat_trick", "h10:Kay h20:Kay a30:Kay", (2, 1), {}, None),
    ("early_goal", "a5:Ray", (0, 1), {}, ("away", 5, "Ray")),
    ("early_goal", "h6", (1, 0), {}, None),
    ("early_goal", "h3 a3", (1, 1), {}, None),
    ("early_goal", "h3o", (1, 0), {}, None),
    ("own_goal_decided", "h30o:Ray", (1, 0), {}, ("home", 30, "Ray")),
    ("own_goal_decided", "h30 h40o", (2, 0), {}, None),
    ("own_goal_decided", "h30o a40", (1, 1), {}, None),
]


@pytest.mark.parametrize(("key", "course", "score", "phases", "found"), COURSES)
def test_the_match(
    key: str, course: str, score: tuple[int, int], phases: dict[str, Any], found: tuple[object, ...] | None
) -> None:
    assert evidence(of_course(course, score, **phases).get(key)) == found


def test_the_score_that_counts_may_be_another() -> None:
    """Predictions count on 90 minutes; the match was won after them."""
    found = of_course("a10 h20 h119:Kay", (1, 1), extra_time=(2, 1), counted=(1, 1))
    assert evidence(found["late_winner"]) == ("home", 119, "Kay")
    assert evidence(found["came_from_behind"]) == ("home", 1, "goals")


def test_a_derby_is_what_editors_call_one() -> None:
    facts = facts_of(a_played((1, 0)), rivalry="the Firth derby")
    assert told(facts)["derby"].value("name") == "the Firth derby"
    assert "derby" not in told(facts_of(a_played((1, 0))))
    assert "derby" not in told(facts_of(a_played((1, 0), awarded=True), rivalry="the Firth derby"))


def test_most_goals_of_the_season() -> None:
    earlier = [a_played((3, 1)), a_played((9, 0), awarded=True, hour=1)]
    assert evidence(told(facts_of(a_played((3, 2), hour=2), earlier))["most_goals"]) == ("", 5, 4)
    assert "most_goals" not in told(facts_of(a_played((2, 2), hour=2), earlier))
    assert "most_goals" not in told(facts_of(a_played((9, 2))))


def of_field(*tips: tuple[int, int], score: tuple[int, int] = (2, 1), **other: Any) -> dict[str, Storyline]:
    field = dict(zip("ABCDEFGHI", tips, strict=False))
    return told(facts_of(a_played(score, field, **other)))


FIELDS = [
    # key, tips for a 2–1, models, evidence
    ("nobody_saw_it", [(0, 1), (1, 1)], (), (2,)),
    ("nobody_saw_it", [(0, 1), (1, 0)], None, None),
    ("nobody_saw_it", [(0, 1)], None, None),
    ("nobody_saw_it", [], None, None),
    ("only_one_saw_it", [(0, 1), (1, 0), (1, 1)], ("B",), (3,)),
    ("only_one_saw_it", [(0, 1), (1, 0), (3, 1)], None, None),
    ("only_one_saw_it", [(2, 1)], None, None),
    ("everyone_saw_it", [(3, 1), (1, 0)], (), (2,)),
    ("everyone_saw_it", [(3, 1), (1, 1)], None, None),
    ("everyone_saw_it", [(2, 1)], None, None),
    ("lone_exact", [(2, 1), (1, 0)], ("A",), (2,)),
    ("lone_exact", [(2, 1), (2, 1)], None, None),
    ("lone_exact", [(1, 0), (3, 1)], None, None),
    ("lone_exact", [(2, 1)], None, None),
    ("many_exact", [(2, 1)] * 3 + [(0, 1)] * 6, ("A", "B", "C"), (3, 9)),
    ("many_exact", [(2, 1)] * 2 + [(0, 1)], None, None),
    ("many_exact", [(2, 1)] * 3 + [(0, 1)] * 5, ("A", "B", "C"), (3, 8)),
    ("unanimous_and_wrong", [(0, 1), (0, 2)], (), (2,)),
    ("unanimous_and_wrong", [(0, 1), (0, 0)], None, None),
    ("unanimous_and_wrong", [(1, 0), (2, 0)], None, None),
    ("unanimous_and_wrong", [(0, 1)], None, None),
    ("no_points", [(0, 1), (1, 1)], (), (2,)),
    ("no_points", [(0, 1), (2, 0)], None, None),
]


@pytest.mark.parametrize(("key", "tips", "models", "values"), FIELDS)
def test_the_field(
    key: str, tips: list[tuple[int, int]], models: tuple[str, ...] | None, values: tuple[int, ...] | None
) -> None:
    found = of_field(*tips).get(key)
    shown = (found.models, tuple(value for _, value in found.evidence)) if found else (None, None)
    assert shown == (models, values)


def test_ten_tips_of_which_three_are_exact_are_not_many() -> None:
    field = {f"M{number}": (2, 1) if number < 3 else (0, 1) for number in range(10)}
    assert "many_exact" not in told(facts_of(a_played((2, 1), field)))


def test_a_late_tip_may_have_had_it() -> None:
    """Nobody, only and everyone are said of fields without tips that don't count."""
    for key, tips, models, _ in FIELDS:
        if models is not None:
            assert key not in of_field(*tips, uncounted=True), key


def test_biggest_miss_of_the_season() -> None:
    half = a_played((1, 0), {"A": (1, 0), "B": (0, 1)})
    third = {"A": (1, 0), "B": (0, 1), "C": (0, 1)}
    assert evidence(told(facts_of(a_played((1, 0), third, hour=1), [half]))["biggest_miss"]) == ("", 1, 3, 1, 2)
    assert "biggest_miss" not in told(facts_of(a_played((1, 0), {"A": (1, 0), "B": (0, 1)}, hour=1), [half]))
    assert "biggest_miss" not in told(facts_of(a_played((1, 0), third)))
    missed = a_played((1, 0), {"A": (0, 1), "B": (0, 1)})
    assert "biggest_miss" not in told(facts_of(a_played((1, 0), third, hour=1), [missed]))
    all_right = a_played((1, 0), {"A": (1, 0)})
    two_thirds = {"A": (1, 0), "B": (1, 0), "C": (0, 1)}
    assert "biggest_miss" not in told(facts_of(a_played((1, 0), two_thirds, hour=1), [all_right]))


def test_top_score_of_the_season() -> None:
    before = a_played((1, 0), {"A": (2, 0), "B": (2, 0)})
    now = a_played((1, 0), {"A": (1, 0), "B": (1, 0)}, hour=1)
    found = told(facts_of(now, [before]))["top_score"]
    assert (found.models, evidence(found)) == (("A", "B"), ("", 6, 2))
    assert "top_score" not in told(
        facts_of(replace(now, kickoff=now.kickoff), [before, a_played((1, 0), {"A": (1, 0)})])
    )
    assert "top_score" not in told(facts_of(now))


def season(*matches: dict[str, tuple[int, int]], rounds: str = "") -> MatchFacts:
    """Return the facts of the last of these matches, all of which end 2–1, one an hour; `rounds`: the round of each."""
    names = rounds or "1" * len(matches)
    played = [a_played((2, 1), tips, hour=number, round_=names[number]) for number, tips in enumerate(matches)]
    return facts_of(played[-1], played[:-1])


EXACT, RIGHT, NO = (2, 1), (3, 1), (0, 1)


def shown(facts: MatchFacts, key: str) -> tuple[object, ...] | None:
    found = told(facts).get(key)
    return None if found is None else (found.models, *(value for _, value in found.evidence))


def test_a_new_leader() -> None:
    assert shown(season({"A": RIGHT, "B": NO}, {"A": NO, "B": EXACT}), "new_leader") == (("B",), "A")
    assert shown(season({"A": RIGHT, "B": NO}, {"A": RIGHT, "B": RIGHT}), "new_leader") is None
    assert shown(season({"A": RIGHT, "B": NO}), "new_leader") is None
    level = {"A": RIGHT, "B": RIGHT, "C": NO, "D": NO}
    assert shown(season(level, {"A": NO, "B": NO, "C": EXACT, "D": EXACT}), "new_leader") == (("C", "D"), "A and B")
    assert shown(season(level, {"A": NO, "B": EXACT, "C": NO, "D": NO}), "new_leader") is None
    assert shown(season(level, {"A": RIGHT, "B": RIGHT, "C": NO, "D": NO}), "new_leader") is None


def test_level_at_the_top() -> None:
    assert shown(season({"A": RIGHT, "B": NO}, {"A": NO, "B": RIGHT}), "level_at_the_top") == (("A", "B"),)
    assert shown(season({"A": RIGHT, "B": NO}, {"A": RIGHT, "B": NO}), "level_at_the_top") is None
    assert shown(season({"A": NO, "B": NO}), "level_at_the_top") is None
    assert shown(season({"A": RIGHT, "B": RIGHT}, {}), "level_at_the_top") is None


def test_the_lead_grows_and_shrinks() -> None:
    ahead = {"A": EXACT, "B": NO}
    assert shown(season(ahead, {"A": NO, "B": NO}), "lead_shrunk") == (("A",), "3.50", "7.00")
    assert shown(season(ahead, {"A": NO, "B": NO}), "lead_grown") is None
    close = season({"A": RIGHT, "B": RIGHT}, {"A": RIGHT, "B": NO}, {"A": EXACT, "B": NO})
    assert shown(close, "lead_grown") == (("A",), "3.33", "1.50")
    assert shown(close, "lead_shrunk") is None
    assert shown(season(ahead, {}), "lead_grown") is None
    assert shown(season({"A": EXACT}, {"A": NO}), "lead_shrunk") is None
    assert shown(season(ahead, {"A": NO, "B": EXACT}), "lead_shrunk") is None  # level now


def test_the_longest_streak() -> None:
    a_runs = [{"A": RIGHT, "B": NO}] * 3
    assert shown(season(*a_runs), "longest_streak") == (("A",), 3, 2)
    assert shown(season(*a_runs[:2]), "longest_streak") is None
    both = [{"A": RIGHT, "B": RIGHT}] * 3
    assert shown(season(*both), "longest_streak") == (("A", "B"), 3, 2)
    broken = [*a_runs, {"A": NO, "B": RIGHT}, {"B": RIGHT}, {"B": RIGHT}]
    assert shown(season(*broken), "longest_streak") is None  # as long as A's, not longer
    assert shown(season(*broken, {"B": RIGHT}), "longest_streak") == (("B",), 4, 3)


def test_a_streak_ends() -> None:
    runs = [{"A": RIGHT, "B": RIGHT}] * 4
    assert shown(season({"A": RIGHT}, *runs, {"A": NO, "B": NO}), "streak_ended") == (("A",), 5)
    assert shown(season(*runs, {"A": NO, "B": NO}), "streak_ended") == (("A",), 4)
    assert shown(season(*runs[:3], {"A": NO, "B": NO}), "streak_ended") is None
    assert shown(season(*runs, {"A": RIGHT}), "streak_ended") is None


def test_the_first_exact_score_of_a_model() -> None:
    assert shown(season({"A": RIGHT}, {"A": EXACT}), "first_exact") == (("A",), 2)
    assert shown(season({"A": EXACT}, {"A": EXACT}), "first_exact") is None
    assert shown(season({"A": RIGHT}, {"A": RIGHT}), "first_exact") is None
    assert shown(season({"A": EXACT, "B": NO}, {"B": NO}, {"A": EXACT, "B": EXACT}), "first_exact") == (("B",), 3)


def test_an_exact_score_after_a_drought() -> None:
    dry = [{"A": RIGHT}] * 8
    assert shown(season({"A": EXACT}, *dry, {"A": EXACT}), "exact_after_drought") == (("A",), 8)
    assert shown(season({"A": EXACT}, *dry[1:], {"A": EXACT}), "exact_after_drought") is None
    assert shown(season(*dry, {"A": EXACT}), "exact_after_drought") is None


def test_the_biggest_climb() -> None:
    start = {"A": EXACT, "B": RIGHT, "C": NO}
    up = season(start, {"C": EXACT, "A": NO, "B": NO}, {"C": EXACT, "A": NO, "B": NO})
    first = season(start, {"C": EXACT, "A": NO, "B": NO})
    assert shown(first, "biggest_climb") == (("C",), 3, 1)
    assert shown(up, "biggest_climb") is None
    assert shown(season({"A": RIGHT, "B": NO}, {"A": NO, "B": EXACT}), "biggest_climb") is None  # one place
    assert shown(season({"A": EXACT, "B": RIGHT, "C": NO, "D": NO}, {"C": EXACT, "D": EXACT}), "biggest_climb") is None


def test_a_fall_of_two_places() -> None:
    start = [{"A": RIGHT, "B": NO, "C": NO}, {"A": NO, "B": RIGHT, "C": NO}, {"A": NO, "B": NO, "C": RIGHT}]
    lead = [*start, {"A": RIGHT, "B": NO, "C": NO}]
    assert shown(season(*lead, {"A": NO, "B": EXACT, "C": EXACT}), "biggest_fall") == (("A",), 1, 3)
    assert shown(season(*lead, {"A": NO, "B": EXACT, "C": NO}), "biggest_fall") is None


def test_the_best_and_the_worst_round() -> None:
    poor, good = [{"A": NO}] * 3, [{"A": RIGHT}] * 3
    best = (("A",), 6, 3, "2", "0.00", "1")
    assert shown(season(*poor, *good, rounds="111222"), "best_round") == best
    assert shown(season(*poor, *good[:2], rounds="11122"), "best_round") is None  # two are no round
    assert shown(season(*poor, *poor, rounds="111222"), "best_round") is None
    assert shown(season(*poor, {"A": NO}, *good, rounds="1111222"), "best_round") is None  # not as long yet
    assert shown(season(*good, *poor, rounds="111222"), "worst_round") == (("A",), 0, 3, "2", "2.00", "1")
    assert shown(season(*good, *good, rounds="111222"), "worst_round") is None
    assert shown(season(*good, rounds="111"), "worst_round") is None


def test_a_debut() -> None:
    assert shown(season({"A": RIGHT}, {"A": RIGHT, "C": NO, "B": NO}), "debut") == (("B", "C"),)
    assert shown(season({"A": RIGHT}, {"A": RIGHT}), "debut") is None
    assert shown(season({"A": RIGHT}), "debut") is None


def test_the_rarest_comes_first_and_of_equal_ones_the_first_of_the_keys() -> None:
    facts = season(*[{"A": RIGHT, "B": NO}] * 3, {"A": RIGHT, "B": EXACT})
    found = storylines(facts)
    assert [s.rarity for s in found] == sorted(s.rarity for s in found)
    assert sorted(found, key=lambda s: (s.rarity, KEYS.index(s.key))) == list(found)


def test_rarity_is_a_smoothed_share_of_the_matches_before() -> None:
    facts = season(*[{"A": RIGHT, "B": NO}] * 3, {"A": RIGHT, "B": NO})
    assert (facts.history.matches, facts.history.times("only_one_saw_it")) == (3, 3)
    assert rarity(facts, "only_one_saw_it") == (3 + PRIORS["only_one_saw_it"]) / 4
    assert rarity(facts, "goalless") == PRIORS["goalless"] / 4
    assert rarity(replace(facts, rivalry="x"), "derby") == PRIORS["derby"]


def test_every_storyline_has_a_prior_and_a_case_here() -> None:
    assert set(PRIORS) == set(KEYS)
    assert len(KEYS) == 36
    assert all(0 < prior < 1 and isinstance(prior, Fraction) for prior in PRIORS.values())


def test_facts_of_the_first_version_say_nothing_of_a_past_they_do_not_hold() -> None:
    facts = season(*[{"A": RIGHT, "B": NO}] * 4)
    old = replace(facts, version=1, form=(), history=MatchFacts.from_json({**facts.as_json(), "history": {}}).history)
    assert set(told(old)) < set(told(facts))
    assert {"longest_streak"} & set(told(facts)) == {"longest_streak"}
    assert {"longest_streak", "best_round", "worst_round", "first_exact", "most_goals"} & set(told(old)) == set()
