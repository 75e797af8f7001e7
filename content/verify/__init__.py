"""Checks every invariant of the project on a live database; `manage.py verify` and the tests call `verify`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from time import monotonic

from content.verify.counted import check_match_stats
from content.verify.flight import in_flight, nothing_is_lost
from content.verify.inputs import check_inputs
from content.verify.progress import check_progress
from content.verify.reading import snapshot
from content.verify.report import Checked, Report
from content.verify.reports import check_reports
from content.verify.roundups import check_roundups
from content.verify.scores import check_scores
from content.verify.settlements import check_settlements
from content.verify.tables import check_tables
from content.verify.told import check_what_is_told
from content.verify.upkeep import check_upkeep

__all__ = ["Checked", "Report", "verify"]

BY_WORKERS = "`manage.py catch_up --all` restarts what is lost, and `manage.py qcluster` works it off"
BY_PEOPLE = (
    "nothing can derive it: compare with the record of changes or a backup, and put the input right (admin, "
    "`manage.py record_result`)"
)
BY_REBUILD = (
    "`manage.py run_stats --rebuild` derives it again; older settlements are history: only a backup brings them back"
)
BY_WRITING = (
    "`manage.py write_roundups --check` writes anew what would be another text now, never one edited by hand; "
    "decisions are an editor's (admin), and older versions only a backup brings back"
)
BY_REPORTING = (
    "`manage.py catch_up --all` orders what is missing, `manage.py write_report --anew` writes a new version of one; "
    "decisions are an editor's (admin), and older versions only a backup brings back"
)
BY_MIGRATE = "`manage.py migrate` schedules it again, as does a `manage.py qcluster` that starts"
"""Ways out, printed below what is offending."""


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
    yield from _with(BY_WORKERS if finished else "", [in_flight(finished=finished)])
    yield from _with(BY_WORKERS, [nothing_is_lost()])
    yield from _with(BY_PEOPLE, check_inputs())
    yield from _with(BY_REBUILD, check_settlements())
    yield from _with(BY_REBUILD, check_scores())
    yield from _with(BY_REBUILD, check_tables())
    yield from _with(BY_REBUILD, check_match_stats())
    yield from _with(BY_WORKERS, check_progress())
    yield from _with(BY_MIGRATE, [check_upkeep()])
    yield from _with(BY_WRITING, check_roundups())
    yield from _with(BY_WRITING, check_what_is_told(facts=facts))
    yield from _with(BY_REPORTING, check_reports(facts=facts))


def _with(way_out: str, checks: Iterable[Checked]) -> Iterator[Checked]:
    for found in checks:
        yield found if found.way_out else replace(found, way_out=way_out)
