"""What may be said, as declarative data: entities, quantities and relations. Any facts can be turned into a `Ledger`.

How to build one (`content.check.ledger.ledger_of` does it for the facts of a match):

* Every name is an `Entity`; what is no entity can't be named. Kinds: `team`, `model`, `player`, `venue`, `competition`,
  `season`, `round`, `group`, `rivalry`, `rule`. The full name and the aliases are recognised; of teams and players
  also words of the name that no other entity shares.
* Every number is a `Quantity`: a value with its unit, the entities it belongs to, and its roles.
* What is true of an entity (`Relation("exact", "Alpha")`), or between two (`Relation("beat", "Wales", "Mexico")`), is a
  relation. What is not declared is false. How many have something in common is counted from the relations; where only
  their number is known, it is declared: `Quantity(12, "model", roles={"outcome"})`.
* A `Scope` is one match (or one round) among several: what belongs to it alone carries its key. A ledger of a single
  match has one scope with the key "". A sentence belongs to the scope whose names it mentions, else to the last one.

The roles by unit; subjects are whom it belongs to, none for the field or the match:

* score (home side first): final, counted, half-time, full-time, extra-time, shootout, running, made (with the
  scorer), was, tip (with the model), modal
* minute, of scorer and team: goal, and what the goal was: first, last, decisive, equaliser, lead, late, early,
  penalty, own, stoppage, first half, second half, extra-time, `number 3`
* goal: all, first half, second half, extra-time, 90 minutes (each also `both` without subject, or `conceded` by a
  team), margin, lead, deficit, player, penalty, own, record
* model: field, table, modal, or relations that so many models share, as `tip:home`
* prediction: season, all, drought, round, late, void, unverified, was
* point: match, season, part, round, quota with `tip:…` (`true`: it came about), sum, most, least, anybody, bonus,
  rule
* average: season, round; without subject: field, all, top gap
* rank; place (moved); streak (alone, or best, ended, record); outcome, exact, difference, miss (season, all, most)
* match (table), date and time (kickoff, correction), share, player (scorers), score count

Figures of a table carry `after`, or `before` if they held before the match.

Relations of models: field, table, exact, difference, outcome (each also with `only`), wrong, nothing, `tip:home`,
`tip:draw`, `tip:away`, `tip:2-1`, late, void, unverified, leader, joint leader, last (each also with `before`), new
leader, leader stays, lost first place, rose, fell, stayed, biggest climb, biggest fall, debut, first exact, most
exact, right before. Of teams: won, lost, drew, won in play, won on penalties, led, trailed (each also with `at
half-time`), comeback, came back, lost lead, scored first, conceded first, clean sheet, leaked, scored, no goal. Of
two teams: beat. Of a player and a team: scored for. Of a round: own round. Flags: awarded, goalless, extra time,
shootout, derby, upset, unanimous, course known, goalless at half-time, `basis …`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

Score = tuple[int, int]
Value = Fraction | int | Score | str
Names = frozenset[str]
NONE: Names = frozenset()


@dataclass(frozen=True)
class Entity:
    """Something with a name. Aliases are other names of it, as people write them."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """A value that the facts hold. A date is an ISO 8601 string, a time of day `18:00`, a score a pair, home first."""

    value: Value
    unit: str
    subjects: Names = NONE
    roles: Names = NONE
    scope: str = ""


@dataclass(frozen=True)
class Relation:
    name: str
    subject: str
    object: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Scope:
    """One match among several, by its sides, or a round by its name."""

    key: str = ""
    home: str = ""
    away: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """Everything that may be said. `size` is the number of models in the field; scopes may differ by a quantity."""

    entities: tuple[Entity, ...]
    quantities: tuple[Quantity, ...]
    relations: tuple[Relation, ...]
    scopes: tuple[Scope, ...] = (Scope(),)
    flags: Names = NONE
    facts: Mapping[str, str] = field(default_factory=dict)
    """Plain English for `facts_say`, by topic: `result`, `table`, `outcome`, …"""

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Name → kind of the entity."""
        return {entity.name: entity.kind for entity in self.entities}

    def named(self, kind: str) -> list[str]:
        return [entity.name for entity in self.entities if entity.kind == kind]

    @cached_property
    def by_unit(self) -> Mapping[str, list[Quantity]]:
        found: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in self.quantities:
            found[quantity.unit].append(quantity)
        return found

    @cached_property
    def by_relation(self) -> Mapping[str, list[Relation]]:
        found: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            found[relation.name].append(relation)
        return found

    @cached_property
    def views(self) -> dict[frozenset[str], "Ledger"]:
        return {}

    def of(self, keys: frozenset[str]) -> "Ledger":
        """Return the part of the ledger that holds in these scopes: theirs, and what belongs to none."""
        if len(self.scopes) == 1 or not keys:
            return self
        if keys not in self.views:
            wanted = keys | {""}
            self.views[keys] = replace(
                self,
                quantities=tuple(q for q in self.quantities if q.scope in wanted),
                relations=tuple(r for r in self.relations if r.scope in wanted),
                scopes=tuple(scope for scope in self.scopes if scope.key in keys),
            )
        return self.views[keys]

    def having(self, name: str) -> frozenset[str]:
        """Return who has a relation."""
        return frozenset(r.subject for r in self.by_relation.get(name, ()))

    def related(self, name: str, one: str, two: str) -> bool:
        return any(r.subject == one and r.object == two for r in self.by_relation.get(name, ()))

    def find(self, unit: str, roles: Iterable[str] = (), subject: str = "") -> list[Quantity]:
        """Return the quantities of a unit that have all of these roles, and belong to the subject if one is given."""
        wanted = set(roles)
        return [q for q in self.by_unit.get(unit, ()) if wanted <= q.roles and (not subject or subject in q.subjects)]
