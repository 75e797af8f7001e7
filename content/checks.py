"""Start-up checks of what a language model needs where one is chosen to write."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connection

from content.writers.setup import missing

LLM = "llm"
"""`WriterName.LLM`: this module is imported before there are models."""

WAY_OUT = "Set LLM_BASE_URL and LLM_MODEL, and pip install -r requirements-llm.txt; or choose the template."


def check_writer(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """The writer of the settings can write, and is given the time it is to have."""
    if settings.ROUNDUP_WRITER != LLM:
        return []
    if why := missing():
        return [Error(f"ROUNDUP_WRITER is llm, and {why}.", hint=WAY_OUT, id="content.E001")]
    return _time()


def check_policies(app_configs: Sequence[Any] | None, *, databases: Any = None, **options: Any) -> list[CheckMessage]:
    """The writers of all competitions can write. Looks into the database: for `migrate` and `check --database`."""
    why = missing()
    if not why or "default" not in (databases or ()) or not _there_are_policies():
        return []
    chosen = apps.get_model("content", "EditorialPolicy").objects.filter(writer=LLM).order_by("competition__name")
    names = list(chosen.values_list("competition__name", flat=True))
    told = f"A language model is to write the roundups of {', '.join(names[:10])}, and {why}: the template does."
    return [Warning(told, hint=WAY_OUT, id="content.W001")] if names else []


def _there_are_policies() -> bool:
    """Before the first `migrate`, and before that which lets policies choose a writer, there is nothing to ask."""
    with connection.cursor() as cursor:
        if "content_editorialpolicy" not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, "content_editorialpolicy")
    return any(column.name == "writer" for column in columns)


def _time() -> list[CheckMessage]:
    if settings.LLM_TIMEOUT <= settings.LLM_SECONDS:
        return []
    told = (
        f"LLM_TIMEOUT is {settings.LLM_TIMEOUT}, and all answers for one roundup have {settings.LLM_SECONDS:g} seconds."
    )
    hint = "Set ROUNDUP_CLUSTER=on and ROUNDUP_TIMEOUT to five times LLM_TIMEOUT, or LLM_TIMEOUT lower."
    return [Warning(told, hint=hint, id="content.W002")]
