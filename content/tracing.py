"""The whole chain of one match, from the result to the roundup, in the order in which it comes about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django_q.models import OrmQ, Schedule, Task

from content.comparing import DONE, Compared, compare
from content.models import ReportPin, ReportProgress, Roundup, RoundupRevision
from content.models.roundups import standing_of
from content.reports.ordering import Subject
from scoring import flight
from scoring.models import Match, MatchProgress, ResultChange, Score, Settlement
from scoring.services.history import in_words
from scoring.steps import match_steps, schedule_name, season_steps
from stats.models import MatchStats

OF_THE_WORK = {"Work", "Scheduled", "In the queue", "Attempts"}
TRIED_AGAIN = ", and is tried again: "
TASKS_SHOWN = 30
"""Attempts of the match's own steps, and of its season's, the newest ones."""


@dataclass(frozen=True)
class Line:
    """Something that happened or holds: when, at which revision of the match, and what.

    `is_past`: it holds no more. `is_problem`: it went wrong. `page` and `pk` name its page in the admin.
    """

    at: datetime | None
    revision: int | None
    text: str
    is_past: bool = False
    is_problem: bool = False
    page: str = ""
    pk: Any = None


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Trace:
    """`state` says in one sentence how it is with the match now."""

    match: Match
    state: str
    sections: tuple[Section, ...]


def trace_of(match: Match) -> Trace:
    """Return everything that is known of the work on a match; a fixed number of queries, and one look at the queue.

    At most `scoring.flight.MOST_ROWS` rows of the queue are opened.
    """
    progress = MatchProgress.objects.filter(match=match).first()
    in_flight = flight.look()
    own = [schedule_name(step, match.pk) for step in match_steps()]
    names = own + [schedule_name(step, match.season_id) for step in season_steps()]
    names.append(Subject(match.season_id, match.round).name)
    sections = {
        "Result": _result(match),
        "Settled": _settled(match),
        "Scores": _scores(match),
        "Counted": _counted(match),
        "Work": _work(progress),
        "Scheduled": _scheduled(names),
        "In the queue": _queued(names, in_flight),
        "Attempts": _attempts(own, names[len(own) :]),
        "Roundup": _roundup(match),
        "Report on its round": _report(match),
    }
    return Trace(
        match=match,
        state=state_of(match, progress, in_flight),
        sections=tuple(Section(title, tuple(lines)) for title, lines in sections.items()),
    )


def for_readers(trace: Trace) -> Trace:
    """Return what may be told to people who don't look at the work: no errors of tasks, and nothing of the queue."""
    sections = [section for section in trace.sections if section.title not in OF_THE_WORK]
    return Trace(
        trace.match,
        trace.state.partition(TRIED_AGAIN)[0].removesuffix(".") + ".",
        tuple(Section(each.title, tuple(line for line in each.lines if not line.is_problem)) for each in sections),
    )


def state_of(match: Match, progress: MatchProgress | None, in_flight: flight.Flight) -> str:
    """Return in one sentence how it is with a match: done, on its way, failing, lost, or not to be settled."""
    found = compare([match.pk])[0]
    if found.is_beyond_help or (found.awaited is not None and not _is_coming(found, in_flight)):
        if not in_flight.complete and not found.is_beyond_help:
            return "It may have been lost: the queue is too long to say."
        place = found.missing if found.is_beyond_help and found.missing is not None else found.awaited
        return f"Lost: nothing is on its way to it. catch_up restarts it at {match_steps()[place or 0].name}."
    if found.awaited is not None:
        step = match_steps()[found.awaited].name
        if progress and progress.error:
            return f"{step} failed ({progress.attempts} so far){TRIED_AGAIN}{_first_line(progress.error)}"
        return f"On its way: {step} is next."
    if progress is None:
        return "Nothing was begun: the match is not over."
    why_not = match.why_not_settled(match.season.competition)
    return f"It can't be settled: {why_not}." if why_not else f"Everything is done for revision {match.revision}."


def _is_coming(found: Compared, in_flight: flight.Flight) -> bool:
    place = found.awaited
    return place is not None and place < DONE and in_flight.carries(place, found.match_id, found.season_id)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _result(match: Match) -> Iterator[Line]:
    for change in reversed(ResultChange.objects.filter(match=match)):
        why = f" ({change.reason})" if change.reason else ""
        text = f"by {change.by}{why}: {in_words(change)}"
        yield Line(change.at, change.revision, text, page="scoring_resultchange_change", pk=change.pk)
    yield Line(match.changed_at, match.revision, f"now {match.get_status_display().lower()}, {_phases(match)}")


def _phases(match: Match) -> str:
    known = [(name, match.goals_of(name)) for name in ("full_time", "half_time", "extra_time", "shootout")]
    told = [f"{name.replace('_', ' ')} {goals.home}–{goals.away}" for name, goals in known if goals]
    return ", ".join(told) or "no score is known"


def _settled(match: Match) -> Iterator[Line]:
    for row in reversed(Settlement.objects.filter(match=match)):
        chosen = f"{row.chosen_home} / {row.chosen_draw} / {row.chosen_away} chose home, draw, away"
        worth = f", worth {row.quota_home} / {row.quota_draw} / {row.quota_away}" if row.quota_home is not None else ""
        text = f"{row.home_goals}–{row.away_goals} {row.get_basis_display()}, rule {row.rule}; {chosen}{worth}"
        if past := row.superseded_at is not None:
            text += f"; superseded {row.superseded_at:%Y-%m-%d %H:%M:%S}: {row.superseded_because}"
        yield Line(row.settled_at, row.revision, text, past, page="scoring_settlement_change", pk=row.pk)


