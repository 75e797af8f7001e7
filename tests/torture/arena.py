"""Everything that runs during the torture: the machines, the feeder and the watcher, and the database under them."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.processes import Project
from tests.torture.feeding import Feeding
from tests.torture.machines import Machine
from tests.torture.server import Server
from tests.torture.strikes import Strike

TICK = 0.05
PENDING = (
    ("rows in the queue", "SELECT count(*) FROM django_q_ormq"),
    ("schedules", "SELECT count(*) FROM django_q_schedule WHERE schedule_type = 'O'"),
    (
        "matches behind",
        "SELECT count(*) FROM scoring_match JOIN scoring_matchprogress ON match_id = id "
        "WHERE step <> '' OR scoring_matchprogress.revision < scoring_match.revision",
    ),
)
"""What is on its way. The schedules that come again and again are none of it."""


@dataclass
class Arena:
    site: Project
    machines: list[Machine]
    feeding: Feeding
    server: Server | None

    def tend(self) -> None:
        """Starts again what was killed."""
        for machine in self.machines:
            machine.tend()
        self.feeding.tend()

    def wait_until(self, look: Callable[[], bool], seconds: float, every: float = TICK) -> bool:
        """Looks until it is so, at least once, and tends everything meanwhile; returns whether it came to be."""
        end = time.monotonic() + seconds
        while True:
            self.tend()
            if look():
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(every)

    def hit(self, strike: Strike) -> bool:
        """Deals one blow; returns whether there was something to hit."""
        if strike.target == "feeder":
            return self.feeding.kill()
        if self.server is not None and strike.is_database:
            return self.server.strike(strike.target, pick=strike.pick, down=strike.down)
        return self.machines[strike.machine].strike(strike.target, strike.pick)

    def pending(self) -> dict[str, int]:
        """Return how much of each kind is still on its way, read past Django."""
        url = self.site.environment["DATABASE_URL"]
        if not url.startswith("postgres"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=60)) as sqlite:
                return {what: _one(sqlite.execute(query).fetchone()) for what, query in PENDING}
        try:
            with psycopg.connect(url) as postgresql:
                return {what: _one(postgresql.execute(query).fetchone()) for what, query in PENDING}
        except psycopg.OperationalError:
            return {"database that does not answer": 1}

    def stop(self, seconds: float) -> list[str]:
        """Ends everything, machines in order; returns what did not end, or had outlived its group."""
        problems = [problem for machine in self.machines for problem in machine.stop(seconds)]
        self.feeding.stop()
        return problems


def _one(row: Any) -> int:
    return int(row[0])
