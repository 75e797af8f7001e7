"""The processes beside the machines: the feeder, which may be killed, and those that are left alone, the web server and
its readers.
"""

import json
import subprocess
from pathlib import Path
from typing import Protocol

from tests.processes import Project, free_port


class Numbers(Protocol):
    """What the script is made from."""

    @property
    def seed(self) -> int: ...
    @property
    def matches(self) -> int: ...
    @property
    def recordings(self) -> int: ...


class Feeding:
    """Starts, tends and kills the feeder. Raises `AssertionError`, with its last words, if anything ends by itself."""

    def __init__(self, site: Project, numbers: Numbers) -> None:
        self.site = site
        self.numbers = numbers
        self.starts = 0
        self.feeder: subprocess.Popen[bytes] | None = None
        self.others: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> None:
        """Writes the fixtures, and starts everything."""
        self.call("stage", self.numbers.matches)
        self.allow(0.0)
        port = free_port()
        self.others["server"] = self.site.start("server", "runserver", "--noreload", f"127.0.0.1:{port}")
        self.others["visitor"] = self.site.start("visitor", *self._command("visitor", port))
        self.others["watcher"] = self.site.start("watcher", *self._command("watcher"))
        self.tend()

    def call(self, module: str, *numbers: int) -> None:
        """Runs the main function of a module of the harness, inside the project, to its end."""
        self.site.run(*self._command(module, *numbers), seconds=600)

    def _command(self, module: str, *numbers: int) -> tuple[str, ...]:
        arguments = ", ".join(map(repr, (str(self.site.folder), self.numbers.seed, *numbers)))
        return "shell", "--no-imports", "-c", f"from tests.torture.{module} import main; main({arguments})"

    def allow(self, share: float) -> None:
        """Lets the feeder go on until this share of the script is recorded."""
        new = self.site.folder / "allowed.new"
        new.write_text(str(round(share * self.numbers.recordings)))
        new.replace(self.site.folder / "allowed")

    def tend(self) -> None:
        for name, process in self.others.items():
            if process.poll() is not None:
                raise AssertionError(f"the {name} ended\n{self._words(name)}")
        if self.feeder is None or self.feeder.poll() is not None:
            if self.feeder is not None and self.feeder.returncode > 0:
                raise AssertionError(f"the feeder could not go on\n{self._words('feeder-' + str(self.starts))}")
            if not self.is_done():
                self.starts += 1
                numbers = self.numbers.matches, self.numbers.recordings
                self.feeder = self.site.start(f"feeder-{self.starts}", *self._command("feeder", *numbers))

    def _words(self, name: str) -> str:
        return (self.site.folder / f"{name}.log").read_text(errors="replace")[-5000:]

    def kill(self) -> bool:
        """Kills the feeder; returns whether it was there, or has nothing left to do."""
        if self.feeder is None or self.feeder.poll() is not None:
            return self.is_done()
        self.feeder.kill()
        return True

    def recorded(self) -> list[str]:
        journal = self.site.folder / "journal.jsonl"
        return journal.read_text().splitlines() if journal.exists() else []

    def kinds(self) -> list[str]:
        """Return the kind of each recording that was done."""
        return [json.loads(line)["kind"] for line in self.recorded()]

    def is_done(self) -> bool:
        return len(self.recorded()) >= self.numbers.recordings

    def progress(self) -> str:
        return f"{len(self.recorded())} of {self.numbers.recordings} recordings"

    def sightings(self) -> list[str]:
        """Return what the watcher saw that was not true."""
        seen = self.site.folder / "sightings.jsonl"
        return [json.loads(line)["what"] for line in seen.read_text().splitlines()] if seen.exists() else []

    def pages(self) -> dict[str, int]:
        """Return how many pages were opened, by the status they were answered with."""
        path: Path = self.site.folder / "pages.json"
        counts: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
        return counts

    def looks(self) -> tuple[int, int]:
        """Return how often the watcher looked, and how many roundups it saw in all."""
        path: Path = self.site.folder / "looks.json"
        counts = json.loads(path.read_text()) if path.exists() else {"looks": 0, "roundups": 0}
        return counts["looks"], counts["roundups"]

    def stop(self) -> None:
        """Ends the readers first: they should not see the server go."""
        everybody = [*reversed(self.others.values()), *([self.feeder] if self.feeder else [])]
        for process in everybody:
            process.kill()
            process.wait(10)
