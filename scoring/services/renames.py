"""Gives a team, a model or a season another name; articles that say the old one are written anew.

A competition gets its own by `change_competition`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from scoring.importers.values import tidy
from scoring.locks import retried
from scoring.models import (
    AIModel,
    AIModelAlias,
    Competition,
    Match,
    Merge,
    Prediction,
    ResultChange,
    Season,
    Team,
    TeamAlias,
)
from scoring.services.merges import alias_field
from scoring.services.revisions import Change, MoveError, new_revisions, stated
from scoring.services.team_merges import SIDES, lock_matches, matches_of

Named = Team | AIModel | Season | Competition
Renameable = Team | AIModel | Season
Aliases = type[AIModelAlias] | type[TeamAlias]


@dataclass(frozen=True)
class Renamed:
    """What a renaming came to: `matches` have a new revision."""

    old: str
    new: str
    matches: int = 0

    def __str__(self) -> str:
        if self.old == self.new:
            return f"{self.new}: called so already"
        revised = "1 match has" if self.matches == 1 else f"{self.matches} matches have"
        return f"{self.old} is now {self.new}: {revised} a new revision"


@retried
@transaction.atomic
def rename(record: Renameable, name: str, *, by: str, reason: str = "") -> Renamed:
    """Gives a record, whose own `name` is not read, another name; the old one of a team or a model becomes an alias.

    Every match of it that has begun gets a new revision: of a model, those it predicted. Tables that name it stand in
    later matches of these seasons only, which are looked at again when those are counted. Raises `DoesNotExist`, and
    `MoveError` for a name that can't be given, or if there is such a match and no reason.
    """
    matches, current = _lock(record)
    old, name = current.name, tidy(name)
    if name == old:
        return Renamed(old, name)
    require_free(current, name)
    begun = _begun(matches_naming(current))
    reason = stated(reason) if begun else reason
    try:
        with transaction.atomic():
            _call(current, name)
    except IntegrityError as error:
        raise MoveError(f'"{name}" was given to another meanwhile: look again') from error
    changes = [(match, _change(current, match, old)) for match in matches if match.pk in begun]
    new_revisions(changes, by=by, reason=reason, at=timezone.now())
    return Renamed(old, name, len(changes))


def matches_naming(record: Named) -> Q:
    """Return the condition of the matches that bear a record's name, or were predicted by it."""
    if isinstance(record, Team):
        return matches_of([record.pk])
    if isinstance(record, AIModel):
        return Q(pk__in=Prediction.objects.filter(model=record.pk).order_by().values("match"))
    return Q(season=record.pk) if isinstance(record, Season) else Q(season__competition=record.pk)


def needs_reason(record: Named) -> bool:
    """Return whether another name makes new revisions."""
    return Match.objects.filter(matches_naming(record)).closed(timezone.now()).exists()


def require_free(record: Named, name: str) -> None:
    """Raises `MoveError`, with the way out, if a record, saved or not, can't be called so."""
    word, longest = record._meta.verbose_name, record._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise MoveError(f"a {word} needs a name of at most {longest} characters")
    aliases = _aliases(record)
    if type(record)._default_manager.filter(name=name).exclude(pk=record.pk).exists():
        way_out = "merge the two instead, on its page" if aliases else "choose another name, or rename that first"
        raise MoveError(f"there is a {word} called {name} already: {way_out}")
    if aliases:
        _require_no_alias_of_another(aliases, record, name, "remove that alias first, or merge the two")
    if aliases and record.pk:
        _require_not_merged(record)
        known = type(record)._default_manager.get(pk=record.pk).name
        _require_no_alias_of_another(aliases, record, known, "remove that alias first")


def _require_no_alias_of_another(aliases: Aliases, record: Named, name: str, way_out: str) -> None:
    field = alias_field(aliases)
    others = aliases._default_manager.filter(name=name).exclude(**{field: record.pk}).select_related(field)
    for alias in others:
        raise MoveError(f"{name} is another name of {getattr(alias, field)}: {way_out}")


def _require_not_merged(record: Named) -> None:
    """The old record of a merge keeps its name: under it the merge is known, and taken back."""
    merge = Merge.objects.standing().filter(kind=Merge.Kind.MODEL, old_pk=record.pk).first()
    if merge and isinstance(record, AIModel):
        raise MoveError(f"{merge.old_name} is part of {merge.into_name}: rename that, or undo the merge first")


