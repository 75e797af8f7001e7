"""What merges of teams and of models have in common: what may become one, which names go along, and the way back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from scoring.models import AIModel, AIModelAlias, Match, Merge, Team, TeamAlias
from scoring.services.revisions import MoveError

SHOWN = 10
"""Matches that a message names before it only counts the others."""


@dataclass(frozen=True)
class Merged:
    """What a merge, or taking one back, came to: how many predictions or matches moved, and got a new revision."""

    merge: Merge
    moved: int
    revised: int

    def __str__(self) -> str:
        one, many = ("prediction", "predictions") if self.merge.kind == Merge.Kind.MODEL else ("match", "matches")
        revised = "1 match has" if self.revised == 1 else f"{self.revised} matches have"
        return f"{self.merge}: {self.moved} {one if self.moved == 1 else many} moved, {revised} a new revision"


def require_mergeable(kind: str, old: AIModel | Team, into: AIModel | Team) -> None:
    """Raises `MoveError` if the two can't become one: they are one, or one of them is part of another already."""
    if old.pk == into.pk:
        raise MoveError(f"{old} and {into} are one record: there is nothing to merge")
    for merge in Merge.objects.standing().filter(kind=kind, old_pk__in=(old.pk, into.pk)):
        raise MoveError(f"{merge.old_name} is part of {merge.into_name} already: merge that, or undo it first")


def require_undoable(merge: Merge) -> None:
    """Raises `MoveError` if the merge was undone, or what it went into became part of another since."""
    if merge.undone_at is not None:
        raise MoveError(f"{merge.old_name} was taken out of {merge.into_name} again already")
    later = Merge.objects.standing().filter(kind=merge.kind, old_pk=merge.into_pk).first()
    if later:
        raise MoveError(
            f"{merge.into_name} has become part of {later.into_name} since: undo that first (merge {later.pk})"
        )


def move_names(aliases: "type[AIModelAlias] | type[TeamAlias]", old: AIModel | Team, into: AIModel | Team) -> list[str]:
    """Gives the other names of `old`, and its own, to `into` as aliases; returns the former.

    Raises `MoveError` if its own is an alias of a third.
    """
    field = alias_field(aliases)
    names = list(aliases._default_manager.filter(**{field: old}).values_list("name", flat=True))
    aliases._default_manager.filter(name__in=names).update(**{field: into})
    alias, _ = aliases._default_manager.get_or_create(name=old.name, defaults={field: into})
    if getattr(alias, f"{field}_id") != into.pk:
        raise MoveError(f'"{old.name}" is another name of {getattr(alias, field)} already: remove that alias first')
    return names


def move_names_back(aliases: "type[AIModelAlias] | type[TeamAlias]", merge: Merge, old: AIModel | Team) -> None:
    """Gives `old` its other names back, and takes its own from the aliases. Raises `MoveError` if one means a third."""
    field = alias_field(aliases)
    wanted = {*merge.names, merge.old_name}
    for alias in aliases._default_manager.filter(name__in=wanted).exclude(**{field: merge.into_pk}):
        raise MoveError(f'"{alias.name}" is another name of {getattr(alias, field)} by now: remove that alias first')
    aliases._default_manager.filter(name=merge.old_name).delete()
    for name in merge.names:
        aliases._default_manager.update_or_create(name=name, defaults={field: old})


def bring_along(old: Team, into: Team) -> dict[str, Any]:
    """Lets other rooms give what they keep of a team to another; returns what they need to take that back, by path.

    They are named in `TEAM_MERGE_FOLLOWERS`: this room does not know them.
    """
    return {follow: import_string(follow)(old.pk, into.pk) for follow, _ in settings.TEAM_MERGE_FOLLOWERS}


def take_back(merge: Merge) -> None:
    """Undoes what `bring_along` did, as far as the merge has kept it."""
    for follow, back in settings.TEAM_MERGE_FOLLOWERS:
        import_string(back)(merge.moved.get("along", {}).get(follow, []), merge.old_pk, merge.into_pk)


def alias_field(aliases: "type[AIModelAlias] | type[TeamAlias]") -> str:
    return "model" if aliases is AIModelAlias else "team"


def named(matches: Iterable[Match]) -> str:
    """Return the first matches by name, and how many more there are."""
    every = list(matches)
    lines = [f"{match} ({match.pk})" for match in islice(every, SHOWN)]
    more = f" and {len(every) - SHOWN} more" if len(every) > SHOWN else ""
    return f"{'; '.join(lines)}{more}"


def fields_of(record: AIModel | Team, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
