"""Checks every invariant of the project on a live database; `manage.py verify` and the tests call `verify`."""

from collections.abc import Callable, Iterator
from time import monotonic

from content.verify.counted import check_match_stats
from content.verify.flight import in_flight
from content.verify.inputs import check_inputs
from content.verify.progress import check_progress
from content.verify.reading import snapshot
from content.verify.report import Checked, Report
from content.verify.roundups import check_roundups
from content.verify.scores import check_scores
from content.verify.settlements import check_settlements
from content.verify.tables import check_tables
from content.verify.told import check_what_is_told

__all__ = ["Checked", "Report", "verify"]


def verify(
    *, finished: bool = False, facts: bool = False, tell: Callable[[Checked], object] = lambda found: None
) -> Report:
    """Checks every invariant, in one consistent read that keeps nobody waiting, and writes nothing.

    What is on its way is left out of the checks of what follows from it, and counted; with `finished` there must be
    nothing on its way any more. With `facts` those of every public roundup are collected anew (slow). `tell` is given
    each check as soon as it is done.
    """
    began = monotonic()
    done = []
    with snapshot():
        for found in _checks(finished=finished, facts=facts):
            tell(found)
            done.append(found)
    return Report(tuple(done), monotonic() - began)


def _checks(*, finished: bool, facts: bool) -> Iterator[Checked]:
    yield in_flight(finished=finished)
    yield from check_inputs()
    yield from check_settlements()
    yield from check_scores()
    yield from check_tables()
    yield from check_match_stats()
    yield from check_progress()
    yield from check_roundups()
    yield from check_what_is_told(facts=facts)
