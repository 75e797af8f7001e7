"""What is on its way: matches whose work is not finished, and seasons whose roundups are to be looked at again."""

from collections import Counter

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from content.verify.report import Checked, checked
from scoring import flight, pipeline
from scoring.models import Match, Season


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


def moving_seasons(state: Q) -> set[int]:
    """Return the seasons in which a match is not in this state yet."""
    return set(waiting(state).order_by().values_list("season", flat=True).distinct())


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
