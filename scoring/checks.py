"""Start-up checks of what the pipeline rests on: the steps in the settings, and the queue they go through."""

from collections.abc import Sequence
from typing import Any, TypeGuard

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

PIPELINES = ("MATCH_PIPELINE", "SEASON_PIPELINE")
OTHER_BROKERS = ("broker_class", "iron_mq", "sqs")
"""Settings of the queue that win over `orm`."""


def check_pipelines(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """Every step is a task that can be called, with a delay of None or whole seconds; the last match step has seconds.

    A wrong path would be accepted by the queue and fail in a worker, long after the change that enqueued it.
    """
    steps = [(name, entry) for name in PIPELINES for entry in getattr(settings, name, [])]
    problems = [problem for name, entry in steps for problem in _problems_of_step(name, entry)]
    return problems + _problems_of_the_end()


def _problems_of_step(name: str, entry: Any) -> list[CheckMessage]:
    try:
        path, delay = entry
    except (TypeError, ValueError):
        return [_error("E001", f"{name}: {entry!r} is not a pair of a dotted path and a delay.", "Write both.")]
    problems = []
    if delay is not None and not _is_seconds(delay):
        problems.append(_error("E002", f"{name}: the delay of {path}, {delay!r}, is not whole seconds.", "Or None."))
    return [*problems, *_problems_of_path(name, path)]


def _problems_of_path(name: str, path: Any) -> list[CheckMessage]:
    try:
        found = import_string(path)
    except (ImportError, AttributeError) as error:
        return [_error("E001", f"{name}: {path} can't be imported ({error}).", "Correct the path.")]
    if not callable(found):
        return [_error("E001", f"{name}: {path} can't be called.", "Name a function that takes an id.")]
    return []


def _problems_of_the_end() -> list[CheckMessage]:
    if missing := [name for name in PIPELINES if not getattr(settings, name, None)]:
        return [_error("E001", f"{' and '.join(missing)} must not be empty.", "List the tasks in their order.")]
    last = settings.MATCH_PIPELINE[-1]
    if isinstance(last, Sequence) and len(last) == 2 and last[1] is None:
        hint = "Give it the seconds in which corrections settle, such as 30."
        return [_error("E003", f"MATCH_PIPELINE: the last step, {last[0]}, has no delay.", hint)]
    return []


def check_followers(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """What follows a merge of teams, and what takes that back, can be called."""
    paths = [path for pair in getattr(settings, "TEAM_MERGE_FOLLOWERS", []) for path in pair]
    return [problem for path in paths for problem in _problems_of_path("TEAM_MERGE_FOLLOWERS", path)]


def check_queue(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """The queue lives in the default database, works in other processes, and gives a task its time.

    Only there does a queue row commit, or roll back, together with the change that it follows from.
    """
    queue: dict[str, Any] = getattr(settings, "Q_CLUSTER", {})
    problems = []
    if queue.get("orm") != "default" or any(queue.get(name) for name in OTHER_BROKERS):
        hint = f'Set "orm" to "default" and none of {", ".join(OTHER_BROKERS)}.'
        problems.append(_error("E004", "Q_CLUSTER does not keep its queue in the default database.", hint))
    timeout, retry = queue.get("timeout"), queue.get("retry")
    if not (_is_seconds(timeout) and _is_seconds(retry) and timeout < retry):
        hint = "A task that still runs would be delivered a second time: set both, in seconds, and retry the larger."
        problems.append(_error("E005", f"Q_CLUSTER: timeout ({timeout}) is not below retry ({retry}).", hint))
    if queue.get("sync"):
        hint = "A task would run inside the transaction that enqueues it: remove the setting."
        problems.append(_error("E006", "Q_CLUSTER: sync is on.", hint))
    return problems


def _is_seconds(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _error(number: str, message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id=f"scoring.{number}")
