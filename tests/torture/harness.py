"""Sets everything up, kills by plan while recordings go on, lets it finish, and asks whether all of it is true."""

import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.processes import Project
from tests.torture.arena import Arena
from tests.torture.feeding import Feeding
from tests.torture.machines import Machine
from tests.torture.report import Report
from tests.torture.server import Server
from tests.torture.strikes import DATABASE, Strike, strikes

SECONDS_TO_COME_BACK = 60
"""A machine that has no process of some kind for this long is hung."""
SECONDS_TO_STOP = 40
SAID_EVERY = 50


@dataclass(frozen=True)
class Options:
    """What a run is made of; `retry` and `timeout` are the queue's, in seconds."""

    kills: int
    seed: int
    postgresql: bool
    folder: Path
    matches: int
    recordings: int
    machines: int
    retry: int
    timeout: int
    roundup_cluster: bool

    @property
    def patience(self) -> float:
        """Seconds within which everything has to be finished once the killing is over."""
        return 60 + 6 * self.retry + self.recordings / 4

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ROUNDUP_DELAY": "1",
            "Q_RETRY": str(self.retry),
            "Q_TIMEOUT": str(self.timeout),
            "ROUNDUP_CLUSTER": "1" if self.roundup_cluster else "0",
            "ROUNDUP_TIMEOUT": str(self.timeout),
            "LOG_LEVEL": "INFO",
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{self.folder / 'torture.sqlite3'}",
        }


@dataclass
class Harness:
    options: Options
    say: Callable[[str], None]
    report: Report
    kills: Counter[str] = field(default_factory=Counter)
    hung: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Goes through the whole run and completes the report; raises what a person has to look at."""
        began = time.monotonic()
        with self._arena() as arena:
            try:
                arena.feeding.prepare()
                self._kill(arena)
                self._finish(arena)
            finally:
                self.hung += arena.stop(SECONDS_TO_STOP)
                self._account(arena)
                self.report.seconds = time.monotonic() - began
            self._judge(arena)
            self.report.seconds = time.monotonic() - began

    @contextmanager
    def _arena(self) -> Iterator[Arena]:
        environment, folder = self.options.environment, self.options.folder
        with ExitStack() as stack:
            server = None
            if self.options.postgresql:
                server = Server(folder / "pg")
                stack.callback(server.stop)
                environment["DATABASE_URL"] = server.url
            site = Project(folder, environment)
            stack.callback(site.stop)
            site.run("migrate", "--verbosity=0")
            names = [f"machine-{number + 1}" for number in range(self.options.machines)]
            machines = [Machine(site, name, folder.name) for name in names]
            yield Arena(site, machines, Feeding(site, self.options), server)

    def _kill(self, arena: Arena) -> None:
        planned = strikes(
            self.options.seed,
            self.options.kills,
            machines=self.options.machines,
            database=self.options.postgresql,
        )
        for number, strike in enumerate(planned, start=1):
            self._strike(arena, strike, number / len(planned))
            if number % SAID_EVERY == 0:
                self.say(f"{number} of {len(planned)} strikes, {arena.feeding.progress()}")
        if not arena.wait_until(arena.feeding.is_done, self.options.patience):
            self.hung.append(f"the feeder did not come to an end: {arena.feeding.progress()}")

    def _strike(self, arena: Arena, strike: Strike, share: float) -> None:
        """Lets this share of the script be recorded, so that there is work in hand, and strikes in the midst of it."""
        machine = arena.machines[strike.machine]
        if strike.whole and not arena.wait_until(machine.is_whole, SECONDS_TO_COME_BACK):
            self.hung.append(f"{machine.name} was not complete again after {SECONDS_TO_COME_BACK} seconds")
        arena.feeding.allow(share)
        arena.wait_until(lambda: False, strike.wait)
        if arena.wait_until(lambda: arena.hit(strike), SECONDS_TO_COME_BACK):
            self.kills[strike.target] += 1
        else:
            self.hung.append(f"there was no {strike.target} to kill for {SECONDS_TO_COME_BACK} seconds")

    def _finish(self, arena: Arena) -> None:
        """Leaves the machines alone until nothing is on its way any more."""
        began = time.monotonic()
        if not arena.wait_until(lambda: not any(arena.pending().values()), self.options.patience, every=0.5):
            left = ", ".join(f"{count} {what}" for what, count in arena.pending().items() if count)
            self.hung.append(f"{left} after {self.options.patience:.0f} quiet seconds")
        self.report.seconds_to_finish = time.monotonic() - began

    def _account(self, arena: Arena) -> None:
        self.report.kills = {target: count for target, count in self.kills.items() if target not in DATABASE}
        self.report.database_strikes = {target: count for target, count in self.kills.items() if target in DATABASE}
        self.report.restarts = sum(machine.starts - 1 for machine in arena.machines)
        self.report.take_feeding(arena.feeding)
        self.report.take_logs([self.options.folder / f"{machine.name}.log" for machine in arena.machines])
        self.report.wrong["hung"] = self.hung

    def _judge(self, arena: Arena) -> None:
        verified = subprocess.run(
            arena.site.command("verify", "--finished", "--facts"),
            env=arena.site.full_environment,
            cwd=arena.site.root,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        (self.options.folder / "verify.txt").write_text(verified.stdout + verified.stderr)
        arena.feeding.call("verdict", self.options.matches, self.options.recordings)
        verdict: dict[str, Any] = json.loads((self.options.folder / "verdict.json").read_text())
        self.report.wrong |= verdict["wrong"]
        self.report.amounts |= verdict["amounts"]
        if verified.returncode:
            said = (verified.stdout + verified.stderr).splitlines()
            self.report.wrong["drifted"] += [f"verify: {line}" for line in complaints(said)]


def complaints(lines: Iterable[str]) -> Iterator[str]:
    """Return the checks of `verify` that failed, with the rows below them, and whatever else it said."""
    complains = True
    for line in lines:
        if not line.startswith(" "):
            complains = not line.startswith(("ok ", "note "))
        if complains:
            yield line
