"""Writes the predictions of a CSV file: all of them in one transaction, or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath
from typing import Any, NamedTuple

from django.db import transaction

from scoring.importers.predictions_csv import PredictionRow, Problem, parse
from scoring.importers.values import WrongValueError
from scoring.locks import retried
from scoring.models import AIModel, AIModelAlias
from scoring.services.prediction_matches import MatchIndex
from scoring.services.predictions import NewPrediction, PredictionError, SavedPredictions, save_predictions

CHUNK = 10_000
"""Predictions that are saved at a time; those of one match are never parted."""

Track = Callable[[Sequence[Any]], Iterable[Any]]
"""Is given what is to be done, and hands it on piece by piece: a progress bar."""


class PredictionImportError(ValueError):
    """A file that can't be imported. `problems`: what is wrong in which line, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__(f"{len(self.problems)} wrong rows")


@dataclass(frozen=True)
class ImportedPredictions:
    """What importing a file came to; with `dry_run` it is what it would have come to."""

    saved: SavedPredictions
    new_models: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    dry_run: bool = False


class _Fitted(NamedTuple):
    match_id: int
    row: PredictionRow


def import_predictions(
    lines: Iterable[bytes], file: str, *, dry_run: bool = False, track: Track = iter
) -> ImportedPredictions:
    """Writes the predictions in the lines of a CSV file; models that are not known yet are created.

    `file` is its name in the record of changes. Raises `PredictionImportError` with every wrong row; then nothing is
    written.
    """
    rows: list[PredictionRow] = []
    problems: list[Problem] = []
    notices: list[str] = []
    for item in parse(lines):
        if isinstance(item, PredictionRow):
            rows.append(item)
        elif isinstance(item, Problem):
            problems.append(item)
        else:
            notices.append(item.text)
    fitted = _single(_fit(rows, problems), problems)
    del rows
    saved, models = _save(fitted, problems, f"import {PurePath(file).name}"[:150], dry_run, track)
    return ImportedPredictions(saved, models, (*notices, *_near_misses(models)), dry_run)


def matches_in(lines: Iterable[bytes]) -> set[int]:
    """Return the ids of the matches that the rows of a CSV file fit, as far as they can be read."""
    rows = [item for item in parse(lines) if isinstance(item, PredictionRow)]
    return {item.match_id for item in _fit(rows, [])}


def _fit(rows: Sequence[PredictionRow], problems: list[Problem]) -> list[_Fitted]:
    """Return the rows with their matches, in the order of the matches; adds a problem for each that has none."""
    index = MatchIndex([row.date for row in rows])
    fitted: list[_Fitted] = []
    for row in rows:
        try:
            fitted.append(_Fitted(index.find(row), row))
        except WrongValueError as error:
            problems.append(Problem(row.line, str(error)))
    fitted.sort(key=lambda item: (item.match_id, item.row.line))
    return fitted


def _single(fitted: Sequence[_Fitted], problems: list[Problem]) -> list[_Fitted]:
    """Return the first prediction of each model for each match; adds a problem for every other."""
    first: list[_Fitted] = []
    for _, items in groupby(fitted, key=lambda item: item.match_id):
        seen: dict[str, int] = {}
        for item in items:
            line = seen.setdefault(item.row.model, item.row.line)
            if line == item.row.line:
                first.append(item)
            else:
                text = f"{item.row.model} has a prediction for this match in line {line} already; keep one of them"
                problems.append(Problem(item.row.line, text))
    return first


@retried
def _save(
    fitted: Sequence[_Fitted], problems: Sequence[Problem], by: str, dry_run: bool, track: Track
) -> tuple[SavedPredictions, tuple[str, ...]]:
    """Saves in one transaction, and takes everything back if there is any problem, old or new, or in a dry run."""
    wrong = list(problems)
    total = SavedPredictions()
    with transaction.atomic():
        models, new = _models({item.row.model for item in fitted})
        for chunk in track(list(_chunks(fitted))):
            try:
                saved = save_predictions([_new(item, models) for item in chunk], by=by)
            except PredictionError as error:
                wrong += [Problem(chunk[place].row.line, text) for place, text in error.problems.items()]
            else:
                total = _sum(total, saved)
        if wrong:
            raise PredictionImportError(wrong)
        if dry_run:
            transaction.set_rollback(True)
    return total, new


def _models(names: set[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return name or alias → id of these models, and the names of those created for it.

    An alias goes first: the record that had the name is part of another.
    """
    # Names first, and then again: one that a model loses meanwhile is among its aliases.
    known = set(AIModel.objects.values_list("name", flat=True))
    known |= set(AIModelAlias.objects.values_list("name", flat=True))
    new = sorted(names - known)
    AIModel.objects.bulk_create([AIModel(name=name) for name in new], ignore_conflicts=True, batch_size=500)
    ids = dict(AIModel.objects.values_list("name", "pk"))
    return ids | dict(AIModelAlias.objects.values_list("name", "model")), tuple(new)


def _chunks(fitted: Sequence[_Fitted]) -> Iterator[list[_Fitted]]:
    chunk: list[_Fitted] = []
    for _, items in groupby(fitted, key=lambda item: item.match_id):
        chunk += items
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _new(item: _Fitted, models: dict[str, int]) -> NewPrediction:
    row = item.row
    return NewPrediction(item.match_id, models[row.model], row.scoreline, row.probabilities, row.submitted_at)


def _sum(one: SavedPredictions, other: SavedPredictions) -> SavedPredictions:
    return replace(
        one,
        created=one.created + other.created,
        replaced=one.replaced + other.replaced,
        unchanged=one.unchanged + other.unchanged,
        revised=one.revised + other.revised,
    )


def _near_misses(new: Sequence[str]) -> Iterator[str]:
    """Yields a line for each new model whose name differs only in upper and lower case from another's."""
    if not new:
        return
    spelt: dict[str, str] = {}
    for name in AIModel.objects.exclude(name__in=new[:1000]).values_list("name", flat=True):
        spelt[name.casefold()] = name
    for name in new:
        if name.casefold() in spelt:
            yield f'the new model "{name}" is spelt almost like "{spelt[name.casefold()]}"; are they the same?'
