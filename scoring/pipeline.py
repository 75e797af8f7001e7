"""Hands a match from one step to the next: `start` and `advance` write the queue row, or the schedule, and the match's
progress into the caller's transaction, so that a change and the task that must follow it commit together.

The order stands in `MATCH_PIPELINE` in the settings; no step knows the one after it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

from scoring.models import Match, MatchProgress

SEASON_TASK_ABOVE = 400
"""From this many matches of one season at once, one task for the season takes the place of one for each match."""


RETRY_SECONDS: float = settings.Q_CLUSTER["retry"]
"""After this time the queue delivers a task again that failed or was never acknowledged."""


@dataclass(frozen=True)
class Step:
    """A task and the seconds it waits before it starts; None: it goes into the queue at once."""

    path: str
    delay: int | None

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


def match_steps() -> list[Step]:
    return [Step(*entry) for entry in settings.MATCH_PIPELINE]


def season_steps() -> list[Step]:
    return [Step(*entry) for entry in settings.SEASON_PIPELINE]


def schedule_name(step: Step, pk: int) -> str:
    return f"{step.name}:{pk}"


def start(matches: Sequence[Match], *, queue: bool = True) -> None:
    """Puts the first step of the pipeline before these matches, unless it is done or queued for their revision already.

    Must run in the transaction that changed them, with the matches locked. With `queue` off nothing is enqueued: the
    caller does the work itself.
    """
    _require_transaction()
    still_first = Q(step=match_steps()[0].path, queued_at__isnull=True)
    begun = MatchProgress.objects.filter(~still_first, match__in=[m.pk for m in matches])
    revisions = dict(begun.values_list("match_id", "revision"))
    _hand_over([match for match in matches if revisions.get(match.pk) != match.revision], 0, queue=queue)


def advance(matches: Sequence[Match], done: str, *, queue: bool = True) -> None:
    """Notes that the step with the dotted path `done` is done for the revision these matches carry; enqueues the next.

    Must run in the step's own transaction, with the matches locked. Matches whose progress stands elsewhere (somebody
    else was faster, or a newer revision has begun) are left alone; one that stands at the next step without being
    queued (its hand-over was lost) is handed over again.
    """
    _require_transaction()
    steps = match_steps()
    place = [step.path for step in steps].index(done) + 1
    following = steps[place].path if place < len(steps) else ""
    here = Q(step=done) | Q(step=following, queued_at__isnull=True)
    standing = MatchProgress.objects.filter(here, match__in=[m.pk for m in matches])
    revisions = dict(standing.values_list("match_id", "revision"))
    _hand_over([match for match in matches if revisions.get(match.pk) == match.revision], place, queue=queue)


def requeue(matches: Sequence[Match]) -> list[Match]:
    """Enqueues the step that each of these matches stands at, unless it is done or in flight; returns those enqueued.

    Must run in a transaction, with the matches locked.
    """
    _require_transaction()
    standing = MatchProgress.objects.unfinished().exclude(pk__in=MatchProgress.objects.in_flight().values("pk"))
    steps = dict(standing.filter(match__in=[m.pk for m in matches]).values_list("match_id", "step"))
    for place, step in enumerate(match_steps()):
        _hand_over([match for match in matches if steps.get(match.pk) == step.path], place, queue=True)
    return [match for match in matches if match.pk in steps]


def postpone(match: Match, step: str) -> None:
    """Lets a match wait once more for a step that it stands at; a match that stands elsewhere is left alone.

    Must run in a transaction, with the match locked.
    """
    _require_transaction()
    place = [s.path for s in match_steps()].index(step)
    if MatchProgress.objects.filter(match=match, step=step, revision=match.revision).exists():
        _hand_over([match], place, queue=True)


def unschedule(match: Match, step: str) -> None:
    """Removes the schedule of a step that was done ahead of its time. Must run with the match locked."""
    _require_transaction()
    path = next(s for s in match_steps() if s.path == step)
    Schedule.objects.filter(name=schedule_name(path, match.pk)).delete()


def scheduled(step: str, season_id: int) -> list[int]:
    """Return the ids of the season's matches that have a schedule of their own for this step."""
    name = next(s.name for s in match_steps() if s.path == step)
    standing = MatchProgress.objects.filter(match__season=season_id, step=step)
    ids = {f"{name}:{pk}": pk for pk in standing.values_list("match_id", flat=True)}
    return [ids[found] for found in Schedule.objects.filter(func=step).values_list("name", flat=True) if found in ids]