def _scores(match: Match) -> Iterator[Line]:
    rows = Score.objects.filter(match=match).order_by("settlement__revision", "timing")
    grouped = rows.values_list("settlement__settled_at", "settlement__revision", "timing").annotate(Count("pk"))
    for at, revision, timing, count in grouped:
        yield Line(at, revision, f"{count} {Score.Timing(timing).label}")


def _counted(match: Match) -> Iterator[Line]:
    for row in MatchStats.objects.filter(match=match).select_related("season"):
        text = f"in version {row.version} of the season's table, which is at {row.season.stats_version}"
        yield Line(row.counted_at, row.revision, text)


def _work(progress: MatchProgress | None) -> Iterator[Line]:
    if progress is None:
        return
    if not progress.step:
        yield Line(progress.changed_at, progress.revision, "everything is done")
        return
    since = f"queued since {progress.queued_at:%Y-%m-%d %H:%M:%S}" if progress.queued_at else "not queued"
    due = f", due {progress.next_try:%Y-%m-%d %H:%M:%S}" if progress.next_try else ""
    text = f"next is {progress.step}: {since}{due}, attempts so far: {progress.attempts}"
    yield Line(progress.changed_at, progress.revision, text)
    if progress.error:
        yield Line(progress.changed_at, progress.revision, progress.error, is_problem=True)


def _scheduled(names: Sequence[str]) -> Iterator[Line]:
    for row in Schedule.objects.filter(name__in=names).order_by("next_run"):
        text = f"{row.name}: {row.func}{row.args or '()'}"
        yield Line(row.next_run, None, text, page="django_q_schedule_change", pk=row.pk)


def _queued(names: Sequence[str], in_flight: flight.Flight) -> Iterator[Line]:
    if not in_flight.queued.isdisjoint(names):
        for row in OrmQ.objects.order_by("pk")[: flight.MOST_ROWS]:
            if row.group() in names:
                taken = f"free to take from {row.lock:%H:%M:%S}" if row.lock else "free to take"
                text = f"{row.group()}: {row.func()}{row.args()}, {taken}, queue {row.key}"
                yield Line(row.task.get("started"), None, text, page="django_q_ormq_change", pk=row.pk)
    if not in_flight.complete:
        yield Line(None, None, f"only the first {flight.MOST_ROWS} rows were looked at", is_problem=True)
    if in_flight.unreadable:
        unreadable = f"{in_flight.unreadable} rows can't be read: they were written under another SECRET_KEY"
        yield Line(None, None, unreadable, is_problem=True)


def _attempts(own: Sequence[str], of_season: Sequence[str]) -> Iterator[Line]:
    rows = [row for names in (own, of_season) for row in _newest(names)]
    for row in sorted(rows, key=lambda row: row.stopped):
        took = (row.stopped - row.started).total_seconds()
        text = f"{row.group}: {'done' if row.success else 'failed'} after {took:.1f} s, {_first_line(str(row.result))}"
        page = "django_q_success_change" if row.success else "django_q_failure_change"
        times = f" (delivered {row.attempt_count} times)" if row.attempt_count > 1 else ""
        yield Line(row.stopped, None, text + times, is_problem=not row.success, page=page, pk=row.pk)


def _newest(groups: Sequence[str]) -> list[Task]:
    return list(Task.objects.filter(group__in=groups).order_by("-stopped")[:TASKS_SHOWN])


def _report(match: Match) -> Iterator[Line]:
    subject = Subject(match.season_id, match.round)
    for work in ReportProgress.objects.filter(name=subject.name):
        due = f", due {work.next_try:%Y-%m-%d %H:%M:%S}" if work.next_try else ""
        text = f"queued{due}, attempts so far: {work.attempts}" if work.queued_at else "nothing is queued"
        yield Line(work.changed_at, None, text, page="content_reportprogress_change", pk=work.pk)
        if work.error:
            yield Line(work.changed_at, None, work.error, is_problem=True)
    pins = ReportPin.objects.filter(match=match).select_related("report").defer("report__text", "report__facts")
    for pin in pins.order_by("report"):
        report = pin.report
        table = f", table {pin.stats_version}" if pin.stats_version is not None else ""
        text = f"{report.round}, {report.get_status_display().lower()}{table}: {report.headline}"
        yield Line(report.written_at, pin.revision, text, page="content_report_change", pk=report.pk)


def _roundup(match: Match) -> Iterator[Line]:
    versions = RoundupRevision.objects.filter(roundup__match=match).defer("text", "facts").order_by("number")
    for row in versions:
        by = f"by {row.by}" if row.by else f"by {row.writer}"
        why = f" ({row.reason})" if row.reason else ""
        text = f"version {row.number} {by}{why}, table {row.stats_version}: {row.headline}"
        yield Line(row.written_at, row.revision, text, is_past=True, page="content_rounduprevision_change", pk=row.pk)
    for roundup in Roundup.objects.with_match().filter(match=match):
        because = roundup.match_is_void or roundup.note
        standing = f"{standing_of(roundup).label}{': ' if because else ''}{because}"
        text = f"{standing}, table {roundup.stats_version}: {roundup.headline}"
        yield Line(roundup.written_at, roundup.revision, text, page="content_roundup_change", pk=roundup.pk)
