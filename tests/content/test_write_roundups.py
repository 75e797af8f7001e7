"""write_roundups: what is due is written now, without waiting for the delay."""

import io
from datetime import timedelta

from django.core.management import CommandError, call_command
from django_q.models import Schedule

import pytest

from content.collect import collect_facts
from content.models import Roundup
from scoring.models import Match
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, a_season, finish, predictions

pytestmark = pytest.mark.django_db


def counted(day: int, season: str = "World Cup 2026") -> Match:
    match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day), season=a_season(season))
    predictions(match, {"A": (2, 1)})
    finish(match, 2, 1)
    score_match(match.pk)
    calculate_stats(match.pk)
    return match


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("write_roundups", *args, stdout=out)
    return out.getvalue().strip()


def public() -> set[int]:
    return set(Roundup.objects.public().values_list("match", flat=True))


def test_everything_due_is_written_and_nothing_left_scheduled() -> None:
    first, second = counted(1), counted(2)
    assert run() == "2 roundups written, 2 matches looked at."
    assert public() == {first.pk, second.pk}
    assert not Schedule.objects.exists()
    assert run() == "0 roundups written, 0 matches looked at."
    assert run(str(first.pk)) == "0 roundups written, 1 match looked at."


def test_a_second_look_at_a_season_goes_when_nothing_of_it_is_due_and_stays_while_something_is() -> None:
    counted(1)
    run()
    late = counted(0)
    (look,) = Schedule.objects.filter(name=f"write_season_roundups:{late.season_id}")
    run(str(late.pk))
    assert list(Schedule.objects.filter(pk=look.pk)) == [look]
    run()
    assert list(Schedule.objects.values_list("name", flat=True)) == []


def test_one_match_or_one_season() -> None:
    first, second, other = counted(1), counted(2), counted(3, "League 2025/26")
    run("Home 1 - Wales", "--date", "2026-06-12")
    assert public() == {first.pk}
    run("--season", "League 2025/26")
    assert public() == {first.pk, other.pk}
    run(str(second.pk))
    assert public() == {first.pk, second.pk, other.pk}


def test_what_is_not_written_says_why() -> None:
    match = counted(1)
    change_match(match.pk, {"status": "abandoned"}, by="a test")
    score_match(match.pk)
    calculate_stats(match.pk)
    assert run().splitlines() == [
        "Home 1 – Wales, 2026-06-12: no roundup, abandoned, so void",
        "0 roundups written, 1 match looked at.",
    ]


def test_one_that_fails_is_named_and_the_others_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = counted(1), counted(2)

    def broken(match_id: int) -> object:
        if match_id == bad.pk:
            raise RuntimeError("no ink")
        return collect_facts(match_id)

    monkeypatch.setattr("content.services.collect_facts", broken)
    with pytest.raises(CommandError, match=f"1 failed:\nmatch {bad.pk}: RuntimeError: no ink"):
        run()
    assert public() == {good.pk}


@pytest.mark.parametrize("command", ["write_roundups", "trace", "run_stats", "exclude_prediction"])
def test_a_date_that_is_none_is_refused_in_words(command: str) -> None:
    needed = {"write_roundups": [], "trace": ["1"], "run_stats": [], "exclude_prediction": ["1", "A", "--reason=x"]}
    with pytest.raises(CommandError) as error:
        call_command(command, *needed[command], "--date", "foo")
    assert str(error.value) == 'Error: argument --date: "foo" is not a date; write it like 2026-06-11'


def test_an_unknown_season_is_an_error() -> None:
    a_season("World Cup 2026")
    with pytest.raises(CommandError, match="There is no season"):
        run("--season", "Cup")
