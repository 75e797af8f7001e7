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
    assert run() == "2 roundups published, 0 not, of 2."
    assert public() == {first.pk, second.pk}
    assert not Schedule.objects.exists()
    assert run() == "0 roundups published, 0 not, of 0."


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
        "0 roundups published, 1 not, of 1.",
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


def test_an_unknown_season_is_an_error() -> None:
    a_season("World Cup 2026")
    with pytest.raises(CommandError, match="There is no season"):
        run("--season", "Cup")
