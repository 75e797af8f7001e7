"""Hands a match from one step to the next: `start` and `advance` write the queue row, or the schedule, and the match's
progress into the caller's transaction, so that a change and the task that must follow it commit together.

The order stands in `MATCH_PIPELINE` in the settings; no step knows the one after it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_q.models import Schedule

from scoring import flight
from scoring.models import Match, MatchProgress, Season
from scoring.retries import ERROR_LENGTH, in_words, pause
from scoring.retries import attempt as attempt
from scoring.retries import attempt_season as attempt_season
from scoring.retries import ends_all as ends_all
from scoring.retries import season_comes_again as season_comes_again
from scoring.steps import Step, enqueue, enqueue_at_once, place_of, require_transaction, schedule
from scoring.steps import match_steps as match_steps
from scoring.steps import schedule_name as schedule_name
from scoring.steps import season_steps as season_steps

SEASON_TASK_ABOVE = 400
"""From this many matches of one season at once, one task for the season takes the place of one for each match."""

LONGEST_WAIT = timedelta(minutes=5)
"""Between two looks at whether a match that is not ready has become so."""
LONG_WAIT = 6
"""At this attempt, after pauses of 30, 30, 60, 300 and 300 seconds, a match that is not ready needs attention."""


def start(matches: Sequence[Match], *, queue: bool = True) -> None:
    """Puts the first step of the pipeline before these matches, unless it is done or queued for their revision already.

    Must run in the transaction that changed them, with the matches locked. With `queue` off nothing is enqueued: the
    caller does the work itself.
    """
    require_transaction()
    still_first = Q(step=match_steps()[0].path, queued_at__isnull=True)
    begun = MatchProgress.objects.filter(~still_first, match__in=[m.pk for m in matches])
    revisions = {progress.match_id: progress.revision for progress in begun}
    new = [match for match in matches if revisions.get(match.pk) != match.revision]
    _drop_schedules(new, begun)
    _hand_over(new, 0, queue=queue)


def advance(matches: Sequence[Match], done: str, *, queue: bool = True) -> None:
    """Notes that the step with the dotted path `done` is done for the revision these matches carry; enqueues the next.

    Must run in the step's own transaction, with the matches locked. Matches whose progress stands elsewhere (somebody
    else was faster, or a newer revision has begun) are left alone; one that stands at the next step without being
    queued (its hand-over was lost) is handed over again.
    """
    require_transaction()
    steps = match_steps()
    place = [step.path for step in steps].index(done) + 1
    following = steps[place].path if place < len(steps) else ""
    here = Q(step=done) | Q(step=following, queued_at__isnull=True)
    standing = MatchProgress.objects.filter(here, match__in=[m.pk for m in matches])
    revisions = {progress.match_id: progress.revision for progress in standing}
    here_still = [match for match in matches if revisions.get(match.pk) == match.revision]
    _drop_schedules(here_still, [progress for progress in standing if progress.error])
    _hand_over(here_still, place, queue=queue)


def requeue(matches: Sequence[Match]) -> list[Match]:
    """Enqueues the step that each of these matches stands at, unless it is done or in flight; returns those enqueued.

    The attempts and the last error stay. Must run in a transaction, with the matches locked.
    """
    require_transaction()
    standing = MatchProgress.objects.unfinished().filter(match__in=[m.pk for m in matches]).in_bulk()
    in_flight = flight.look() if standing else flight.Flight()
    lost: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        progress = standing.get(match.pk)
        if progress is None or in_flight.carries(place_of(progress.step), match.pk, match.season_id):
            continue
        if in_flight.complete or progress.queued_at is None:
            lost[place_of(progress.step)].append(match)
    for place, group in lost.items():
        _queue_again(group, place, SEASON_TASK_ABOVE)
    return [match for match in matches if any(match in group for group in lost.values())]


def restart(matches: Sequence[Match], place: int, *, season_task_above: int) -> None:
    """Lets these matches stand at the step at this place of the pipeline, wherever they stood, and enqueues it.

    Of one that stands there already the attempts and the last error stay. Must run in a transaction, with the matches
    locked.
    """
    require_transaction()
    step = match_steps()[place].path
    begun = MatchProgress.objects.filter(match__in=[match.pk for match in matches])
    stay = {(progress.match_id, progress.revision) for progress in begun if progress.step == step}
    moved = [match for match in matches if (match.pk, match.revision) not in stay]
    _drop_schedules(moved, begun)
    _hand_over(moved, place, queue=False)
    _queue_again(matches, place, season_task_above)


def try_now(matches: Sequence[Match]) -> list[Match]:
    """Enqueues the step that each of these matches stands at, whatever pause or delay it has; returns those enqueued.

    Those that are done, or stand in the queue already, are left alone. The attempts and the last error stay. Must run
    in a transaction, with the matches locked.
    """
    require_transaction()
    standing = MatchProgress.objects.unfinished().filter(match__in=[m.pk for m in matches]).in_bulk()
    queued = flight.look().queued if standing else frozenset()
    chosen = []
    for match in matches:
        step = match_steps()[place_of(standing[match.pk].step)] if match.pk in standing else None
        if step and schedule_name(step, match.pk) not in queued:
            _try_now(match, step)
            chosen.append(match)
    return chosen


def postpone(match: Match, step: str, why: str) -> None:
    """Lets a match wait once more for a step that it stands at; a match that stands elsewhere is left alone.

    The attempts count on and the pause grows; who has waited for long gets the reason as its error. Must run in a
    transaction, with the match locked.
    """
    require_transaction()
    path = next(s for s in match_steps() if s.path == step)
    standing = MatchProgress.objects.filter(match=match, step=step, revision=match.revision)
    for attempts in standing.values_list("attempts", flat=True):
        now = timezone.now()
        when = now + max(timedelta(seconds=path.delay or 0), min(pause(attempts), LONGEST_WAIT))
        error = f"it still waits, {why}" if attempts >= LONG_WAIT else ""
        standing.update(error=error[:ERROR_LENGTH], queued_at=now, next_try=when, changed_at=now)
        schedule(path, match.pk, when)


def unschedule(match: Match, step: str) -> None:
    """Removes the schedule of a step that was done ahead of its time. Must run with the match locked."""
    require_transaction()
    path = next(s for s in match_steps() if s.path == step)
    Schedule.objects.filter(name=schedule_name(path, match.pk)).delete()


def scheduled(step: str, season_id: int) -> list[int]:
    """Return the ids of the season's matches that have a schedule of their own for this step."""
    name = next(s.name for s in match_steps() if s.path == step)
    standing = MatchProgress.objects.filter(match__season=season_id, step=step)
    ids = {f"{name}:{pk}": pk for pk in standing.values_list("match_id", flat=True)}
    named = Schedule.objects.filter(name__startswith=f"{name}:").values_list("name", flat=True)
    return [ids[found] for found in named if found in ids]


