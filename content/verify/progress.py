"""Progress and schedules: one row for each match worked on, at its revision; nothing planned for what is done."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule

from content.models import Roundup
from content.verify.flight import done, step_and_id, worked_on
from content.verify.report import Checked, checked
from scoring import pipeline
from scoring.models import Match, MatchProgress, Season, Settlement
from stats.models import MatchStats


def check_progress() -> Iterator[Checked]:
    yield _there()
    yield _standing()
    yield _schedules()
    yield _queue()


def _there() -> Checked:
    """The first step commits together with the change: a match that is over, or has anything derived, has progress."""
    derived = [Exists(kind.objects.filter(match=OuterRef("pk"))) for kind in (Settlement, MatchStats, Roundup)]
    begun = ~Q(status__in=Match.OPEN_STATUSES) | derived[0] | derived[1] | derived[2]
    rows = Match.objects.filter(begun, progress__isnull=True).values_list("pk", "status")
    return checked(
        "every match that is over or was worked on has progress",
        worked_on().count(),
        (f"match {pk}: {status}, and its work never began" for pk, status in rows.iterator()),
    )


def _standing() -> Checked:
    steps = ["", *(step.path for step in pipeline.match_steps())]
    rows = MatchProgress.objects.filter(~Q(revision=F("match__revision")) | ~Q(step__in=steps))
    found = rows.values_list("match", "step", "revision", "match__revision")
    return checked(
        "progress stands at a step of the pipeline, at the revision of its match",
        MatchProgress.objects.count(),
        (f"match {pk}: at {step!r}, revision {at} of {now}" for pk, step, at, now in found.iterator()),
    )


def _schedules() -> Checked:
    """Schedules of the two pipelines, by their names; others are not looked at."""
    of_match = {step.name for step in pipeline.match_steps()}
    of_season = {step.name for step in pipeline.season_steps()}
    named = [(name, *step_and_id(name or "")) for name in Schedule.objects.values_list("name", flat=True)]
    ours = [(name, step, pk) for name, step, pk in named if step in of_match | of_season and pk is not None]
    matches = {pk for _, step, pk in ours if step in of_match}
    known = set(Match.objects.filter(pk__in=matches).values_list("pk", flat=True))
    finished = set(Match.objects.filter(done(), pk__in=matches).values_list("pk", flat=True))
    seasons = set(Season.objects.values_list("pk", flat=True))

    def found() -> Iterator[str]:
        for name, count in Counter(name for name, _, _ in ours).items():
            if count > 1:
                yield f"{count} schedules are called {name}"
        for name, step, pk in ours:
            if pk not in (known if step in of_match else seasons):
                yield f"schedule {name}: there is nothing with this id"
            elif step in of_match and pk in finished:
                yield f"schedule {name}: the match is done"

    return checked("at most one schedule for each step, none for what is done", len(ours), found())


def _queue() -> Checked:
    """Rows that no worker of ours can run: written under another key, or naming a function that is not there."""

    def found() -> Iterator[str]:
        for row in OrmQ.objects.order_by("pk").iterator():
            func = row.task.get("func")
            if func is None:
                yield f"queue row {row.pk}: it can't be read with this SECRET_KEY"
            elif isinstance(func, str) and not _exists(func):
                yield f"queue row {row.pk}: there is no {func}"

    return checked("queue rows that can't be run", OrmQ.objects.count(), found(), warning=True)


def _exists(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True