def _lock(record: Renameable) -> tuple[list[Match], Renameable]:
    """Lock the matches of a record in the order of their ids, then the record, and return both as they are now.

    Plain FOR UPDATE, which a new value of a unique column takes anyway: whoever is about to refer to the record waits,
    and then finds its new name. A match that came in before that is caught in a second try, in the same order.
    """
    rows = Match.objects.filter(matches_naming(record)).order_by("pk")
    while True:
        before = transaction.savepoint()
        locked = list(rows.select_for_update(no_key=True, of=("self",)))
        current = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if set(rows.values_list("pk", flat=True)) == {match.pk for match in locked}:
            transaction.savepoint_commit(before)
            return locked, current
        transaction.savepoint_rollback(before)


def _begun(which: Q) -> dict[int, int]:
    """Return id → revision of these matches, as far as they have begun or were worked on."""
    return dict(Match.objects.filter(which).closed(timezone.now()).order_by("pk").values_list("pk", "revision"))


def _aliases(record: Named) -> Aliases | None:
    if isinstance(record, Team):
        return TeamAlias
    return AIModelAlias if isinstance(record, AIModel) else None


def _call(record: Renameable, name: str) -> None:
    aliases = _aliases(record)
    if aliases:
        own = {alias_field(aliases): record}
        aliases._default_manager.filter(name=name, **own).delete()
        aliases._default_manager.get_or_create(name=record.name, defaults=own)
    record.name = name
    # The tables that are kept ask when a model changed last.
    record.save(update_fields=["name", "changed_at"] if isinstance(record, AIModel) else ["name"])


def _change(record: Renameable, match: Match, old: str) -> Change:
    if isinstance(record, Team):
        return _new_names(match, {record.pk: old}, {record.pk: record.name})
    key = f"{record._meta.verbose_name} name"
    return {key: old}, {key: record.name}


def _new_names(match: Match, old: dict[int, str], new: dict[int, str]) -> Change:
    """Return what changed in the names of a match's teams, by side; `old` and `new` are by the id of a team."""
    sides = {f"{side} name": getattr(match, f"{side}_id") for side in SIDES}
    changed = {key: pk for key, pk in sides.items() if pk in old and old[pk] != new[pk]}
    return {key: old[pk] for key, pk in changed.items()}, {key: new[pk] for key, pk in changed.items()}


@dataclass(frozen=True)
class OldNames:
    """What teams were called before an import renames them, and the revisions of their matches that have begun."""

    names: dict[int, str]
    revisions: dict[int, int]


def before_renames(team_ids: Iterable[int]) -> OldNames:
    """Return what holds before teams, whose matches are locked, are renamed; locks the teams.

    A match that came in just before that is locked as well.
    """
    teams = Team.objects.filter(pk__in=list(team_ids)).order_by("pk").select_for_update()
    names = dict(teams.values_list("pk", "name"))
    lock_matches(matches_of(names))
    return OldNames(names, _begun(matches_of(names)))


def finish_renames(old: OldNames, *, by: str, reason: str) -> int:
    """Gives the matches that have begun a new revision for the new names of their teams; returns how many.

    One that has a new revision since `before_renames`, in the same transaction, keeps it, and tells of the name there.
    """
    new = dict(Team.objects.filter(pk__in=old.names).values_list("pk", "name"))
    matches = Match.objects.filter(pk__in=old.revisions).order_by("pk")
    changes = [(match, change) for match in matches if any(change := _new_names(match, old.names, new))]
    told = [(match, change) for match, change in changes if match.revision != old.revisions[match.pk]]
    for match, (before, after) in told:
        made = ResultChange.objects.get(match=match, revision=match.revision)
        made.before, made.after = _both(made.before, before), _both(made.after, after)
        made.save(update_fields=["before", "after"])
    fresh = [(match, change) for match, change in changes if match.revision == old.revisions[match.pk]]
    new_revisions(fresh, by=by, reason=reason, at=timezone.now())
    return len(changes)


def _both(one: dict[str, Any], other: Any) -> dict[str, Any]:
    return {**one, **other}