def stand_at_last_step(match: Match, error: BaseException) -> None:
    """Puts a match that was done back to the last step, with the error that keeps it there and a time to try again.

    Must run in a transaction, with the match locked; a match that stands elsewhere is left alone.
    """
    require_transaction()
    now, last = timezone.now(), match_steps()[-1]
    done = MatchProgress.objects.filter(match=match, revision=match.revision, step="")
    if done.update(
        step=last.path,
        attempts=1,
        error=in_words(error),
        queued_at=now,
        next_try=now + pause(1),
        changed_at=now,
    ):
        schedule(last, match.pk, now + pause(1))


def start_season(season_id: int, place: int = 0, *, anew: bool = False) -> None:
    """Enqueues a step of `SEASON_PIPELINE` for a season; one that waits for its time already stays as it is.

    One that waits for longer, since it failed, is brought forward; `anew`: the whole delay begins again, since matches
    were handed over to it. Must run in the transaction that made it necessary.
    """
    require_transaction()
    step = season_steps()[place]
    if step.delay is not None:  # of those that look for a schedule at the same time, only one shall make it
        Season.objects.select_for_update(no_key=True).filter(pk=season_id).first()
    soon = timezone.now() + timedelta(seconds=step.delay or 0)
    # Locked, not just looked at: a schedule that the cluster is turning into a task this moment is none that will come.
    pending = Schedule.objects.select_for_update(no_key=True).filter(name=schedule_name(step, season_id))
    times = [schedule.next_run for schedule in pending]
    in_time = any(time and time <= soon for time in times)
    if not in_time or (anew and step.delay is not None):
        if times and step.delay is None:
            pending.delete()
        enqueue(step, season_id)


