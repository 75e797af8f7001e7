"""What is on its way: matches whose work is not finished, and seasons whose roundups are to be looked at again.

And what should be, and is not: work that nothing will come to.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from content.verify.report import Checked, checked
from scoring import flight, pipeline
from scoring.models import Match, MatchProgress, Season

LOST = timedelta(minutes=15)
"""What was due so long ago and is in no queue was not found by `catch_up` either, which looks every few minutes."""


def past(step: str) -> Q:
    """Matches for which this step of the pipeline (a dotted path) is done at their present revision."""
    steps = [known.path for known in pipeline.match_steps()]
    return Q(progress__revision=F("revision"), progress__step__in=[*steps[steps.index(step) + 1 :], ""])


def done() -> Q:
    """Matches for which every step is done at their present revision."""
    return Q(progress__revision=F("revision"), progress__step="")


def worked_on() -> "QuerySet[Match]":
    """Matches that the pipeline has to do with: over, or begun once."""
    return Match.objects.filter(~Q(status__in=Match.OPEN_STATUSES) | Q(progress__isnull=False))


def waiting(state: Q) -> "QuerySet[Match]":
    """Matches worked on that are not in this state (`past`, `done`) yet."""
    there = Match.objects.filter(state, pk=OuterRef("pk"))
    return worked_on().filter(~Exists(there))


def pending_seasons() -> set[int]:
    """Return the seasons for which a task of `SEASON_PIPELINE` is in the queue or scheduled.

    With more rows in the queue than can be opened, it may be any of them.
    """
    seen = flight.look()
    if not seen.complete:
        return set(Season.objects.values_list("pk", flat=True))
    steps = {step.name for step in pipeline.season_steps()}
    return {pk for step, pk in map(step_and_id, seen.scheduled | seen.queued) if step in steps and pk is not None}


def step_and_id(name: str) -> tuple[str, int | None]:
    """Return what the name of a schedule is made of; no id if it isn't such a name."""
    step, _, pk = name.rpartition(":")
    return (step, int(pk)) if pk.isdecimal() and pk.isascii() else (name, None)


def in_flight(*, finished: bool) -> Checked:
    """Counts the matches and seasons on their way, by step; with `finished` there must be none."""
    matches = waiting(done())
    steps = Counter(step or "" for step in matches.order_by().values_list("progress__step", flat=True).iterator())
    lines = [f"{count:,} × {step or 'not begun for its revision'}" for step, count in sorted(steps.items())]
    lines += [f"season {pk}: a task for it is queued or scheduled" for pk in sorted(pending_seasons())]
    name = "nothing is in flight" if finished else "in flight"
    return checked(name, worked_on().count(), lines, warning=not finished)


def nothing_is_lost() -> Checked:
    """A step that was due has a row in the queue, or a schedule; in a queue too long to be opened, nobody can say."""
    unfinished = MatchProgress.objects.unfinished().filter(revision=F("match__revision"))
    return checked("nothing is lost", unfinished.count(), _lost())


def _lost() -> Iterator[str]:
    seen = flight.look()
    places = {step.path: place for place, step in enumerate(pipeline.match_steps())}
    due = MatchProgress.objects.due_before(timezone.now() - LOST).filter(revision=F("match__revision"), step__in=places)
    rows = due.values_list("match", "match__season", "step", "changed_at") if seen.complete else []
    for pk, season, step, since in rows:
        if not seen.carries(places[step], pk, season):
            yield f"match {pk}: {step} is next since {since:%Y-%m-%d %H:%M}, and nothing in flight brings it"
