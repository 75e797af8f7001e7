"""write_roundups: what is due is written now, without waiting for the delay."""

import io
from datetime import timedelta
from typing import Any

from django.core.management import CommandError, call_command
from django_q.models import Schedule

import pytest

from content.collect import collect_facts
from content.models import Roundup
from content.storylines import storylines
from scoring.models import Match
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.content.writers.llm_match import HEADLINE, PROSE, a_played_match, model
from tests.content.writers.llm_server import refuses, writes
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


def test_a_named_match_is_written_anew_by_the_writer_of_the_run(settings: Any) -> None:
    match = a_played_match()
    run()
    with model(settings, writes(HEADLINE, PROSE), ROUNDUP_WRITER="template"):
        assert run("--writer", "llm") == "0 roundups written, 0 matches looked at."
        assert run(str(match.pk), "--writer", "llm") == "1 roundup written, 1 match looked at."
    assert (Roundup.objects.get().writer, Roundup.objects.get().headline) == ("llm", HEADLINE)
    assert run(str(match.pk), "--writer", "template") == "1 roundup written, 1 match looked at."
    assert Roundup.objects.get().writer == "template"


def test_what_the_language_model_did_not_write_is_said(settings: Any) -> None:
    a_played_match()
    with model(settings, refuses(401)):
        line, total = run("--writer", "llm").splitlines()
    assert line == (
        "Mexico – Wales, 2026-06-11: roundup published (by the template, since the language model did not write it: "
        "the server answered 401: is LLM_API_KEY right?)"
    )
    assert total == "1 roundup written, 1 match looked at."


def test_a_named_match_tells_the_storyline_of_the_run() -> None:
    match = a_played_match()
    run()
    before = Roundup.objects.get().headline
    key = storylines(collect_facts(match.pk).facts)[-1].key
    assert run(str(match.pk), "--storyline", key) == "1 roundup written, 1 match looked at."
    assert (Roundup.objects.get().storyline, Roundup.objects.get().headline == before) == (key, False)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--writer", "llm"], "The language model can't write: LLM_BASE_URL and LLM_MODEL not set."),
        (["--storyline", "goalless"], "--storyline needs matches: name those whose headlines are to tell it."),
        (
            ["Mexico - Wales", "--storyline", "goalless"],
            "goalless is not true of Mexico – Wales, 2026-06-11; true are: ",
        ),
        (["Peru - Chile", "--storyline", "goalless"], "Peru – Chile, 2026-06-11 has no storylines: "),
    ],
)
def test_what_can_not_be_wished_for_is_an_error_and_nothing_is_written(arguments: list[str], why: str) -> None:
    a_played_match()
    a_match("Peru", "Chile")
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert str(error.value).startswith(why)
    assert not Roundup.objects.exists()
