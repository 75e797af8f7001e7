"""Which match of a file is which known match: the rules one by one."""

from datetime import date, timedelta

from scoring.importers.same_match import Fixture, Gone, is_another, pair

DAY = date(2026, 6, 11)
A, B, C, D = range(1, 5)


def fixture(
    key: int, home: int = A, away: int = B, day: int = 0, round: str = "", num: int | None = None, played: bool = False
) -> Fixture:
    return Fixture(key, home, away, DAY + timedelta(days=day), round, num, played)


def paired(rows: list[Fixture], stored: list[Fixture]) -> dict[int, int]:
    return {place: match.key for place, match in pair(rows, stored).items()}


def test_the_number_decides_if_both_have_one() -> None:
    stored = [fixture(1, num=7, round="R1"), fixture(2, C, D, num=8)]
    assert paired([fixture(0, C, B, day=40, round="Final", num=7)], stored) == {0: 1}


def test_two_numbers_that_differ_are_two_matches_even_with_the_same_teams() -> None:
    assert paired([fixture(0, num=9, round="R1")], [fixture(1, num=7, round="R1")]) == {}


def test_round_and_teams_decide_if_one_has_no_number() -> None:
    stored = [fixture(1, round="R1", num=7), fixture(2, round="R2", day=1)]
    assert paired([fixture(0, round="R1", day=1)], stored) == {0: 1}


def test_teams_decide_if_the_round_was_renamed() -> None:
    assert paired([fixture(0, round="1. Round", day=20)], [fixture(1, round="Matchday 1")]) == {0: 1}


def test_the_nearest_dates_belong_together_if_the_teams_meet_more_than_once() -> None:
    stored = [fixture(1, round="M1"), fixture(2, round="M20", day=100)]
    rows = [fixture(0, round="R20", day=101), fixture(1, round="R1", day=2)]
    assert paired(rows, stored) == {0: 2, 1: 1}
    assert paired([fixture(0, round="R20", day=90)], stored) == {0: 2}


def test_each_match_is_taken_once() -> None:
    rows = [fixture(0, day=1), fixture(1, day=3), fixture(2, day=2)]
    assert paired(rows, [fixture(1)]) == {0: 1}


def test_home_and_away_are_not_exchanged() -> None:
    assert paired([fixture(0, B, A)], [fixture(1, A, B)]) == {}


def test_a_played_match_does_not_move_far_into_another_round() -> None:
    played = fixture(1, round="Matchday 1", played=True)
    assert is_another(fixture(0, round="Final", day=60), played)
    assert not is_another(fixture(0, round="Final", day=31), played)
    assert not is_another(fixture(0, round="Matchday 1", day=60), played)
    assert not is_another(fixture(0, day=60), played)
    assert not is_another(fixture(0, round="Final", day=60), fixture(1, round="Matchday 1"))


def test_a_match_that_is_gone_is_probably_the_new_one() -> None:
    gone = [fixture(1, A, B, round="R1"), fixture(2, C, D, day=5, round="R2")]
    near = Gone(gone)
    assert near.probably(fixture(0, A, C)) == gone[0]
    assert near.probably(fixture(0, C, A, day=-1)) == gone[0]
    assert near.probably(fixture(0, 8, 9, day=1, round="R1")) == gone[0]
    assert near.probably(fixture(0, 8, D, day=6)) == gone[1]


def test_it_is_not_without_a_team_or_the_round_or_a_day_later() -> None:
    near = Gone([fixture(1, A, B, round="R1"), fixture(2, C, D)])
    assert near.probably(fixture(0, A, C, day=2, round="R1")) is None
    assert near.probably(fixture(0, 8, 9, round="R2")) is None
    assert near.probably(fixture(0, 8, 9)) is None
