"""The whole database as plain values that compare equal if only ids and times differ."""

import json
from ast import literal_eval
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import AutoField, DateTimeField, Field, ForeignKey, Model
from django_q.models import OrmQ, Schedule

from scoring.models import AIModel, Competition, Match, Season, Team

NAMES: dict[type[Model], str] = {
    Competition: "name",
    Season: "name",
    Team: "name",
    AIModel: "name",
    Match: "home__name",
}
"""What stands in the place of an id; references to anything else are not compared, since ids differ from run to run."""

NOT_COMPARED = ("facts", "facts_hash", "text", "moved")
"""Fields that hold times or ids."""

Names = Mapping[type[Model], Mapping[int, str]]


def state() -> str:
    """Return everything that stands in the project's tables, in the queue, and among the schedules of its steps."""
    names = {model: dict(model._default_manager.values_list("pk", field)) for model, field in NAMES.items()}
    tables = {model.__name__: sorted(_rows(model, names), key=str) for model in _models()}
    queue = sorted(_task(row.task["func"], row.task["args"], names) for row in OrmQ.objects.all())
    waiting = Schedule.objects.exclude(name="catch_up").values_list("func", "args")
    schedules = sorted(_task(func, literal_eval(args), names) for func, args in waiting)
    return json.dumps([tables, queue, schedules], default=str)


def _models() -> list[type[Model]]:
    return [model for app in ("scoring", "stats", "content") for model in apps.get_app_config(app).get_models()]


def _rows(model: type[Model], names: Names) -> Iterator[tuple[Any, ...]]:
    fields = [field for field in model._meta.concrete_fields if _is_compared(field)]
    known = [names[field.related_model] if isinstance(field, ForeignKey) else {} for field in fields]
    for row in model._default_manager.order_by().values_list(*(field.attname for field in fields)).iterator():
        yield tuple(known[place].get(value, value) if known[place] else value for place, value in enumerate(row))


def _is_compared(field: "Field[Any, Any]") -> bool:
    if isinstance(field, ForeignKey) and field.related_model not in NAMES:
        return False
    return not isinstance(field, AutoField | DateTimeField) and field.name not in NOT_COMPARED


def _task(func: str, args: tuple[Any, ...], names: Names) -> str:
    of = Season if "season" in func or "round_report" in func else Match
    return f"{func}: {names[of].get(args[0], args[0])}, {args[1:]}"
