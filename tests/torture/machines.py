"""Process groups of a real `qcluster`, started again whenever they end, as a supervisor of the system would."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.processes import Project

MARK = "TORTURE"
"""The variable of the environment by which every process of a machine is known, orphans included."""

ROLES: Mapping[str, str] = {
    "supervisor": "ft-qcluster",
    "cluster": "ft-cluster",
    "sentinel": "ft-sentinel",
    "worker": "ft-worker",
    "monitor": "ft-monitor",
    "pusher": "ft-pusher",
}
"""What a process of each kind calls itself."""

PAUSE = 0.3
"""Seconds that a supervisor of the system lets pass before it starts a group again."""
SETTLED = 0.5
"""A cluster killed sooner than this may not have got to work, and several in a row are started again more slowly."""
SECONDS_TO_DIE = 10
"""After this time nothing may be left of a group whose first process has ended."""


def alive(mark: str) -> Iterator[psutil.Process]:
    """Find the running processes that were started under this mark, wherever they stand in the tree."""
    wanted = f"{MARK}={mark}".encode()
    for pid in psutil.pids():
        with suppress(OSError, psutil.NoSuchProcess):
            if any(entry.startswith(wanted) for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")):
                process = psutil.Process(pid)
                if process.status() != psutil.STATUS_ZOMBIE:
                    yield process


@dataclass
class Machine:
    """One `qcluster`. `starts` counts how often it was started, `orphans` what outlived its group."""

    site: Project
    name: str
    mark: str
    starts: int = 0
    ended: list[tuple[str, float]] = field(default_factory=list)
    exits: dict[int, int] = field(default_factory=dict)
    orphans: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    again_at: float = 0.0
    seen: dict[int, str] = field(default_factory=dict)
    seen_at: float = 0.0

    def start(self) -> None:
        self.starts += 1
        with (self.site.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.site.command("qcluster"),
                env={**self.site.full_environment, MARK: self.generation},
                cwd=self.site.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def generation(self) -> str:
        return f"{self.mark}/{self.name}/{self.starts};"

    def tend(self) -> None:
        """Starts the group again if it has ended, and looks for processes that should have died with it."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            self.exits[code] = self.exits.get(code, 0) + 1
            self.ended.append((self.generation, now + SECONDS_TO_DIE))
            self.process, self.again_at = None, now + PAUSE
        if self.process is None and now >= self.again_at:
            self.start()
        while self.ended and self.ended[0][1] <= now:
            self._bury(self.ended.pop(0)[0])

    def _bury(self, generation: str) -> None:
        for orphan in alive(generation):
            with suppress(psutil.NoSuchProcess):
                self.orphans.append(f"{self.name}: {orphan.name()} {orphan.pid} outlived its group")
                orphan.kill()

    def family(self) -> list[psutil.Process]:
        """Return the first process and all below it, by age."""
        if self.process is None:
            return []
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            return [first, *sorted(first.children(recursive=True), key=lambda process: process.pid)]
        return []

    def living(self, role: str) -> list[psutil.Process]:
        found = []
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                if process.name() == ROLES[role] and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def is_whole(self) -> bool:
        """Whether processes of every kind are there, the same ones for a moment."""
        found = {}
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                if process.status() != psutil.STATUS_ZOMBIE:
                    found[process.pid] = process.name()
        if self.seen != found:
            self.seen, self.seen_at = found, time.monotonic()
        return set(found.values()) >= set(ROLES.values()) and time.monotonic() - self.seen_at >= SETTLED

    def strike(self, target: str, pick: float) -> bool:
        """Kills one process of the kind, or the whole group; returns whether there was any."""
        if target == "group":
            return self._kill_group()
        victims = self.living(target)
        with suppress(psutil.NoSuchProcess):
            if victims:
                victims[int(pick * len(victims))].kill()
                return True
        return False

    def _kill_group(self) -> bool:
        if self.process is None:
            return False
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
            return True
        return False

    def stop(self, seconds: float) -> list[str]:
        """Asks the machine to end, as an operator would; returns what did not obey in time, and kills it."""
        problems = []
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                problems.append(f"{self.name} did not end {seconds:.0f} seconds after SIGTERM")
            self.ended.append((self.generation, 0.0))
            self._kill_group()
            self.process.wait(10)
        for generation, _ in self.ended:
            self._bury(generation)
        self.ended.clear()
        return [*problems, *self.orphans]
