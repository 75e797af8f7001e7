"""Finds every match whose derived rows are behind and that has nothing in flight, and restarts the step it lacks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from content.comparing import DONE, SCORE, Compared, behind, behind_between, compare
from content.models import Sweep
from content.pruning import prune
from content.reports.catching_up import of_ids, order_lost
from scoring import flight, pipeline
from scoring.locks import retried
from scoring.models import Match, MatchProgress

PATIENCE = timedelta(seconds=60)
"""What has been due for less is hardly ever lost: it is not worth opening the queue to look for it."""

SLICE = 3_500
"""Matches that one run compares: all of a small site, a million in a day of runs every 5 minutes."""

NEWEST = 250
"""Matches that every run compares, those that kicked off last."""

MOST_SUSPECTS = 2_000
"""Unfinished matches that one run looks for in the queue."""

SEASON_TASK_ABOVE = 25
"""From this many lost matches of a season on, one task for the season takes the place of one for each match."""

NAME = "matches"


@dataclass(frozen=True)
class CaughtUp:
    """What one run came to. `restarted`: name of a step → how many matches were restarted there. `reports`:
    those on a round, or a model's season, that were ordered since they were missing or no longer true.

    `undecided`: matches that may be lost, but the queue is too long to say. `unreadable`: queue rows that nobody of us
    will run. `failed`: what went wrong, a line each; the rest was done all the same.
    """

    compared: int = 0
    restarted: Mapping[str, int] = field(default_factory=dict)
    reports: int = 0
    undecided: int = 0
    unreadable: int = 0
    pruned: int = 0
    failed: tuple[str, ...] = ()

    def __str__(self) -> str:
        total = sum(self.restarted.values())
        parts = [f"{count} at {step}" for step, count in self.restarted.items()]
        lines = [f"{self.compared} compared, {total} restarted{': ' if parts else ''}{', '.join(parts)}"]
        if self.reports:
            lines.append(f"{self.reports} report{'s' if self.reports != 1 else ''} ordered")
        if self.undecided:
            lines.append(f"{self.undecided} wait: the queue has over {flight.MOST_ROWS} rows, too many to look through")
        if self.unreadable:
            lines.append(
                f"{self.unreadable} rows of the queue can't be read: they were written under another SECRET_KEY, "
                "and their matches count as lost"
            )
        if self.pruned:
            lines.append(f"{self.pruned} old results of tasks removed")
        return "; ".join(lines)


class CatchUpError(RuntimeError):
    """Some matches could not be restarted; the others were."""


@dataclass
class _Run:
    """What one run has come to so far."""

    compared: int = 0
    restarted: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    undecided: int = 0
    unreadable: int = 0
    failed: list[str] = field(default_factory=list)


def catch_up(
    *,
    everything: bool = False,
    patience: timedelta = PATIENCE,
    track: Callable[[Sequence[int]], Iterable[int]] = iter,
) -> CaughtUp:
    """Restarts what is lost: unfinished matches that are in no queue, and those whose derived rows are missing.

    A run looks for what was due `patience` ago, compares the matches that kicked off last and the next `SLICE` of all,
    and removes old results of tasks. `everything` looks at all matches, now (`track` is given the first ids of the
    slices and hands them on one by one: a progress bar). What is in flight is left alone. Raises `CatchUpError` at the
    end if some could not be restarted.
    """
    run, now = _Run(), timezone.now()
    if everything:
        _everything(run, track)
    else:
        late = MatchProgress.objects.due_before(now - patience).order_by()
        _look_at(run, compare(late.values_list("match_id", flat=True)[:MOST_SUSPECTS]))
        _sweep(run, now)
    done = CaughtUp(
        compared=run.compared,
        restarted=dict(sorted(run.restarted.items())),
        reports=run.reports,
        undecided=run.undecided,
        unreadable=run.unreadable,
        pruned=prune(now),
        failed=tuple(run.failed),
    )
    if done.failed:
        raise CatchUpError(f"{done}; {len(done.failed)} failed: {'; '.join(done.failed[:20])}")
    return done


def _everything(run: _Run, track: Callable[[Sequence[int]], Iterable[int]]) -> None:
    """Looks for every step to come, whenever it is due, and compares every match."""
    for first in track(range(1, _last_id() + 1, SLICE)):
        last = first + SLICE - 1
        unfinished = MatchProgress.objects.unfinished().filter(match__gte=first, match__lte=last).order_by()
        _look_at(run, compare(unfinished.values_list("match_id", flat=True)))
        _compare(run, first, last, Match.objects.filter(pk__gte=first, pk__lte=last).count())
    _look_at_reports(run, Match.objects.all())


def _last_id() -> int:
    return Match.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _sweep(run: _Run, now: datetime) -> None:
    """Compares the newest matches and the next slice, and notes where the next run goes on; after the end: again."""
    newest = Match.objects.filter(kickoff__lte=now).order_by("-kickoff", "-pk")[:NEWEST]
    newest_ids = list(newest.values_list("pk", flat=True))
    _look_at(run, _not_on_the_way(behind(newest_ids)))
    _look_at_reports(run, of_ids(newest_ids))
    sweep = Sweep.objects.filter(name=NAME).first()
    first = sweep.position + 1 if sweep else 1
    ahead = Match.objects.filter(pk__gte=first).order_by("pk").values_list("pk", flat=True)
    end = next(iter(ahead[SLICE - 1 : SLICE]), 0)
    last = end or _last_id()
    _compare(run, first, last, SLICE if end else ahead.count())
    _look_at_reports(run, Match.objects.filter(pk__gte=first, pk__lte=last), (first, last))
    # In one statement: two first runs may come at once.
    Sweep.objects.bulk_create(
        [Sweep(name=NAME, position=end, swept_at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["position", "swept_at"],
    )


def _compare(run: _Run, first: int, last: int, number: int) -> None:
    run.compared += number
    _look_at(run, _not_on_the_way(behind_between(first, last)))


def _look_at_reports(run: _Run, matches: "QuerySet[Match]", ids: tuple[int, int] | None = None) -> None:
    """Orders the reports on rounds of these matches, and on models of their seasons, that nothing would write.

    `ids`: the first and the last there may be among them.
    """
    in_flight: flight.Flight | None = None

    def carries(name: str) -> bool:
        nonlocal in_flight
        in_flight = in_flight or flight.look()
        return not in_flight.complete or name in in_flight.scheduled or name in in_flight.queued

    ordered, failed = order_lost(matches, carries, ids)
    run.reports += ordered
    run.failed += failed


def _not_on_the_way(found: Sequence[Compared]) -> list[Compared]:
    """Leaves out what waits for a step that will bring it up to date; if that was lost, it is found as unfinished."""
    return [match for match in found if match.is_beyond_help or match.standing == DONE]


def _look_at(run: _Run, compared: Sequence[Compared]) -> None:
    """Restarts those of these matches that have nothing in flight, each season in a transaction of its own."""
    lost = _lost(run, compared)
    by_season: dict[int, list[tuple[Compared, int]]] = defaultdict(list)
    for match, place in lost:
        by_season[match.season_id].append((match, place))
    for season_id, group in by_season.items():
        try:
            run.restarted.update(_restart(group))
        except Exception as error:  # noqa: BLE001  one season must not keep the others back; catch_up raises at the end
            run.failed.append(f"season {season_id}: {type(error).__name__}: {error}")


def _lost(run: _Run, compared: Sequence[Compared]) -> Iterator[tuple[Compared, int]]:
    """Yields those with nothing in flight, and the place at which to restart them.

    The queue is looked at after the matches were: whoever moved a match meanwhile has changed its progress, and
    `_restart` leaves it alone.
    """
    in_flight: flight.Flight | None = None
    for match in compared:
        if match.is_beyond_help:
            yield match, match.missing if match.missing is not None else SCORE
        elif match.awaited is not None:
            if in_flight is None:
                in_flight = flight.look()
                run.unreadable = in_flight.unreadable
            if in_flight.carries(match.awaited, match.match_id, match.season_id):
                continue
            if in_flight.complete:
                yield match, match.awaited
            else:
                run.undecided += 1


def try_now(match_ids: Iterable[int]) -> int:
    """Does what `try_these` does; returns how many were enqueued."""
    return len(try_these(match_ids))


@retried
@transaction.atomic
def try_these(match_ids: Iterable[int]) -> list[Match]:
    """Enqueues the step that each of these matches waits for, whatever its pause; returns those that were enqueued.

    Those that are done, or stand in the queue already, are left alone.
    """
    rows = Match.objects.filter(pk__in=list(match_ids)).order_by("pk")
    return pipeline.try_now(list(rows.select_for_update(no_key=True)))


@retried
@transaction.atomic
def _restart(lost: Sequence[tuple[Compared, int]]) -> Counter[str]:
    """Restarts those of these matches, of one season, that still stand as they were found; returns how many by step."""
    rows = Match.objects.filter(pk__in=[match.match_id for match, _ in lost]).order_by("pk")
    locked = list(rows.select_for_update(no_key=True))
    still = set(compare(match.pk for match in locked))
    places = {match.match_id: place for match, place in lost if match in still}
    done: Counter[str] = Counter()
    for place, step in enumerate(pipeline.match_steps()):
        group = [match for match in locked if places.get(match.pk) == place]
        if group:
            pipeline.restart(group, place, season_task_above=SEASON_TASK_ABOVE)
            done[step.name] += len(group)
    return done
