"""Collects entities, quantities and relations for a ledger."""

from collections.abc import Iterable, Sequence

from content.check.terms import Entity, Ledger, Quantity, Relation, Scope, Value


class Builder:
    """A ledger in the making; the same thing said twice is kept once."""

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = scopes or (Scope(),)
        self.entities: dict[str, Entity] = {}
        self.quantities: dict[Quantity, None] = {}
        self.relations: dict[Relation, None] = {}
        self.flags: set[str] = set()
        self.facts: dict[str, str] = {}

    def entity(self, name: str, kind: str, aliases: Sequence[str] = ()) -> None:
        """Adds a name, unless it is empty; the first kind that a name gets is the one it keeps."""
        if name and name not in self.entities:
            self.entities[name] = Entity(name, kind, tuple(aliases))

    def put(self, value: Value | None, unit: str, subjects: Iterable[str] = (), *roles: str, scope: str = "") -> None:
        """Adds a quantity, unless it is not known."""
        if value is not None:
            self.quantities[Quantity(value, unit, frozenset(subjects), frozenset(roles), scope)] = None

    def relate(self, name: str, subject: str, object: str = "", *, scope: str = "") -> None:
        self.relations[Relation(name, subject, object, scope)] = None

    def flag(self, name: str, holds: object) -> None:
        if holds:
            self.flags.add(name)

    def ledger(self) -> Ledger:
        return Ledger(
            tuple(self.entities.values()),
            tuple(self.quantities),
            tuple(self.relations),
            tuple(self.scopes),
            frozenset(self.flags),
            dict(self.facts),
        )
