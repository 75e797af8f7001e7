"""Indexes that a search for the beginning of a name can use, on SQLite and on PostgreSQL."""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Columns, Statement, Table

CREATE = {
    "postgresql": "CREATE INDEX %(name)s ON %(table)s (UPPER(%(columns)s::text) text_pattern_ops)",
    "sqlite": "CREATE INDEX %(name)s ON %(table)s (%(columns)s COLLATE NOCASE)",
}


class PrefixIndex(models.Index):
    """Of one field: what `istartswith` compiles to, `UPPER(…) LIKE` or a `LIKE` that ignores case, can look it up.

    The index that a unique field has anyway can't: it is in the order of upper and lower case.
    """

    def create_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **kwargs: Any
    ) -> Statement:
        table, quote = model._meta.db_table, schema_editor.quote_name
        (name,) = self.fields
        return Statement(
            CREATE[schema_editor.connection.vendor],
            name=quote(self.name),
            table=Table(table, quote),
            columns=Columns(table, [str(model._meta.get_field(name).column)], quote),  # type: ignore[union-attr]
        )
