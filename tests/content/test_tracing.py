"""The chain of one match in one place: what happened to it, when and at which revision, and how it is with it now."""

from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django_q.models import OrmQ

import pytest

from content import tracing
from content.tracing import Line, trace_of
from scoring.models import Match, MatchProgress
from scoring.rules import Goals
from scoring.services import Result, record_result
from tests.factories import a_match, finish, predictions
from tests.queue import run_queue

pytestmark = pytest.mark.django_db

REPORT = "Report on its round"

AT_ONCE = timedelta(0)


@pytest.fixture
def match() -> Match:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (0, 0)})
    return match


def texts(match: Match) -> dict[str, list[str]]:
    """The lines of the sections that have any, with their revision, and without the times that stand in them."""
    return {
        section.title: [plain(line) for line in section.lines] for section in traced(match).sections if section.lines
    }


def traced(match: Match) -> tracing.Trace:
    return trace_of(Match.objects.with_names().get(pk=match.pk))


def plain(line: Line) -> str:
    words = line.text.split(" ")
    kept = [word for word in words if not word[:4].isdecimal() and not word[:2].isdecimal()]
    return f"{'' if line.revision is None else line.revision} {' '.join(kept)}"


def test_a_match_that_is_not_over_has_no_chain(match: Match) -> None:
    assert traced(match).state == "Nothing was begun: the match is not over."
    assert texts(match) == {"Result": ["1 now scheduled, no score is known"]}


def test_a_corrected_match_shows_all_that_happened(match: Match) -> None:
    finish(match, 2, 1)
    run_queue()
    record_result(match.pk, Result(full_time=Goals(0, 0)), by="Ada", reason="the goals were taken back")
    run_queue()
    seen = texts(match)
    assert traced(match).state == "Everything is done for revision 3."
    assert list(seen) == ["Result", "Settled", "Scores", "Counted", "Work", "Attempts", "Roundup", REPORT]
    assert [line[:40] for line in seen["Result"]] == [
        "2 by a test: status scheduled → finished",
        "3 by Ada (the goals were taken back): fu",
        "3 now finished, full time 0–0",
    ]
    assert [line[:5] for line in seen["Settled"]] == ["2 2–1", "3 0–0"]
    assert [line.count("superseded") for line in seen["Settled"]] == [1, 0]
    assert (seen["Scores"], seen["Work"]) == (["3 in time"], ["3 everything is done"])
    assert [line.split(":")[0] for line in seen["Attempts"]] == [
        " score_match",
        " calculate_stats",
        " write_roundup",
        " write_round_report",
    ] * 2
    assert len(seen["Roundup"]) == 3
    assert [line.partition(":")[0] for line in seen[REPORT]] == [
        " nothing is queued",
        "3 Matchday 1, published, table 2",
    ]


def test_every_line_names_a_page_that_is_there(match: Match) -> None:
    finish(match, 2, 1)
    pages = {line.page for section in traced(match).sections for line in section.lines}
    run_queue()
    pages |= {line.page for section in traced(match).sections for line in section.lines}
    assert pages == {
        "",
        "scoring_resultchange_change",
        "scoring_settlement_change",
        "django_q_ormq_change",
        "django_q_success_change",
        "content_rounduprevision_change",
        "content_roundup_change",
        "content_reportprogress_change",
        "content_report_change",
    }


def test_what_is_on_its_way_is_shown(match: Match) -> None:
    finish(match, 2, 1)
    assert traced(match).state == "On its way: score_match is next."
    assert [line.split(":")[0] for line in texts(match)["In the queue"]] == [" score_match"]
    run_queue(ahead=AT_ONCE)
    assert traced(match).state == "On its way: write_roundup is next."
    assert texts(match)["Scheduled"] == [f" write_roundup:{match.pk}: content.tasks.write_roundup({match.pk},)"]


def test_what_failed_is_shown_with_its_reason_and_its_next_try(match: Match) -> None:
    match.season.competition.rule = "no-such-rule"
    match.season.competition.save()
    finish(match, 2, 1)
    assert [ran.success for ran in run_queue(ahead=AT_ONCE)] == [False]
    assert traced(match).state == "score_match failed (1 so far), and is tried again: KeyError: 'no-such-rule'"
    assert len(texts(match)["Scheduled"]) == 1
    attempts = next(section.lines for section in traced(match).sections if section.title == "Attempts")
    assert [(line.is_problem, line.text.count("'no-such-rule'")) for line in attempts] == [(True, 1)]


def test_what_was_lost_is_said_to_be(match: Match) -> None:
    finish(match, 2, 1)
    OrmQ.objects.all().delete()
    assert traced(match).state == "Lost: nothing is on its way to it. catch_up restarts it at score_match."
    MatchProgress.objects.all().delete()
    assert traced(match).state == "Lost: nothing is on its way to it. catch_up restarts it at score_match."


def test_what_cannot_be_settled_says_why() -> None:
    match = a_match()
    record_result(match.pk, Result(half_time=Goals(1, 0)), by="a test")
    run_queue()
    assert traced(match).state == "It can't be settled: finished, but the full-time score is not known."


def test_the_command_prints_it(match: Match) -> None:
    finish(match, 2, 1)
    run_queue()
    out = StringIO()
    call_command("trace", "Mexico - Wales", scores=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[:2] == [
        f"Mexico – Wales, 2026-06-11 (World Cup 2026, Matchday 1), match {match.pk}",
        "Everything is done for revision 2.",
    ]
    assert [line for line in lines if line and not line.startswith(" ")][2:] == [
        "Result",
        "Settled",
        "Scores",
        "Counted",
        "Work",
        "Scheduled: nothing",
        "In the queue: nothing",
        "Attempts",
        "Roundup",
        REPORT,
        "Scores of the models",
    ]
    assert [line.split() for line in lines[-2:]] == [["A", "2–1", "7"], ["B", "0–0", "0"]]


def test_a_match_that_is_not_there_is_said_so() -> None:
    with pytest.raises(CommandError, match='no match is "7"'):
        call_command("trace", "7")
