"""What was put right about a match since it was settled first: what its roundup says at its top."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from content.facts import Correction, Score
from scoring.models import Match, ResultChange, Settlement

APART = {"regular_time": ("extra_time", "shootout"), "after_extra_time": ("shootout",)}
"""By basis, the phases that the score which counts is not made of: a correction of one is told by itself."""

MOVES = ("status", "kickoff")


def corrections_of(
    match: Match, settlements: Sequence[Settlement], *, public_since: int | None
) -> tuple[Correction, ...]:
    """Return what was another before, and no longer is, oldest first; one query.

    `settlements` are all of the match by revision, the current one last; `public_since` is the revision with which
    readers could see its roundup first, None if they never could.

    Scores, from the first settlement on. Status, kickoff, rule and field only since readers could see the roundup:
    before it, predictions and dates come in as they come in. Revisions tell which came first: clocks of hosts differ.
    """
    changes = list(ResultChange.objects.filter(match=match, revision__lte=match.revision).order_by("-revision", "-pk"))
    found = [*_scores(settlements, settlements[-1], changes)]
    for phase in APART.get(settlements[-1].basis, ()):
        found += _phases(match, changes, phase)
    if public_since is not None:
        later = [change for change in changes if change.revision > public_since]
        found += [*_moves(match, later), *_rules(settlements, public_since), *_fields(settlements, public_since)]
    return tuple(sorted(found, key=lambda correction: correction.at))


def _replaced(
    settlements: Sequence[Settlement], value: Callable[[Settlement], object]
) -> Iterable[tuple[Settlement, datetime, int]]:
    """Return the settlements after which `value` changed and whose value is not the present one.

    With each, when it did and with which revision.
    """
    for old, new in pairwise(settlements):
        if value(old) != value(new) and value(old) != value(settlements[-1]):
            yield old, old.superseded_at or new.settled_at, new.revision


def _scores(
    settlements: Sequence[Settlement], current: Settlement, changes: Sequence[ResultChange]
) -> Iterable[Correction]:
    """On the basis that counts now: what another basis made of the same match is told with the rule.

    Each at the time of the change of the goals, not of what happened to the old settlement: the match may have been
    void between.
    """
    on_this_basis = [settlement for settlement in settlements if settlement.basis == current.basis]
    sides = {f"{phase}_{side}" for phase in _made_of(current.basis) for side in ("home", "away")}
    for old, at, revision in _replaced(on_this_basis, _goals):
        between = [change for change in changes if old.revision < change.revision <= revision]
        put_right = next((change.at for change in between if sides & {*change.before, *change.after}), at)
        yield Correction(put_right.isoformat(), _goals(old))


def _made_of(basis: str) -> set[str]:
    """Return the phases that decide the score that counts."""
    return {"full_time", "extra_time", "shootout"} - {*APART.get(basis, ())}


def _goals(settlement: Settlement) -> Score:
    return settlement.home_goals, settlement.away_goals


def _rules(settlements: Sequence[Settlement], since: int) -> Iterable[Correction]:
    for old, at, revision in _replaced(settlements, lambda s: (s.rule, s.rule_version, s.basis)):
        if revision > since:
            yield Correction(at.isoformat(), None, "rule", (old.rule, old.basis))


def _fields(settlements: Sequence[Settlement], since: int) -> Iterable[Correction]:
    for old, at, revision in _replaced(settlements, lambda s: (s.chosen_home, s.chosen_draw, s.chosen_away)):
        if revision > since:
            size = old.chosen_home + old.chosen_draw + old.chosen_away
            yield Correction(at.isoformat(), None, "field", (str(size),))


def _moves(match: Match, changes: Sequence[ResultChange]) -> Iterable[Correction]:
    """What the match was said to be, or when it was to begin, before a change took that away for good.

    That a time of day became known is no correction.
    """
    now: dict[str, Any] = {"status": match.status, "kickoff": match.kickoff.isoformat()}
    for change in changes:
        for name in MOVES:
            before = change.before.get(name)
            was_open = name == "kickoff" and change.before.get("time_known") is False
            if before is not None and before != now[name] and not was_open:
                yield Correction(change.at.isoformat(), None, name, (before,))


def _phases(match: Match, changes: Sequence[ResultChange], phase: str) -> Iterable[Correction]:
    """What a phase was said to have been before, found by taking the changes of the match back, newest first."""
    sides = (f"{phase}_home", f"{phase}_away")
    now = tuple(getattr(match, side) for side in sides)
    state = dict(zip(sides, now, strict=True))
    for change in changes:
        touched = [side for side in sides if side in change.before]
        state.update({side: change.before[side] for side in touched})
        home, away = (state[side] for side in sides)
        if touched and home is not None and away is not None and (home, away) != now:
            yield Correction(change.at.isoformat(), (home, away), phase)
