"""The past of a match, replayed: what storylines counted, what tables and forms hold, and where it ends."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.facts import Form, History, MatchFacts, Takings
from content.history import Played, around
from content.storylines import KEYS, storylines
from stats.aggregates import Entry, Streaks, Totals, rank, streaks
from tests.content.seasons import a_played, a_season, facts_of

SEASONS = st.builds(a_season, st.integers(0, 10_000), st.integers(0, 40), st.integers(0, 7))


def before(season: list[Played], match: Played) -> list[Played]:
    return [other for other in season if other.kickoff < match.kickoff]


def every_fact(season: list[Played]) -> list[MatchFacts]:
    return [facts_of(match, before(season, match)) for match in season]


@settings(max_examples=25)
@given(SEASONS)
def test_a_storyline_was_true_as_often_as_it_was_told(season: list[Played]) -> None:
    """The counts of the replay are those of the facts of each match before, one by one."""
    facts = every_fact(season)
    told = [{storyline.key for storyline in storylines(one)} for one in facts]
    for match, one in zip(season, facts, strict=True):
        earlier = [keys for other, keys in zip(season, told, strict=True) if other.kickoff < match.kickoff]
        counts = Counter(key for keys in earlier for key in keys)
        assert one.history.matches == len(earlier)
        assert dict(one.history.told) == dict(counts)
        assert {key: one.history.times(key) for key in KEYS} == {key: counts[key] for key in KEYS}


def test_drawn_seasons_have_every_storyline_but_derbies_in_them() -> None:
    """Else the comparison above would compare little."""
    met = {
        storyline.key
        for seed in range(8)
        for facts in every_fact(a_season(seed, 60))
        for storyline in storylines(facts)
    }
    assert set(KEYS) - met == {"derby"}


@settings(max_examples=25)
@given(SEASONS)
def test_tables_are_those_of_the_pure_rule(season: list[Played]) -> None:
    """Ranked by the fractions of `stats.aggregates`, streaks by kickoff and place; the replay ranks by its own way."""
    for match, facts in zip(season, every_fact(season), strict=True):
        for table, matches in ((facts.before, before(season, match)), (facts.after, [*before(season, match), match])):
            assert [(r.rank, r.model, r.points, r.current_streak, r.best_streak) for r in table] == _ranked(matches)


def _ranked(matches: list[Played]) -> list[tuple[int, str, int, int, int]]:
    hits = [hit for match in matches for hit in match.hits]
    runs = streaks((ord(hit.model[-1]), hit.tendency_hit) for hit in hits)
    totals: dict[str, Totals] = {}
    for hit in hits:
        one = Totals(1, hit.points, hit.tendency_hit, hit.difference_hit, hit.exact_hit)
        totals[hit.model] = totals.get(hit.model, Totals()) + one
    entries = [Entry(0, model, total, runs[ord(model[-1])]) for model, total in totals.items()]
    nobody = Streaks()
    assert all(entry.streaks != nobody or not entry.totals.tendency_hits for entry in entries)
    return [
        (r.rank, r.entry.model, r.entry.totals.points, r.entry.streaks.current, r.entry.streaks.best)
        for r in rank(entries)
    ]


@settings(max_examples=25)
@given(SEASONS)
def test_a_form_is_what_the_matches_before_say(season: list[Played]) -> None:
    for match, facts in zip(season, every_fact(season), strict=True):
        assert [form.model for form in facts.form] == [tip.model for tip in facts.in_time]
        for form in facts.form:
            assert form == _form(form.model, match, before(season, match))


def _form(model: str, match: Played, earlier: list[Played]) -> Form:
    mine = [(other, hit) for other in earlier for hit in other.hits if hit.model == model]
    exact = [place for place, (_, hit) in enumerate(mine) if hit.exact_hit]
    last: dict[str, int] = {}
    rounds: dict[str, Takings] = {}
    for place, (other, hit) in enumerate(mine):
        was = rounds.get(other.round, Takings(other.round, 0, 0))
        rounds[other.round] = Takings(other.round, was.points + hit.points, was.predictions + 1)
        last[other.round] = place
    rounds.pop("", None)
    this_round = rounds.pop(match.round, None)
    whole = [takings for takings in rounds.values() if takings.predictions >= 3]
    return Form(
        model=model,
        since_exact=len(mine) - 1 - exact[-1] if exact else None,
        most_points=max((hit.points for _, hit in mine), default=None),
        this_round=this_round,
        best_round=max(whole, key=lambda t: (t.points / t.predictions, last[t.round]), default=None),
        worst_round=min(whole, key=lambda t: (t.points / t.predictions, -last[t.round]), default=None),
    )


@settings(max_examples=25)
@given(SEASONS)
def test_the_extremes_are_those_of_the_matches_before(season: list[Played]) -> None:
    for match, facts in zip(season, every_fact(season), strict=True):
        earlier = before(season, match)
        hits = [hit for other in earlier for hit in other.hits]
        shares = [(sum(h.tendency_hit for h in other.hits), len(other.hits)) for other in earlier if other.hits]
        history, longest = facts.history, max((line.best_streak for line in facts.before), default=0)
        assert history.most_goals == max((sum(o.last_score) for o in earlier if not o.awarded), default=None)
        assert history.most_points == max((hit.points for hit in hits), default=None)
        assert history.fewest_right == min(shares, key=lambda share: share[0] / share[1], default=None)
        assert history.longest_streak == longest
        assert history.longest_streak_models == tuple(
            sorted(line.model for line in facts.before if longest and line.best_streak == longest)
        )


@settings(max_examples=15)
@given(SEASONS, st.integers(0, 100))
def test_history_ends_at_kickoff(season: list[Played], place: int) -> None:
    """Whatever is played at the same time or later, the facts of a match are the same."""
    if season:
        match = season[place % len(season)]
        until = facts_of(match, before(season, match))
        moved = [other if other.kickoff < match.kickoff else replace(other, counted=(9, 9)) for other in season]
        assert facts_of(match, before(moved, match)).hash() == until.hash()


def test_matches_of_one_kickoff_are_not_in_each_others_history() -> None:
    tips = {"A": (1, 0), "B": (0, 1)}
    first, second = (a_played((1, 0), tips, hour=2) for _ in range(2))
    later = a_played((1, 0), tips, hour=3)
    assert around(first, []).history == History()
    assert [around(match, before([first, second, later], match)).history.matches for match in (first, second)] == [0, 0]
    after = around(later, [first, second]).history
    # Both were the first match: neither made anybody a new leader, and no run was the longest.
    assert (after.matches, after.times("only_one_saw_it"), after.times("longest_streak")) == (2, 2, 0)
    assert after.longest_streak == 2


def test_an_awarded_match_counts_in_the_table_and_tells_no_goals() -> None:
    awarded = a_played((3, 0), {"A": (3, 0), "B": (0, 1)}, awarded=True)
    history = around(a_played((1, 0), hour=1), [awarded]).history
    assert (history.matches, history.most_goals, history.most_points) == (1, None, 7)
    assert dict(history.told) == {"first_exact": 1, "lone_exact": 1, "only_one_saw_it": 1}


@pytest.mark.parametrize("kickoffs_at_once", [1, 10])
def test_a_long_season_is_replayed_quickly(kickoffs_at_once: int) -> None:
    """In a tenth of a second of work on a quiet machine; here five times that, since others work beside."""
    names = {f"Model {number:02}": (number % 3, number % 2) for number in range(21)}
    season = [
        a_played((n % 4, n % 3), names, hour=n // kickoffs_at_once, round_=str(n // 10), course="h10 a20 h30")
        for n in range(380)
    ]
    assert [len(list(group)) for _, group in groupby(season, key=_kickoff)][:2] == [kickoffs_at_once] * 2
    began = process_time()
    assert around(season[-1], before(season, season[-1])).history.matches == 380 - kickoffs_at_once
    assert process_time() - began < 0.5


def _kickoff(match: Played) -> datetime:
    return match.kickoff
