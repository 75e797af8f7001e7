"""Makes two records of one team one, and takes that back; imports do it for `--rename`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from scoring.locks import retried
from scoring.models import Match, Merge, Team, TeamAlias
from scoring.services.merges import (
    Merged,
    bring_along,
    move_names,
    move_names_back,
    named,
    require_mergeable,
    require_undoable,
    take_back,
)
from scoring.services.revisions import Change, MoveError, new_revisions, stated

SIDES = ("home", "away")


@dataclass(frozen=True)
class Before:
    """What a team was before it became part of another: its matches by side, and its other names."""

    team: Team
    matches: dict[str, list[int]]
    names: list[str] = field(default_factory=list)


def matches_of(teams: Iterable[int]) -> Q:
    ids = list(teams)
    return Q(home__in=ids) | Q(away__in=ids)


def lock_matches(which: Q) -> list[Match]:
    """Lock and return these matches, in the order of their ids."""
    # Without the names: a row that had to be waited for, and has another team since, would not be joined.
    return list(Match.objects.filter(which).order_by("pk").select_for_update(no_key=True, of=("self",)))


def lock_with_teams(which: Q, team_ids: Iterable[int]) -> list[Match]:
    """Lock matches in the order of their ids, then teams in that of theirs; return the matches.

    Plain FOR UPDATE on purpose: whoever writes down a match of such a team waits, and then finds what it is by now. A
    match that came in before that is caught in a second try, in the same order.
    """
    teams = Team.objects.filter(pk__in=sorted(team_ids)).order_by("pk")
    while True:
        before = transaction.savepoint()
        matches = lock_matches(which)
        list(teams.select_for_update().values_list("pk", flat=True))
        if set(Match.objects.filter(which).values_list("pk", flat=True)) == {match.pk for match in matches}:
            transaction.savepoint_commit(before)
            return matches
        transaction.savepoint_rollback(before)


def before_merge(team_id: int) -> Before:
    """Return what a team is now. It is locked, with its matches: there can be no other (`lock_with_teams`)."""
    team = Team.objects.get(pk=team_id)
    ids = {
        side: list(Match.objects.filter(**{side: team}).order_by("pk").values_list("pk", flat=True)) for side in SIDES
    }
    return Before(team, ids, list(TeamAlias.objects.filter(team=team).values_list("name", flat=True)))


@retried
@transaction.atomic
def merge_teams(old_id: int, into_id: int, *, by: str, reason: str) -> Merged:
    """Gives the matches of one team to another, whose alias its name becomes; the old record is removed.

    Every match moved gets a new revision. Raises `Team.DoesNotExist`, and `MoveError` if the two play each other, or
    two matches would become the same one.
    """
    reason = stated(reason)
    lock_with_teams(matches_of([old_id]), [old_id, into_id])
    old, into = Team.objects.get(pk=old_id), Team.objects.get(pk=into_id)
    require_mergeable(Merge.Kind.TEAM, old, into)
    require_not_opponents(old, into)
    before = before_merge(old_id)
    _require_no_twins(before, into)
    move_names(TeamAlias, old, into)
    try:
        with transaction.atomic():
            return finish_merge(before, into, by=by, reason=reason)
    except IntegrityError as error:
        why = str(error).splitlines()[0]
        raise MoveError(f"two matches would become one ({why}): correct their rounds or dates first") from error


def finish_merge(before: Before, into: Team, *, by: str, reason: str) -> Merged:
    """Gives what the old team still has to the other, removes it, and writes the merge down.

    Its names have been given away, and both teams and its matches are locked. Those that an import gave to the other
    team meanwhile have their new revision already.
    """
    at = timezone.now()
    revised = _move(before.matches, before.team, into, by=by, reason=reason, at=at)
    moved = {
        side: list(Match.objects.filter(pk__in=ids, **{side: into}).order_by("pk").values_list("pk", flat=True))
        for side, ids in before.matches.items()
    }
    merge = Merge.objects.create(
        kind=Merge.Kind.TEAM,
        old_pk=before.team.pk,
        old_name=before.team.name,
        into_pk=into.pk,
        into_name=into.name,
        old_fields={"name": before.team.name},
        moved={**moved, "along": bring_along(before.team, into)},
        names=before.names,
        reason=reason,
        by=by,
        at=at,
    )
    Team.objects.filter(pk=before.team.pk).delete()
    return Merged(merge, sum(map(len, moved.values())), revised)


@retried
@transaction.atomic
def undo_team_merge(merge_id: int, *, by: str, reason: str) -> Merged:
    """Brings the old team back under its number, with its matches and names.

    Matches that came in under its name since stay where they are. Raises `Merge.DoesNotExist`, and `MoveError` if
    something that moved is no longer there.
    """
    reason = stated(reason)
    merge = Merge.objects.get(pk=merge_id, kind=Merge.Kind.TEAM)
    ids = [pk for side in SIDES for pk in merge.moved[side]]
    matches = {match.pk: match for match in lock_with_teams(Q(pk__in=ids), [merge.into_pk])}
    merge = Merge.objects.select_for_update(no_key=True).get(pk=merge_id)
    require_undoable(merge)
    _require_there(merge, matches)
    if Team.objects.filter(Q(name=merge.old_name) | Q(pk=merge.old_pk)).exists():
        raise MoveError(f"there is a team called {merge.old_name} by now: rename that first")
    into = Team.objects.get(pk=merge.into_pk)
    old = Team.objects.create(pk=merge.old_pk, **merge.old_fields)
    move_names_back(TeamAlias, merge, old)
    take_back(merge)
    at = timezone.now()
    merge.undone_at, merge.undone_by, merge.undone_because = at, by, reason
    merge.save(update_fields=["undone_at", "undone_by", "undone_because"])
    return Merged(merge, len(ids), _move(merge.moved, into, old, by=by, reason=reason, at=at))


def require_not_opponents(old: Team, into: Team) -> None:
    """Raises `MoveError` if the two play each other."""
    both = Match.objects.with_names().filter(Q(home=old, away=into) | Q(home=into, away=old)).first()
    if both:
        raise MoveError(f"{old} and {into} can't be one team: they play each other in {both}")


def _require_no_twins(before: Before, into: Team) -> None:
    """Raises `MoveError` if the two teams have the same match: same season, round, date and opponent."""
    own = {side: {_key(match, side): match for match in _side(before.team, side)} for side in SIDES}
    twins = [own[side][key] for side in SIDES for match in _side(into, side) if (key := _key(match, side)) in own[side]]
    if twins:
        raise MoveError(
            f"{named(twins)} would be the same match as one of {into}: remove the one that nothing hangs on, or give "
            f"it another round or date"
        )


def _side(team: Team, side: str) -> Sequence[Match]:
    return list(Match.objects.with_names().filter(**{side: team}))


def _key(match: Match, side: str) -> tuple[object, ...]:
    opponent = match.away_id if side == "home" else match.home_id
    return match.season_id, match.round, match.date, opponent


def _require_there(merge: Merge, matches: dict[int, Match]) -> None:
    """Raises `MoveError` if a match that moved is gone, or has another team by now."""
    wrong = [
        matches[pk]
        for side in SIDES
        for pk in merge.moved[side]
        if pk in matches and getattr(matches[pk], f"{side}_id") != merge.into_pk
    ]
    gone = {pk for side in SIDES for pk in merge.moved[side]} - matches.keys()
    if wrong:
        raise MoveError(f"{named(wrong)} no longer has {merge.into_name}: nothing is undone")
    if gone:
        raise MoveError(f"{len(gone)} of the matches that moved were deleted: nothing is undone")


def _move(ids: dict[str, list[int]], source: Team, target: Team, *, by: str, reason: str, at: datetime) -> int:
    """Gives these matches of one team to another, by side; returns how many got a new revision. All are locked."""
    changes: dict[int, tuple[Match, Change]] = {}
    for side in SIDES:
        change = ({side: source.name}, {side: target.name})
        for match in Match.objects.filter(pk__in=ids[side], **{side: source}):
            changes[match.pk] = (match, change)
        Match.objects.filter(pk__in=ids[side], **{side: source}).update(**{side: target})
    new_revisions([changes[pk] for pk in sorted(changes)], by=by, reason=reason, at=at)
    return len(changes)
