"""Every list can be exported as it is filtered and searched: as CSV and as JSON, row by row, up to a bound."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from unfold.contrib.import_export.forms import ExportForm

from import_export.admin import ExportMixin
from import_export.formats.base_formats import Format
from import_export.resources import modelresource_factory

from scoring.exporters import openfootball, predictions_csv
from scoring.exporters.writing import as_csv, as_json

if TYPE_CHECKING:

    class TypedExportMixin:
        model: Any
        opts: Any

        def get_export_queryset(self, request: HttpRequest) -> QuerySet[Any]: ...
        def init_request_context_data(self, request: HttpRequest, form: Any) -> dict[str, Any]: ...
else:
    TypedExportMixin = ExportMixin

MOST_EXPORTED = 200_000
CHUNK = 2_000
BOM = "\ufeff"
"""Tells a spreadsheet that a CSV file is UTF-8; what reads UTF-8 takes no notice of it."""


class FileKind(Format):  # type: ignore[misc]  # django-import-export has no types
    """A kind of file that a list can be exported as. `pieces` raises ValueError before the first piece, or never."""

    title, extension, content_type = "", "", ""

    def pieces(self, columns: Sequence[str], queryset: "QuerySet[Any]") -> Iterator[str]:
        raise NotImplementedError

    def can_export(self) -> bool:
        return True

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type


class CSVFile(FileKind):
    title, extension, content_type = "CSV", "csv", "text/csv; charset=utf-8"

    def pieces(self, columns: Sequence[str], queryset: "QuerySet[Any]") -> Iterator[str]:
        return _marked(as_csv(columns, rows_of(columns, queryset)))


class JSONFile(FileKind):
    title, extension, content_type = "JSON", "json", "application/json"

    def pieces(self, columns: Sequence[str], queryset: "QuerySet[Any]") -> Iterator[str]:
        return as_json(rows_of(columns, queryset))


class PredictionsCSV(CSVFile):
    title = "CSV, as predictions are imported"

    def pieces(self, columns: Sequence[str], queryset: "QuerySet[Any]") -> Iterator[str]:
        return _marked(as_csv(predictions_csv.COLUMNS, predictions_csv.rows(queryset)))


class OpenfootballJSON(JSONFile):
    title = "JSON of openfootball, as matches are imported (one season)"

    def pieces(self, columns: Sequence[str], queryset: "QuerySet[Any]") -> Iterator[str]:
        return iter([json.dumps(openfootball.document(queryset), ensure_ascii=False, indent=1), "\n"])


def _marked(lines: Iterator[str]) -> Iterator[str]:
    yield BOM
    yield from lines


def rows_of(columns: Sequence[str], queryset: "QuerySet[Any]") -> Iterator[dict[str, Any]]:
    """Yields what each column says of each row; what a row refers to by its name."""
    relations = {field.name for field in queryset.model._meta.concrete_fields if isinstance(field, ForeignKey)}
    for row in queryset.defer(None).iterator(chunk_size=CHUNK):
        values = {name: getattr(row, name) for name in columns}
        yield {name: str(value) if name in relations and value else value for name, value in values.items()}


class Exports(TypedExportMixin):
    export_form_class = ExportForm
    export_kinds: Sequence[type[FileKind]] = (CSVFile, JSONFile)
    not_exported: Sequence[str] = ()

    def get_export_formats(self) -> list[type[FileKind]]:
        return list(self.export_kinds)

    def get_export_resource_classes(self, request: HttpRequest) -> list[Any]:
        """What django-import-export's form wants to know; the columns are ours."""
        return [modelresource_factory(self.model, meta_options={"fields": [self.opts.pk.name]})]

    def export_columns(self, queryset: "QuerySet[Any]") -> list[str]:
        """Return the fields of a row. A row it refers to is named as well as numbered, if the list joins it."""
        joined = queryset.query.select_related
        names: list[str] = []
        for field in self.opts.concrete_fields:
            if isinstance(field, ForeignKey) and isinstance(joined, dict) and field.name in joined:
                names.append(field.name)
            names.append(field.attname)
        return [name for name in names if name not in self.not_exported]

    def init_request_context_data(self, request: HttpRequest, form: Any) -> dict[str, Any]:
        columns = self.export_columns(self.get_export_queryset(request))
        return {**super().init_request_context_data(request, form), "fields_list": [(self.opts.verbose_name, columns)]}

    def _do_file_export(
        self, file_format: FileKind, request: HttpRequest, queryset: "QuerySet[Any]", export_form: Any = None
    ) -> HttpResponseBase:
        """Raises ValueError with what is to be done instead: django-import-export says it above the form."""
        if getattr(request, "search_was_cut_off", False):
            raise ValueError("Nothing was exported: the search fits too many matches. Type more of the name.")
        if queryset.order_by()[: MOST_EXPORTED + 1].count() > MOST_EXPORTED:
            raise ValueError(
                f"Nothing was exported: these are more than {MOST_EXPORTED:,} {self.opts.verbose_name_plural}. "
                f"Filter or search first, by season for example, and export them in parts."
            )
        try:
            pieces = file_format.pieces(self.export_columns(queryset), queryset)
        except ValueError as error:
            raise ValueError(f"Nothing was exported: {error}.") from error
        name = f"{str(self.opts.verbose_name_plural).replace(' ', '-')}-{timezone.now():%Y-%m-%d}"
        disposition = f'attachment; filename="{name}.{file_format.extension}"'
        return StreamingHttpResponse(
            pieces, content_type=file_format.content_type, headers={"Content-Disposition": disposition}
        )
