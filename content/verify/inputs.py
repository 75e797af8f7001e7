"""Inputs: what people and imports wrote down, as far as the database itself does not hold it."""

from collections.abc import Iterator
from itertools import chain

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from content.verify.report import Checked, checked
from content.verify.results import check_results
from scoring.models import Match, ResultChange


def check_inputs() -> Iterator[Checked]:
    yield _revisions()
    yield _ahead()
    yield check_results()
    if connection.vendor == "sqlite":
        yield _references()


def _revisions() -> Checked:
    of_theirs = Q(changes__revision__gt=1, changes__revision__lte=F("revision"))
    changes = Count("changes__revision", distinct=True, filter=of_theirs)
    revised = Match.objects.filter(revision__gt=1)
    rows = revised.order_by().values("pk", "revision").annotate(n=changes).exclude(n=F("revision") - 1)
    return checked(
        "every revision of a match says what changed",
        revised.count(),
        chain(
            (f"match {row['pk']}: at revision {row['revision']}, {row['n']} changes" for row in rows.iterator()),
            (f"match {pk}: {n} changes made revision {revision}" for pk, revision, n in _twice().iterator()),
        ),
    )


def _twice() -> "QuerySet[ResultChange, tuple[int, int, int]]":
    """Return match, revision and number of changes where one revision has more than one: one was made unseen."""
    of_one = ResultChange.objects.order_by().values("match", "revision").annotate(n=Count("pk")).filter(n__gt=1)
    return of_one.values_list("match", "revision", "n")


def _ahead() -> Checked:
    ahead = ResultChange.objects.filter(revision__gt=F("match__revision")).values_list("match", "revision")
    return checked(
        "no change is of a revision that is still to come",
        ResultChange.objects.count(),
        (f"match {pk}: a change made revision {revision}" for pk, revision in ahead.iterator()),
    )


def _references() -> Checked:
    """SQLite lets rows be written that refer to nothing while its foreign keys are switched off."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        rows = cursor.fetchall()
    found = (f"row {row} of {table} refers to a row of {other} that is not there" for table, row, other, _ in rows)
    return checked("every reference leads somewhere", len(connection.introspection.table_names()), found)
