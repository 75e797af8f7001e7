"""Predictions as rows of the CSV that is imported. Reads what a queryset finds, piece by piece."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import QuerySet

from scoring.importers.predictions_csv import OPTIONAL, REQUIRED
from scoring.models import Prediction

COLUMNS = (*REQUIRED, *OPTIONAL)
CHUNK = 2_000


def rows(predictions: "QuerySet[Prediction]") -> Iterator[dict[str, Any]]:
    """Yields what each column of `COLUMNS` says, in the order of the queryset."""
    found = predictions.select_related("match__home", "match__away", "match__season__competition", "model").iterator(
        chunk_size=CHUNK
    )
    for prediction in found:
        yield dict(zip(COLUMNS, _values(prediction), strict=True))


def _values(prediction: Prediction) -> tuple[Any, ...]:
    match, submitted = prediction.match, prediction.submitted_at
    return (
        prediction.model.name,
        match.date.isoformat(),
        match.home.name,
        match.away.name,
        prediction.home_goals,
        prediction.away_goals,
        prediction.p_home,
        prediction.p_draw,
        prediction.p_away,
        submitted.astimezone(UTC).isoformat().replace("+00:00", "Z") if submitted else None,
        match.season.competition.name,
        match.season.name,
    )
