"""The ways in which the names of a ledger may be written."""

from collections.abc import Iterator, Mapping, Sequence

from content.check.reading import plain_name
from content.check.terms import Ledger

SHORTENED = ("team", "player", "venue", "competition", "season", "rivalry")
"""Kinds of entities that people name by a part of their name."""


def written_forms(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Return how each entity may be written: in full, by an alias, or by words of its name that are no other's."""
    forms: dict[str, list[str]] = {}
    for entity in ledger.entities:
        for form in {plain_name(form) for form in (entity.name, *entity.aliases)} - {""}:
            forms.setdefault(form, []).append(entity.name)
            if form.lower().startswith("the ") and entity.kind not in ("model", "player"):
                forms.setdefault(form[4:], []).append(entity.name)
    for form, team in _sides(ledger):
        forms.setdefault(form, [team])
    for form, owners in _short(ledger).items():
        alone = len(set(owners)) == 1 or {ledger.kinds[owner] for owner in owners} <= {"competition", "season"}
        if alone and form not in forms and not _is_shared(form, owners, ledger):
            forms[form] = owners
    return {form: tuple(dict.fromkeys(owners)) for form, owners in forms.items()}


SIDES = {
    "home": ("hosts", "home side", "home team", "Hosts"),
    "away": ("visitors", "visiting side", "visiting team", "away side", "away team", "Visitors"),
}


def _sides(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield what else the teams of the one match of a ledger are called."""
    for scope in ledger.scopes if len(ledger.scopes) == 1 else ():
        for side, forms in SIDES.items():
            team = getattr(scope, side)
            yield from ((form, team) for form in forms if team)


def _short(ledger: Ledger) -> Mapping[str, list[str]]:
    short: dict[str, list[str]] = {}
    for entity in ledger.entities:
        forms = _short_forms(plain_name(entity.name), entity.kind) if entity.kind in SHORTENED else ()
        for form in forms if entity.kind == "season" else filter(_can_stand_alone, forms):
            short.setdefault(form, []).append(entity.name)
    return short


def _is_shared(form: str, owners: Sequence[str], ledger: Ledger) -> bool:
    """Whether a word stands in the name of somebody else, too."""
    words = set(form.split())
    return any(
        words & set(entity.name.split())
        for entity in ledger.entities
        if entity.name not in owners and entity.kind not in ("competition", "season", "rivalry", "round", "group")
    )


def _can_stand_alone(form: str) -> bool:
    """Whether a part of a name is a name: not a number, nor an article."""
    return any(word[0].isupper() and len(word) > 2 for word in form.split())


def _short_forms(name: str, kind: str) -> Iterator[str]:
    """Yield parts of a name that people use alone: the last word of a player, a long word of a team."""
    words = name.split()
    if len(words) < 2:
        return
    if kind == "season":
        yield " ".join(words[:-1])
        yield words[-1]
    if kind in ("player", "team"):
        yield from (" ".join(words[n:]) for n in range(1, len(words)))
    if kind == "team":
        yield from (" ".join(words[:n]) for n in range(1, len(words)))
        yield from (word for word in words if len(word) > 3 and word[0].isupper() and word.isalpha())