def start_season_last(season_id: int) -> None:
    """Enqueues the last step of `SEASON_PIPELINE`: a second look at whatever hangs on the season's tables."""
    start_season(season_id, len(season_steps()) - 1)


def unschedule_season_last(season_id: int) -> None:
    """Removes the schedule of that second look, which has nothing left to do. Must run with the season locked."""
    require_transaction()
    Schedule.objects.filter(name=schedule_name(season_steps()[-1], season_id)).delete()


def advance_season(season_id: int, done: str) -> None:
    """Enqueues the step of `SEASON_PIPELINE` that follows the one with the dotted path `done`, if there is one."""
    place = [step.path for step in season_steps()].index(done) + 1
    if place < len(season_steps()):
        start_season(season_id, place)


def _drop_schedules(matches: Sequence[Match], left: Iterable[MatchProgress]) -> None:
    """Removes the schedules of the steps that these matches leave behind: no two shall stand for one match."""
    steps = {step.path: step for step in match_steps()}
    leaving = {match.pk for match in matches}
    names = [
        schedule_name(steps[progress.step], progress.match_id)
        for progress in left
        if progress.match_id in leaving and progress.step in steps
    ]
    if names:
        Schedule.objects.filter(name__in=names).delete()


def _hand_over(matches: Sequence[Match], place: int, *, queue: bool) -> None:
    if not matches:
        return
    steps = match_steps()
    step = steps[place] if place < len(steps) else None
    if queue and step:
        _lock_seasons(matches, step, SEASON_TASK_ABOVE)
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
        _enqueue_each(matches, place, step, SEASON_TASK_ABOVE)


def _queue_again(matches: Sequence[Match], place: int, season_task_above: int) -> None:
    """Enqueues the step that these matches stand at; what is known of its attempts stays."""
    step, now = match_steps()[place], timezone.now()
    _lock_seasons(matches, step, season_task_above)
    due = now + timedelta(seconds=step.delay or 0)
    rows = MatchProgress.objects.filter(match__in=[match.pk for match in matches])
    rows.update(queued_at=now, next_try=due, changed_at=now)
    _enqueue_each(matches, place, step, season_task_above)


def _lock_seasons(matches: Sequence[Match], step: Step, season_task_above: int) -> None:
    """Locks, before any derived row, the seasons for which `start_season` will lock them."""
    if step.delay is not None:
        number = Counter(match.season_id for match in matches)
        large = [season_id for season_id, count in number.items() if count > season_task_above]
        list(Season.objects.filter(pk__in=large).order_by("pk").select_for_update(no_key=True))


def _try_now(match: Match, step: Step) -> None:
    now = timezone.now()
    Schedule.objects.filter(name=schedule_name(step, match.pk)).delete()
    MatchProgress.objects.filter(match=match).update(queued_at=now, next_try=now, changed_at=now)
    enqueue_at_once(step, match.pk)


def _enqueue_each(matches: Sequence[Match], place: int, step: Step, season_task_above: int) -> None:
    by_season: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_season[match.season_id].append(match)
    for season_id, group in by_season.items():
        if len(group) > season_task_above:
            start_season(season_id, place, anew=True)
        else:
            for match in group:
                enqueue(step, match.pk)
