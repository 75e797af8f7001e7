"""Writes rows as CSV and as JSON, piece by piece."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from scoring.importers.formulas import harmless

Row = Mapping[str, Any]


class _Line:
    """A file for `csv.writer` that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yields the lines, the header first. A text that a spreadsheet would run is made harmless, a number stays one."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([_cell(row[name]) for name in columns]))


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """Yields a list of objects, one a line."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):  # a moment is one as well
        return value.isoformat()
    if isinstance(value, dict | list):
        value = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return value if isinstance(value, int | float) else harmless(str(value))
