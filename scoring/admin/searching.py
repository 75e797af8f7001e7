"""Search in lists: by the beginning of names, which indexes know; teams and models are found first, their rows after.

A search that joins every row of a list with names, or looks for a text anywhere in them, reads the whole table.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Model, Q, QuerySet

from scoring.importers.values import tidy
from scoring.models import AIModel, AIModelAlias, Match, Team, TeamAlias

MOST_NAMES = 500
MOST_MATCHES = 1_000
"""Matches whose rows are shown when a search fits more: those that kick off last."""

BETWEEN = {"–", "-", "v", "vs", "vs."}
"""Words that may stand between two teams."""

ALIASES: dict[type[Model], tuple[type[Model], str]] = {Team: (TeamAlias, "team"), AIModel: (AIModelAlias, "model")}
OPERATORS = {"^": "istartswith", "=": "exact", "": "icontains"}


def found(
    queryset: "QuerySet[Any]", fields: Sequence[str], text: str, season: str = ""
) -> tuple["QuerySet[Any]", bool]:
    """Return the rows that a search finds, and whether it fits more than `MOST_MATCHES` matches.

    `fields` in Django's notation: `^name` begins with the text, `name` has it anywhere (for short tables), `=name` is
    it. Those of other tables (`^model__name`) are looked for there, other names included. Of `home` and `away` both
    can be searched for at once: "Mexico – Wales". `season` is the one that the list is filtered by.
    """
    text = tidy(text.replace("\0", ""))
    if not text:
        return queryset, False
    conditions, cut_off = Q(), False
    paths = {path: name for path, name in map(_taken_apart, fields) if path}
    for path, name in paths.items():
        if path.endswith("away") and path.removesuffix("away") + "home" in paths:
            continue
        if path.endswith("home") and path.removesuffix("home") + "away" in paths:
            to_match = path.removesuffix("home").removesuffix("__")
            ids, cut_off = _matches(to_match, text, season)
            conditions |= ids
        else:
            conditions |= _related(queryset.model, path, name, text)
    for field in fields:
        if "__" not in field:
            conditions |= _own(queryset.model, field, text)
    return (queryset.filter(conditions) if conditions else queryset.none()), cut_off


def _taken_apart(field: str) -> tuple[str, str]:
    path, _, name = field.lstrip("^=").rpartition("__")
    return path, name


def _own(model: type[Model], field: str, text: str) -> Q:
    name = field.lstrip("^=")
    operator = OPERATORS[field[: len(field) - len(name)]]
    column = model._meta.get_field(name)
    if operator == "exact" and column.get_internal_type().endswith("IntegerField"):
        return Q(**{name: int(text)}) if text.isdecimal() and len(text) < len(str(2**63)) else Q()
    return Q(**{f"{name}__{operator}": text})


def _related(model: type[Model], path: str, name: str, text: str) -> Q:
    """Return the condition that a row refers to one of those found; none if there is none."""
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]  # a foreign key
    ids = _named(model, text, name)
    return Q(**{f"{path}__in": ids}) if ids else Q()


def _named(model: type[Model], text: str, name: str = "name") -> list[Any]:
    """Return the ids of what has a name, or another name, that begins with the text."""
    begins = Q(**{f"{name}__istartswith": text})
    ids = set(model._default_manager.filter(begins).order_by().values_list("pk", flat=True)[:MOST_NAMES])
    if model in ALIASES:
        alias, of = ALIASES[model]
        ids |= set(alias._default_manager.filter(begins).order_by().values_list(of, flat=True)[:MOST_NAMES])
    return sorted(ids)


def _matches(path: str, text: str, season: str) -> tuple[Q, bool]:
    """Return the condition that a row is of a match with these teams, and whether some were left out."""
    teams = _of_teams(text)
    if not teams or not path:
        return teams, False
    matches = Match.objects.filter(teams, **({"season": season} if season.isdecimal() else {}))
    ids = list(matches.order_by("-kickoff", "-id").values_list("pk", flat=True)[: MOST_MATCHES + 1])
    return Q(**{f"{path}__in": ids[:MOST_MATCHES]}) if ids else Q(), len(ids) > MOST_MATCHES


def _of_teams(text: str) -> Q:
    """Return the condition for matches: one of the teams is called so, or the text is the names of both."""
    one = _named(Team, text)
    condition = Q(home__in=one) | Q(away__in=one) if one else Q()
    for first, second in islice(_parted(text.split()), 8):
        homes = _named(Team, first)
        aways = _named(Team, second) if homes else []
        if aways:
            condition |= Q(home__in=homes, away__in=aways) | Q(home__in=aways, away__in=homes)
    return condition


def _parted(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yields the ways to part words into two names; what may stand between two teams says where."""
    for place, word in enumerate(words):
        if word.lower() in BETWEEN and 0 < place < len(words) - 1:
            return [(" ".join(words[:place]), " ".join(words[place + 1 :]))]
    return _anywhere(words)


def _anywhere(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place in range(1, len(words)):
        yield " ".join(words[:place]), " ".join(words[place:])
