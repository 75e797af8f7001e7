"""Shows the chain of one match as it happens: what the database says, on a line that grows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic, sleep

from django.utils import timezone
from django_q.models import Schedule

from rich.console import Console
from rich.live import Live
from rich.markdown import Markdown
from rich.text import Text

from content.demo.processes import DemoError
from content.models import Roundup
from scoring import pipeline
from scoring.models import Settlement
from scoring.rules import Goals, Phases
from stats.models import MatchStats

PATIENCE = 120.0
"""Seconds after which a roundup that has not appeared will not appear: the delay, the scheduler's 30 s, and spare."""

LOOK_EVERY = 0.25


def score_line(phases: Phases) -> str:
    """Return a result in words, such as `2–2 (3–3 a.e.t., 4–2 pens)`."""
    after = [(phases.extra_time, "a.e.t."), (phases.shootout, "pens")]
    more = ", ".join(f"{dashed(goals)} {name}" for goals, name in after if goals)
    first = dashed(phases.full_time) if phases.full_time else "unknown"
    return f"{first} ({more})" if more else first


def dashed(goals: Goals) -> str:
    return f"{goals.home}–{goals.away}"


class Chain:
    """What has happened to a match since it got a revision, in order, as far as it has been seen.

    `done`: what happened, in words. `corrected`: a roundup was public before, so that it must first disappear.
    """

    def __init__(self, match_id: int, revision: int, *, corrected: bool = False) -> None:
        self._match = {"match": match_id}
        self._of = {"match": match_id, "revision__gte": revision}
        self._schedule = pipeline.schedule_name(pipeline.match_steps()[-1], match_id)
        self._probes: list[Callable[[], str]] = [self._scored, self._counted, self._published]
        if corrected:
            self._probes.insert(0, self._taken_down)
        self.done: list[str] = []

    @property
    def finished(self) -> bool:
        return not self._probes

    def look(self) -> None:
        """Moves everything that has happened by now to `done`."""
        while self._probes and (seen := self._probes[0]()):
            self.done.append(seen)
            del self._probes[0]

    def pending(self, now: datetime) -> str:
        """Return what is waited for, in words; empty if there is nothing to say."""
        if self._probes != [self._published]:
            return ""
        due = Schedule.objects.filter(name=self._schedule).values_list("next_run", flat=True).first()
        seconds = max(0, round((due - now).total_seconds())) if due else 0
        if seconds:
            return f"roundup due in {seconds // 60}:{seconds % 60:02}"
        return "roundup waits for the scheduler" if due else "roundup being written"

    def _taken_down(self) -> str:
        return "" if Roundup.objects.public().filter(**self._match).exists() else "✓ old article off the page"

    def _scored(self) -> str:
        settlement = Settlement.objects.current().filter(**self._of).first()
        return f"✓ scored {settlement.scores.count()} predictions" if settlement else ""

    def _counted(self) -> str:
        return "✓ stats" if MatchStats.objects.filter(**self._of).exists() else ""

    def _published(self) -> str:
        return "✓ roundup" if Roundup.objects.public().filter(**self._of).exists() else ""


def follow(console: Console, opening: str, chain: Chain, *, require_alive: Callable[[], None]) -> None:
    """Shows the chain until the roundup is public. `require_alive` raises if who does the work has died.

    Raises `DemoError` after `PATIENCE`.
    """
    end = monotonic() + PATIENCE
    start = f"{timezone.now():%H:%M:%S} {opening}"
    with _line(console) if console.is_terminal else _lines(console) as show:
        while True:
            chain.look()
            now = timezone.now()
            show([start, *chain.done], f"{now:%H:%M:%S}" if chain.finished else chain.pending(now))
            if chain.finished:
                return
            if monotonic() > end:
                raise DemoError(
                    f"No roundup after {PATIENCE:.0f} seconds; so far: {', '.join(chain.done) or 'nothing'}."
                )
            require_alive()
            sleep(LOOK_EVERY)


Show = Callable[[list[str], str], None]
"""Takes what has happened, and what stands after it: what is waited for, or when it was all done."""


@contextmanager
def _line(console: Console) -> Iterator[Show]:
    """One line that grows, for a terminal, with what is waited for at its end."""
    shown = Text()
    with Live(shown, console=console, auto_refresh=False) as live:

        def show(done: list[str], last: str) -> None:
            nonlocal shown
            line = Text(" ").join([Text(" ".join(done)), Text(last, style="dim")])
            if line != shown:
                live.update(shown := line, refresh=True)

        yield show


@contextmanager
def _lines(console: Console) -> Iterator[Show]:
    """A line for each thing that happens, for a pipe; of the countdown only its beginning."""
    shown: list[str] = []

    def show(done: list[str], last: str) -> None:
        for text in [*done, *([last] if last.startswith("roundup due in") else [])]:
            what = "due" if text == last else text
            if what not in shown:
                at = "" if text == done[0] else f"{timezone.now():%H:%M:%S} "
                console.print(f"{at}{text}", markup=False, highlight=False, soft_wrap=True)
                shown.append(what)

    yield show


def show_article(console: Console, match_id: int) -> None:
    """Prints the public roundup of a match: laid out on a terminal, as it was written in a pipe."""
    roundup = Roundup.objects.public().get(match=match_id)
    text = f"# {roundup.headline}\n\n{roundup.text}"
    console.print()
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print()
