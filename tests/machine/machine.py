"""The machine: facts come in, work is done in any order, and after every step everything is compared."""

from datetime import timedelta
from unittest.mock import patch

from django_q.models import OrmQ

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, invariant, multiple, precondition, rule

from content.catching_up import catch_up
from content.facts import MatchFacts
from content.tasks import write_roundup
from content.writers import Article, TemplateWriter
from scoring import pipeline
from scoring.rules import Goals
from scoring.tasks import score_match
from stats.tasks import calculate_stats
from tests.interruptions import DeadError, interrupted
from tests.machine import queue
from tests.machine.editors import EditorRules, places
from tests.machine.facts import MODELS, deaths, goals
from tests.queue import enqueue_due


class Machine(EditorRules):
    """Facts, decisions and work together, in one transaction that is taken back at the end."""

    @initialize(target=EditorRules.matches, few=st.booleans(), scores=st.tuples(*[goals] * 4), done=st.booleans())
    def begin(self, few: bool, scores: tuple[Goals, ...], done: bool) -> MultipleResults[int]:
        """A season is under way. In half of the runs two matches are many: a task for the season does the work."""
        pipeline.SEASON_TASK_ABOVE = 400 if few else 1
        played = [self.create(day, 0, None) for day in (-5, -4, -4, -2)]
        for number, (pk, score) in enumerate(zip(played, scores, strict=True)):
            for place, model in enumerate(MODELS[:3]):
                tip = Goals((number + place) % 3, place)
                self.predict(pk, model, tip, timedelta(hours=-1), None)
            self.record(pk, score, None)
        if done:
            self.work_on(40, roundups=True)
        return multiple(*played)

    @precondition(lambda self: bool(queue.deliveries()))
    @rule(place=places, twice=st.booleans(), death=st.one_of(st.none(), st.integers(1, 60)))
    def work(self, place: int, twice: bool, death: int | None) -> None:
        """A worker takes any delivery. One that dies, or whose acknowledgement is lost, leaves it in the queue."""
        rows = queue.deliveries()
        row = rows[place % len(rows)]
        try:
            with interrupted(death):
                queue.run(row)
        except DeadError:
            return
        if not twice:
            queue.acknowledge(row)

    @precondition(lambda self: bool(queue.deliveries() or queue.schedules()))
    @rule(steps=st.sampled_from([2, 5, 40]), roundups=st.booleans())
    def work_on(self, steps: int, roundups: bool) -> None:
        """A worker does one thing after the other, the oldest first, and in time the roundups that wait for theirs."""
        for _ in range(steps):
            if roundups:
                enqueue_due()
            for row in queue.deliveries()[:1]:
                self._do(row)
        if not self.ledger.lost and not queue.deliveries() and not queue.schedules():
            self.ledger.check_finished()

    @rule(pk=EditorRules.matches, other=EditorRules.matches, score=goals, steps=st.integers(0, 3), death=deaths)
    def correct_while_writing(self, pk: int, other: int, score: Goals, steps: int, death: int | None) -> None:
        """While the writer writes about a match a result is corrected, and perhaps scored and counted."""

        def interfere(facts: MatchFacts) -> Article:
            article = TemplateWriter().write(facts)
            self.record(other, score, death)
            for step in (score_match, calculate_stats, score_match)[:steps]:
                step(other)
                self.ledger.check()
            return article

        with patch("content.services.default_writer") as writer:
            writer.return_value.write.side_effect = interfere
            write_roundup(pk)

    @precondition(lambda self: bool(queue.schedules()))
    @rule(place=places)
    def come_due(self, place: int) -> None:
        rows = queue.schedules()
        queue.come_due(rows[place % len(rows)])

    @precondition(lambda self: bool(queue.deliveries() or queue.schedules()))
    @rule(place=places)
    def lose(self, place: int) -> None:
        rows = [*queue.deliveries(), *queue.schedules()]
        rows[place % len(rows)].delete()
        self.ledger.lost = True

    @rule(minutes=st.sampled_from([1, 40, 600]))
    def time_passes(self, minutes: int) -> None:
        queue.let_time_pass(timedelta(minutes=minutes))

    @rule(everything=st.booleans(), death=st.one_of(st.none(), st.integers(1, 60)))
    def sweep(self, everything: bool, death: int | None) -> None:
        """After a look at everything nothing stands still, whatever was lost."""
        if self.committed(lambda: catch_up(everything=everything), death) and everything:
            self.ledger.lost = False

    def _do(self, row: OrmQ) -> None:
        """Delivers a row; tables are compared before anything else is done."""
        queue.run(row)
        queue.acknowledge(row)
        if "stats" in row.task["func"]:
            self.ledger.check()

    @invariant()
    def everything_agrees(self) -> None:
        self.ledger.check()

    def finish(self) -> None:
        """Does all the work there is."""
        for _ in range(200):
            enqueue_due()
            rows = queue.deliveries()
            if not rows and not queue.schedules():
                return
            if not rows:
                queue.let_time_pass(timedelta(hours=12))
                continue
            self._do(rows[0])
        raise AssertionError("the work does not end")

    def teardown(self) -> None:
        if self.ledger.lost:
            catch_up(everything=True)
            self.ledger.lost = False
        self.ledger.check()
        self.finish()
        self.ledger.check()
        self.ledger.check_the_end()