def stand_at_last_step(match: Match, error: str) -> None:
    """Puts a match that was done back to the last step, not queued, with the error that keeps it there.

    Must run in a transaction, with the match locked; a match that stands elsewhere is left alone.
    """
    _require_transaction()
    here = MatchProgress.objects.filter(match=match, revision=match.revision, step__in=["", match_steps()[-1].path])
    here.update(step=match_steps()[-1].path, error=error[:2000], changed_at=timezone.now())


def again(matches: Sequence[Match], task: str) -> list[Match]:
    """Enqueues `task`, which does the last step anew, for those of these matches whose earlier steps are done.

    The task is given the id of the match and the time of the order (ISO 8601), by which it knows a second delivery.

    Must run in a transaction, with the matches locked. Returns those enqueued; they stand at the last step again.
    """
    _require_transaction()
    last = match_steps()[-1].path
    now = timezone.now()
    ready = MatchProgress.objects.filter(match__in=[m.pk for m in matches], step__in=["", last])
    ready = ready.filter(revision=F("match__revision"))
    chosen = set(ready.values_list("match_id", flat=True))
    MatchProgress.objects.filter(pk__in=chosen).update(
        step=last, queued_at=now, next_try=now, attempts=0, error="", changed_at=now
    )
    for pk in sorted(chosen):
        async_task(task, pk, now.isoformat(), q_options={"group": f"{task.rpartition('.')[2]}:{pk}"})
    return [match for match in matches if match.pk in chosen]


def start_season(season_id: int, place: int = 0) -> None:
    """Enqueues a step of `SEASON_PIPELINE` for a season; one that waits for its time already stays as it is.

    Must run in the transaction that made it necessary.
    """
    _require_transaction()
    step = season_steps()[place]
    # Locked, not just looked at: a schedule that the cluster is turning into a task this moment is none that will come.
    pending = Schedule.objects.select_for_update(no_key=True).filter(name=schedule_name(step, season_id))
    if not list(pending):
        _enqueue(step, season_id)


def start_season_last(season_id: int) -> None:
    """Enqueues the last step of `SEASON_PIPELINE`: a second look at whatever hangs on the season's tables."""
    start_season(season_id, len(season_steps()) - 1)


def advance_season(season_id: int, done: str) -> None:
    """Enqueues the step of `SEASON_PIPELINE` that follows the one with the dotted path `done`, if there is one."""
    place = [step.path for step in season_steps()].index(done) + 1
    if place < len(season_steps()):
        start_season(season_id, place)


@contextmanager
def attempt(match_id: int, step: str) -> Iterator[None]:
    """Counts an attempt at a step before its work begins, and writes down why it failed; the error goes on its way."""
    here = MatchProgress.objects.filter(match=match_id, step=step)
    here.update(attempts=F("attempts") + 1, changed_at=timezone.now())
    try:
        yield
    except Exception as error:
        here.update(
            error=f"{type(error).__name__}: {error}"[:2000],
            next_try=timezone.now() + timedelta(seconds=RETRY_SECONDS),
            changed_at=timezone.now(),
        )
        raise


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "the pipeline moves only inside the transaction that changed the match"
        )


def _hand_over(matches: Sequence[Match], place: int, *, queue: bool) -> None:
    if not matches:
        return
    steps = match_steps()
    step = steps[place] if place < len(steps) else None
    now = timezone.now()
    queued = queue and step is not None
    due = now + timedelta(seconds=step.delay or 0) if step and queued else None
    MatchProgress.objects.bulk_create(
        [
            MatchProgress(
                match=match,
                revision=match.revision,
                step=step.path if step else "",
                queued_at=now if queued else None,
                next_try=due,
                changed_at=now,
            )
            for match in matches
        ],
        update_conflicts=True,
        unique_fields=["match"],
        update_fields=["revision", "step", "queued_at", "next_try", "attempts", "error", "changed_at"],
        batch_size=1000,
    )
    if queued and step is not None:
        _enqueue_each(matches, place, step)


def _enqueue_each(matches: Sequence[Match], place: int, step: Step) -> None:
    by_season: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_season[match.season_id].append(match)
    for season_id, group in by_season.items():
        if len(group) > SEASON_TASK_ABOVE:
            start_season(season_id, place)
        else:
            for match in group:
                _enqueue(step, match.pk)


def _enqueue(step: Step, pk: int) -> None:
    if step.delay is None:
        async_task(step.path, pk, q_options={"group": schedule_name(step, pk)})
        return
    Schedule.objects.update_or_create(
        name=schedule_name(step, pk),
        defaults={
            "func": step.path,
            "args": f"({pk},)",
            "schedule_type": Schedule.ONCE,
            "repeats": -1,
            "next_run": timezone.now() + timedelta(seconds=step.delay),
        },
    )
