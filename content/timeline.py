"""Who did what with a roundup, and when: versions, decisions, orders, attempts and corrections in one order of time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from content.editing import BY_HAND
from content.models import Attempt, Roundup, RoundupRevision
from scoring.models import ResultChange
from scoring.services.history import in_words

SHOWN = 100
"""Events of each kind, the newest ones."""


@dataclass(frozen=True)
class Event:
    """`who` is a person, empty for what the software did; `page` and `pk` name a page of the admin, if it has one."""

    at: datetime
    who: str
    what: str
    page: str = ""
    pk: int | None = None


def timeline(roundup: Roundup, *, told_by_versions: Iterable[str] = ()) -> list[Event]:
    """Return what happened with a roundup, the newest first; a fixed number of queries.

    `told_by_versions` are messages of the log of what left a version behind: the version tells of it.
    """
    log = list(_log(roundup))
    told = set(told_by_versions)
    events = [*_versions(roundup), *_attempts(roundup), *_changes(roundup), *_firsts(roundup)]
    events += [event for event in log if event.what.partition(". Why: ")[0] not in told]
    if roundup.decided_at and not any(
        event.who == roundup.decided_by and event.at >= roundup.decided_at for event in log
    ):
        note = f": {roundup.note}" if roundup.note else ""
        events.append(Event(roundup.decided_at, roundup.decided_by, f"Decided: {roundup.get_status_display()}{note}"))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _decided(roundup: Roundup, log: Sequence[Event]) -> Iterator[Event]:
    """Yields the last decision, if it came by another way than the admin, whose log tells of its own."""
    at, by = roundup.decided_at, roundup.decided_by
    if at and not any(event.who == by and event.at >= at for event in log):
        note = f": {roundup.note}" if roundup.note else ""
        yield Event(at, by, f"Decided: {roundup.get_status_display()}{note}")


def _versions(roundup: Roundup) -> Iterator[Event]:
    versions = RoundupRevision.objects.filter(roundup=roundup).only(
        "number", "written_at", "by", "writer", "reason", "headline"
    )
    for version in versions[:SHOWN]:
        by = f"by {version.writer}" if not version.by or version.writer != BY_HAND else "by hand"
        reason = f" ({version.reason})" if version.reason else ""
        what = f"Version {version.number}, written {by}{reason}"
        yield Event(version.written_at, version.by, what, "content_rounduprevision_change", version.pk)


def _log(roundup: Roundup) -> Iterator[Event]:
    kind = ContentType.objects.get_for_model(Roundup)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(roundup.pk)).select_related("user")
    for entry in entries.order_by("-action_time", "-pk")[:SHOWN]:
        yield Event(entry.action_time, entry.user.get_username(), entry.get_change_message())


def _attempts(roundup: Roundup) -> Iterator[Event]:
    attempts = Attempt.objects.filter(match=roundup.match_id).defer("prose", "headline")
    for attempt in attempts[:SHOWN]:
        what = "asked to mend it" if attempt.is_repair else "asked to write"
        problems = f" ({len(attempt.problems)})" if attempt.problems else ""
        told = f"{attempt.language_model} {what}: {attempt.get_outcome_display().lower()}{problems}"
        yield Event(attempt.asked_at, "", told, "content_attempt_change", attempt.pk)


def _changes(roundup: Roundup) -> Iterator[Event]:
    for change in ResultChange.objects.filter(match=roundup.match_id).order_by("-at", "-pk")[:SHOWN]:
        reason = f" ({change.reason})" if change.reason else ""
        what = f"Match changed: {in_words(change)}{reason}"
        yield Event(change.at, change.by, what, "scoring_resultchange_change", change.pk)


def _firsts(roundup: Roundup) -> Iterator[Event]:
    if roundup.published_at:
        yield Event(roundup.published_at, "", "Readers could see it for the first time")
