"""Real processes that do something at the same moment, on a database of their own."""

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.concurrency.ready"])
PATIENCE = 120.0
"""Seconds after which something hangs."""

Part = tuple[Any, ...]
"""A function of a module, and what it is called with."""


@dataclass(frozen=True)
class Stage:
    """The name of the database that the processes work on."""

    database: str

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls a function in a process of its own and returns what it returned."""
        return self.together([(function, *arguments)])[0]

    def together(self, parts: Sequence[Part]) -> list[Any]:
        """Calls each function in a process of its own, all at the same moment; returns what they returned.

        Fails with the error of every one that raised.
        """
        gate = CONTEXT.Barrier(len(parts))
        started = [self._start(gate, part) for part in parts]
        outcomes = [self._end(process, ear) for process, ear in started]
        errors = [str(value) for fine, value in outcomes if not fine]
        assert not errors, "\n".join(errors)
        return [value for _, value in outcomes]

    @contextmanager
    def beside(self, function: Callable[..., Any], *arguments: Any) -> Iterator[list[Any]]:
        """Calls a function whose first argument is an event in a process beside this one, until the block ends.

        Then the event is set, and the list given holds what the function returned.
        """
        enough, gate, result = CONTEXT.Event(), CONTEXT.Barrier(1), list[Any]()
        process, ear = self._start(gate, (function, enough, *arguments))
        try:
            yield result
        finally:
            enough.set()
            fine, value = self._end(process, ear)
            assert fine, value
            result.append(value)

    def _start(self, gate: Any, part: Part) -> tuple[Any, Connection]:
        ear, mouth = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=perform, args=(self.database, gate, mouth, part), daemon=True)
        process.start()
        mouth.close()
        return process, ear

    def _end(self, process: Any, ear: Connection) -> tuple[bool, Any]:
        try:
            outcome = ear.recv() if ear.poll(PATIENCE) else (False, f"nothing for {PATIENCE} seconds")
        except EOFError:
            outcome = (False, "the process ended without a word")
        process.join(timeout=1 if not outcome[0] else 10)
        if process.is_alive():
            process.kill()
            process.join()
        return outcome


def perform(database: str, gate: Any, mouth: Connection, part: Part) -> None:
    """What a process does: connects, waits for the others, and says what came of it."""
    function, *arguments = part
    connection.settings_dict["NAME"] = database
    try:
        connection.ensure_connection()
        gate.wait(PATIENCE)
        mouth.send((True, function(*arguments)))
    except Exception:  # noqa: BLE001  it is the test's to judge
        mouth.send((False, traceback.format_exc()))
    finally:
        connection.close()
