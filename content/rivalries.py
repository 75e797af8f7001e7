"""Keeps rivalries, and orders the roundups of their matches to be written again: what a fixture is called is a fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from content.models import Rivalry
from scoring import orders
from scoring.locks import retried
from scoring.models import Match, Team

Pair = tuple[int, int]
"""Ids of two teams, the lower first."""


class RivalryError(ValueError):
    """A rivalry that can't be kept so; the message says why, and what to do."""


@dataclass(frozen=True)
class Kept:
    """What a change came to: how many roundups are written again."""

    name: str
    ordered: int

    def __str__(self) -> str:
        roundups = "1 roundup is" if self.ordered == 1 else f"{self.ordered} roundups are"
        return f"{self.name}: {roundups} written again"


def pair_of(one: int, two: int) -> Pair:
    return min(one, two), max(one, two)


def conflict(one: int, two: int, name: str, *, besides: int | None = None) -> str:
    """Return why two teams can't be rivals under this name, empty if they can; `besides` is the rivalry to be changed.

    Two rivalries may have one name: a city has more than two clubs.
    """
    if one == two:
        return "a rivalry is between two teams: choose another one"
    if not " ".join(name.split()):
        return "a rivalry has a name: say what the match is called, such as the Old Firm derby"
    first, second = pair_of(one, two)
    other = Rivalry.objects.select_related("first", "second").filter(first=first, second=second).first()
    if other is not None and other.pk != besides:
        return f"{other.first} and {other.second} are rivals already: change what that is called ({other.name})"
    return ""


@retried
@transaction.atomic
def set_rivalry(one: int, two: int, name: str) -> Kept:
    """Makes two teams rivals. Raises `RivalryError`, and `Team.DoesNotExist`."""
    matches = _locked([pair_of(one, two)])
    _require_teams(one, two)
    _require_none(conflict(one, two, name))
    first, second = pair_of(one, two)
    rivalry = Rivalry.objects.create(first_id=first, second_id=second, name=" ".join(name.split()))
    return Kept(rivalry.name, len(orders.again(matches)))


@retried
@transaction.atomic
def change_rivalry(rivalry_id: int, one: int, two: int, name: str) -> Kept:
    """Gives a rivalry another name, other teams, or both; nothing is ordered if it is as it was.

    Raises `RivalryError`, `Rivalry.DoesNotExist` and `Team.DoesNotExist`.
    """
    was = Rivalry.objects.get(pk=rivalry_id)
    before, now = (was.first_id, was.second_id), pair_of(one, two)
    matches = _locked([before, now])
    rivalry = _still(was)
    _require_teams(one, two)
    _require_none(conflict(one, two, name, besides=rivalry_id))
    name = " ".join(name.split())
    if (before, was.name) == (now, name):
        return Kept(name, 0)
    rivalry.first_id, rivalry.second_id, rivalry.name = *now, name
    rivalry.save(update_fields=["first", "second", "name"])
    return Kept(name, len(orders.again(matches)))


def rename_rivalry(rivalry_id: int, name: str) -> Kept:
    """Gives a rivalry another name; see `change_rivalry`."""
    rivalry = Rivalry.objects.get(pk=rivalry_id)
    return change_rivalry(rivalry_id, rivalry.first_id, rivalry.second_id, name)


@retried
@transaction.atomic
def remove_rivalry(rivalry_id: int) -> Kept:
    """Makes two rivals plain opponents again. Raises `Rivalry.DoesNotExist` and `RivalryError`."""
    was = Rivalry.objects.get(pk=rivalry_id)
    matches = _locked([(was.first_id, was.second_id)])
    _still(was).delete()
    return Kept(was.name, len(orders.again(matches)))


def follow_merge(old_id: int, into_id: int) -> list[dict[str, Any]]:
    """Gives the rivalries of a team that becomes part of another to that one; returns what `unfollow_merge` needs.

    One between the two can't go on, and where both have the same rival, the one of the team that stays is kept: what
    goes away is kept with the merge. Called with both teams locked, in the transaction of the merge.
    """
    gone: list[dict[str, Any]] = []
    for rivalry in Rivalry.objects.filter(Q(first=old_id) | Q(second=old_id)).order_by("pk").select_for_update():
        rival = rivalry.second_id if rivalry.first_id == old_id else rivalry.first_id
        first, second = pair_of(into_id, rival)
        moves = rival != into_id and not Rivalry.objects.filter(first=first, second=second).exists()
        gone.append({"id": rivalry.pk, "rival": rival, "name": rivalry.name, "moved": moves})
        if moves:
            Rivalry.objects.filter(pk=rivalry.pk).update(first=first, second=second)
        else:
            rivalry.delete()
    _order(pair_of(into_id, row["rival"]) for row in gone if row["moved"])
    return gone


def unfollow_merge(gone: Sequence[Mapping[str, Any]], old_id: int, into_id: int) -> None:
    """Gives a team that is its own again its rivalries back, those that an editor has not removed since.

    Called with the teams there again and locked, in the transaction that takes the merge back.
    """
    there = set(Team.objects.filter(pk__in=[row["rival"] for row in gone]).values_list("pk", flat=True))
    changed = []
    for row in gone:
        first, second = pair_of(old_id, row["rival"])
        if row["rival"] not in there or Rivalry.objects.filter(first=first, second=second).exists():
            continue
        if not row["moved"]:
            Rivalry.objects.create(first_id=first, second_id=second, name=row["name"])
            continue
        now = pair_of(into_id, row["rival"])
        if Rivalry.objects.filter(pk=row["id"], first=now[0], second=now[1]).update(first=first, second=second):
            changed.append(now)
    _order(changed)


def _order(pairs: Iterable[Pair]) -> None:
    """Orders the roundups of these fixtures again; those of matches that have just moved follow their new revision."""
    found = list(pairs)
    if found:
        orders.again(_locked(found))


def _between(pairs: Iterable[Pair]) -> Q:
    found = Q(pk__in=[])
    for one, two in pairs:
        found |= Q(home=one, away=two) | Q(home=two, away=one)
    return found


def _locked(pairs: Iterable[Pair]) -> list[Match]:
    """Return the matches between these teams, locked by id: whoever saves a roundup of one comes before, or after.

    Settled or not: one that is settled meanwhile is written from what holds then.
    """
    rows = Match.objects.filter(_between(pairs)).order_by("pk")
    return list(rows.select_for_update(no_key=True, of=("self",)))


def _still(was: Rivalry) -> Rivalry:
    """Return a rivalry, locked. Raises `RivalryError` if it is between other teams by now."""
    rivalry = Rivalry.objects.select_for_update(no_key=True, of=("self",)).get(pk=was.pk)
    if (rivalry.first_id, rivalry.second_id) != (was.first_id, was.second_id):
        raise RivalryError("somebody has changed this rivalry meanwhile: look at it again")
    return rivalry


def _require_teams(one: int, two: int) -> None:
    for pk in pair_of(one, two):
        Team.objects.get(pk=pk)


def _require_none(why_not: str) -> None:
    if why_not:
        raise RivalryError(why_not)
