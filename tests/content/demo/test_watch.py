"""What the demo shows of a match's chain: the steps in their order, what is waited for, and an end to the waiting."""

import io
import re
from datetime import timedelta

from django_q.models import Schedule

import pytest
from rich.console import Console

from content.demo import watch
from content.demo.processes import DemoError
from content.demo.watch import Chain, follow, score_line, show_article
from content.models import Roundup
from content.services import write_roundup
from scoring.models import Match
from scoring.rules import Goals, Phases
from scoring.services import score_match
from stats.services import calculate_stats
from tests.factories import a_match, finish, predictions

pytestmark = pytest.mark.django_db


def alive() -> None:
    """Nothing that works for this chain has died."""


@pytest.fixture
def match() -> Match:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1), "C": (0, 0)})
    finish(match, 2, 1)
    match.refresh_from_db()
    return match


def bring_to_the_end(match: Match) -> None:
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return re.sub(r"\d\d:\d\d:\d\d", "TIME", console.file.getvalue())


@pytest.mark.parametrize(
    ("phases", "line"),
    [
        (Phases(Goals(0, 0), Goals(2, 1)), "2–1"),
        (Phases(full_time=Goals(1, 1), extra_time=Goals(2, 1)), "1–1 (2–1 a.e.t.)"),
        (Phases(Goals(2, 0), Goals(2, 2), Goals(3, 3), Goals(4, 2)), "2–2 (3–3 a.e.t., 4–2 pens)"),
        (Phases(full_time=Goals(1, 1), shootout=Goals(5, 4)), "1–1 (5–4 pens)"),
        (Phases(), "unknown"),
    ],
)
def test_a_result_in_words(phases: Phases, line: str) -> None:
    assert score_line(phases) == line


def test_the_chain_is_seen_step_by_step(match: Match) -> None:
    chain = Chain(match.pk, match.revision)
    seen = []
    for step in (lambda pk: None, score_match, calculate_stats, write_roundup):
        step(match.pk)
        chain.look()
        seen.append(list(chain.done))
    everything = ["✓ scored 3 predictions", "✓ stats", "✓ roundup"]
    assert seen == [everything[:n] for n in range(4)]
    assert chain.finished


def test_while_the_roundup_is_not_due_the_time_until_then_is_shown(match: Match) -> None:
    chain = Chain(match.pk, match.revision)
    score_match(match.pk)
    chain.look()
    assert chain.pending(match.kickoff) == ""
    calculate_stats(match.pk)
    chain.look()
    due = Schedule.objects.get().next_run
    assert chain.pending(due - timedelta(seconds=83)) == "roundup due in 1:23"
    assert chain.pending(due + timedelta(seconds=5)) == "roundup waits for the scheduler"
    Schedule.objects.all().delete()
    assert chain.pending(due) == "roundup being written"


def test_after_a_correction_the_old_article_goes_first(match: Match) -> None:
    bring_to_the_end(match)
    finish(match, 2, 2)
    chain = Chain(match.pk, match.revision + 1, corrected=True)
    chain.look()
    assert chain.done == ["✓ old article off the page"]
    bring_to_the_end(match)
    chain.look()
    assert chain.done == ["✓ old article off the page", "✓ scored 3 predictions", "✓ stats", "✓ roundup"]


def test_in_a_pipe_every_step_is_a_line(match: Match) -> None:
    bring_to_the_end(match)
    console = Console(file=io.StringIO())
    follow(console, "result 2–1", Chain(match.pk, match.revision), require_alive=alive)
    assert printed(console).splitlines() == [
        "TIME result 2–1",
        "TIME ✓ scored 3 predictions",
        "TIME ✓ stats",
        "TIME ✓ roundup",
    ]


def test_on_a_terminal_one_line_holds_them_all(match: Match) -> None:
    bring_to_the_end(match)
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=120)
    follow(console, "result 2–1", Chain(match.pk, match.revision), require_alive=alive)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed(console)).replace("\r", "\n")
    assert {line for line in shown.splitlines() if line} == {
        "TIME result 2–1 ✓ scored 3 predictions ✓ stats ✓ roundup TIME"
    }


def test_waiting_ends_with_what_has_happened_until_then(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.0)
    score_match(match.pk)
    with pytest.raises(DemoError, match=r"^No roundup after 0 seconds; so far: ✓ scored 3 predictions\.$"):
        follow(Console(file=io.StringIO()), "result 2–1", Chain(match.pk, match.revision), require_alive=alive)


def test_the_article_in_a_pipe_is_what_was_written(match: Match) -> None:
    bring_to_the_end(match)
    roundup = Roundup.objects.get()
    console = Console(file=io.StringIO(), width=40)
    show_article(console, match.pk)
    assert printed(console) == f"\n# {roundup.headline}\n\n{roundup.text}\n\n"
