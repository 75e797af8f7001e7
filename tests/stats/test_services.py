"""Model stats: replaced from the scores of a season, as versions that tell which tables changed."""

from datetime import timedelta

from django_q.models import Schedule

import pytest

from scoring.models import Match
from scoring.services import change_match, score_match
from stats.models import MatchStats, ModelStats
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, finish, predictions

pytestmark = pytest.mark.django_db

TIPS = {"A": (2, 1), "B": (1, 1)}


def played(day: int, home: int, away: int, tips: dict[str, tuple[int, int]] = TIPS) -> Match:
    match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day))
    predictions(match, tips)
    finish(match, home, away)
    return match


def settle(*matches: Match) -> None:
    for match in matches:
        score_match(match.pk)
    for match in matches:
        calculate_stats(match.pk)


def stats() -> dict[str, tuple[int, ...]]:
    figures = ["predictions", "points", "tendency_hits", "goal_difference_hits", "exact_hits"]
    figures += ["current_streak", "best_streak"]
    return {row[0]: row[1:] for row in ModelStats.objects.order_by("model__name").values_list("model__name", *figures)}


def versions() -> list[int]:
    return list(MatchStats.objects.order_by("kickoff").values_list("version", flat=True))


def test_totals_and_streaks_of_a_season() -> None:
    settle(played(1, 2, 1), played(2, 1, 0), played(3, 0, 0), played(4, 3, 1))
    assert stats() == {"A": (4, 14, 3, 2, 1, 1, 2), "B": (4, 4, 1, 1, 0, 0, 1)}


def test_streaks_follow_the_kickoff_and_not_the_order_of_counting() -> None:
    first, second, third = played(1, 2, 1), played(2, 0, 2), played(3, 2, 1)
    for match in (third, first, second):
        settle(match)
    assert stats()["A"][-2:] == (1, 1)


def test_a_match_that_a_model_did_not_predict_neither_breaks_nor_lengthens_its_streak() -> None:
    settle(played(1, 2, 1), played(2, 0, 2, {"B": (0, 2)}), played(3, 2, 1))
    assert stats()["A"][-2:] == (2, 2)


def test_one_pass_counts_every_match_that_waits() -> None:
    first, second = played(1, 2, 1), played(2, 1, 0)
    score_match(first.pk)
    score_match(second.pk)
    assert calculate_stats(second.pk).matches == 2
    assert calculate_stats(first.pk).matches == 0
    assert set(Schedule.objects.values_list("name", flat=True)) == {
        f"write_roundup:{first.pk}",
        f"write_roundup:{second.pk}",
    }


def test_counting_a_match_moves_the_version_of_every_later_match() -> None:
    first, second, third = played(1, 2, 1), played(2, 1, 0), played(3, 1, 0)
    settle(first)
    settle(third)
    assert versions() == [1, 2]
    settle(second)
    assert versions() == [1, 3, 3]
    assert Schedule.objects.filter(name=f"write_season_roundups:{first.season_id}").count() == 1


def test_a_newest_match_moves_no_other_version() -> None:
    settle(played(1, 2, 1))
    settle(played(2, 2, 1))
    assert versions() == [1, 2]
    assert not Schedule.objects.filter(func="content.tasks.write_season_roundups").exists()


def test_matches_of_the_same_moment_are_not_in_each_others_table() -> None:
    first = played(1, 2, 1)
    twin = a_match(home="Twin", kickoff=first.kickoff)
    finish(twin, 1, 0)
    settle(first)
    settle(twin)
    assert sorted(MatchStats.objects.values_list("match_id", "version")) == [(first.pk, 1), (twin.pk, 2)]


def test_a_moved_kickoff_moves_the_tables_between() -> None:
    first, second, third = played(1, 2, 1), played(2, 1, 0), played(3, 1, 0)
    settle(first, second, third)
    change_match(first.pk, {"kickoff": KICKOFF + timedelta(days=2, hours=12)}, by="a test")
    settle(first)
    assert dict(MatchStats.objects.values_list("match_id", "version")) == {first.pk: 2, second.pk: 2, third.pk: 2}


def test_a_void_match_leaves_every_total() -> None:
    first, second = played(1, 2, 1), played(2, 1, 0)
    settle(first, second)
    change_match(first.pk, {"status": "abandoned"}, by="a test")
    settle(first)
    assert stats() == {"A": (1, 4, 1, 1, 0, 1, 1), "B": (1, 0, 0, 0, 0, 0, 0)}
    assert not MatchStats.objects.filter(match=first).exists()
    assert versions() == [2]


def test_a_model_whose_only_match_is_void_leaves_the_table() -> None:
    match = played(1, 2, 1)
    settle(match)
    change_match(match.pk, {"status": "cancelled"}, by="a test")
    settle(match)
    assert stats() == {}


def test_counting_twice_changes_nothing() -> None:
    match = played(1, 2, 1)
    settle(match)
    before = list(ModelStats.objects.values()), list(MatchStats.objects.values())
    assert calculate_stats(match.pk).matches == 0
    assert (list(ModelStats.objects.values()), list(MatchStats.objects.values())) == before


def test_a_late_prediction_counts_nowhere() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    predictions(match, {"Late": (2, 1)}, before=-timedelta(hours=1))
    finish(match, 2, 1)
    settle(match)
    assert list(stats()) == ["A"]
