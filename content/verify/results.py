"""Results: the record of changes leads to what each match has now."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from content.verify.report import Checked, checked
from scoring.models import Match, ResultChange
from scoring.services.results import RESULT_FIELDS

UNTOLD: dict[str, Any] = dict.fromkeys(RESULT_FIELDS) | {"status": Match.Status.SCHEDULED.value}
"""The result of a match of which nobody has told anything yet."""


def check_results() -> Checked:
    """Goes through matches and changes side by side, both in the order of the matches: nothing is kept for long."""
    return checked("results are what the changes made them", Match.objects.count(), _untold())


def _untold() -> Iterator[str]:
    changes = ResultChange.objects.order_by("match", "revision", "pk").values_list("match", "after")
    told = groupby(changes.iterator(chunk_size=5_000), key=itemgetter(0))
    at, group = next(told, (None, iter(())))
    matches = Match.objects.order_by("pk").values_list("pk", *RESULT_FIELDS)
    for pk, *result in matches.iterator(chunk_size=5_000):
        made = UNTOLD
        if at == pk:
            made = _made(after for _, after in group)
            at, group = next(told, (None, iter(())))
        if result != list(made.values()):
            yield f"match {pk}: {_differing(result, made)}"


def _made(afters: Iterator[Any]) -> dict[str, Any]:
    """Return the result fields after these changes, the oldest first; other fields, and what is no object, aside."""
    made = dict(UNTOLD)
    for after in afters:
        if isinstance(after, dict):
            made.update((name, after[name]) for name in made.keys() & after.keys())
    return made


def _differing(result: list[Any], made: dict[str, Any]) -> str:
    pairs = zip(made.items(), result, strict=True)
    return ", ".join(f"{name} is {now}, the changes say {then}" for (name, then), now in pairs if then != now)
