"""What an editor can decide about a report: keep it back, withdraw it, release it."""

from django.db import transaction
from django.utils import timezone

from content.editing import LONGEST_NOTE, EditingError
from content.models import Report
from content.reports.ordering import Subject, lock
from scoring.locks import retried


@retried
@transaction.atomic
def hold(report_id: int, *, by: str, note: str = "") -> Report:
    """Keeps a report from readers until somebody publishes it; it is kept up to date meanwhile."""
    report = _lock(report_id)
    if report.status == Report.Status.HELD:
        raise EditingError("it is held already")
    return _decide(report, Report.Status.HELD, by=by, note=note)


@retried
@transaction.atomic
def withdraw(report_id: int, *, by: str, note: str) -> Report:
    """Takes a report away from readers, who see the note in its place."""
    report = _lock(report_id)
    if report.status == Report.Status.WITHDRAWN:
        raise EditingError("it is withdrawn already")
    if not note.strip():
        raise EditingError("say why: readers see the note in place of the report")
    return _decide(report, Report.Status.WITHDRAWN, by=by, note=note.strip().removesuffix("."))


@retried
@transaction.atomic
def publish(report_id: int, *, by: str, seen_version: int) -> Report:
    """Releases a report that waited for review, was held or withdrawn: only the version seen, and only while true."""
    report = _lock(report_id)
    if report.status == Report.Status.PUBLISHED:
        raise EditingError("it is published already")
    newest = newest_version(report)
    if newest != seen_version:
        raise EditingError(f"version {newest} was saved while you were looking at {seen_version}: open the page again")
    if not Report.objects.current().filter(pk=report.pk).exists():
        raise EditingError("what it is about has changed since it was written: wait until it is written again")
    return _decide(report, Report.Status.PUBLISHED, by=by)


def newest_version(report: Report) -> int:
    """Return the number of the newest version of a report."""
    return report.versions.values_list("number", flat=True).order_by("-number").first() or 0


def subject_of(report: Report) -> Subject:
    return Subject(report.season_id, report.round, report.model_id)


def _lock(report_id: int) -> Report:
    """Return a report that nobody writes until the transaction ends. Raises `Report.DoesNotExist`."""
    lock(subject_of(Report.objects.get(pk=report_id)))
    return Report.objects.get(pk=report_id)


def _decide(report: Report, status: str, *, by: str, note: str = "") -> Report:
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise EditingError(f"{len(note)} characters are too many for a note, {LONGEST_NOTE} fit")
    report.status, report.note = status, note
    report.decided_by, report.decided_at = by, timezone.now()
    if status == Report.Status.PUBLISHED:
        report.note_published(report.decided_at)
    report.save(update_fields=["status", "note", "decided_by", "decided_at", "published_at"])
    return report
