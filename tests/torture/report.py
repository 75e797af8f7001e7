"""What a run came to: how much was killed and recorded, and everything that was wrong afterwards."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.table import Table

from tests.torture.feeding import Feeding

TAKEN = re.compile(r"processing (\S+) '([\w.]+)'(?: \[(.*?)\])?")
"""How a worker says that it begins a task: its name, which it keeps when it is delivered again, and its group."""
WRONG = ("lost", "doubled", "drifted", "hung", "wrong")
SHOWN = 20


@dataclass
class Report:
    """`wrong`: kind → a line for each; "wrong" is what a reader saw that was not true.

    `redeliveries`: tasks begun that had been begun before. `recordings`, `tasks` and `pages` go by their kind.
    """

    seed: int
    database: str
    kills: dict[str, int] = field(default_factory=dict)
    recordings: dict[str, int] = field(default_factory=dict)
    matches: int = 0
    database_strikes: dict[str, int] = field(default_factory=dict)
    restarts: int = 0
    tasks: dict[str, int] = field(default_factory=dict)
    redeliveries: int = 0
    looks: int = 0
    roundups_seen: int = 0
    pages: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    seconds_to_finish: float = 0.0
    seconds: float = 0.0
    wrong: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in WRONG})

    @property
    def ok(self) -> bool:
        return not any(self.wrong.values())

    def take_feeding(self, feeding: Feeding) -> None:
        self.recordings = dict(Counter(feeding.kinds()))
        self.matches = feeding.numbers.matches
        self.looks, self.roundups_seen = feeding.looks()
        self.pages = feeding.pages()
        self.wrong["wrong"] = feeding.sightings()

    def take_logs(self, logs: Iterable[Path]) -> None:
        """Counts the tasks that workers began, and those that began again after a delivery before."""
        begun: Counter[tuple[str | Any, ...]] = Counter()
        for log in logs:
            if log.exists():
                with log.open(errors="replace") as lines:
                    begun.update(found.groups("") for line in lines if (found := TAKEN.search(line)))
        self.tasks = dict(Counter(key[1].rpartition(".")[2] for key in begun.elements()))
        self.redeliveries = begun.total() - len(begun)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False))

    def table(self) -> Table:
        """Return the closing report, one line for each figure."""
        table = Table("what", "how many", title=f"Torture on {self.database}, seed {self.seed}")
        table.columns[1].justify = "right"
        rows: list[tuple[str, object]] = [
            ("kills", sum(self.kills.values())),
            *[(f"    {target}", count) for target, count in sorted(self.kills.items())],
            ("PostgreSQL stopped or killed", sum(self.database_strikes.values())),
            *[(f"    {kind}", count) for kind, count in sorted(self.database_strikes.items())],
            ("matches", self.matches),
            ("recordings", sum(self.recordings.values())),
            *[(f"    {kind}", count) for kind, count in sorted(self.recordings.items())],
            ("tasks begun", sum(self.tasks.values())),
            ("    of these delivered again", self.redeliveries),
            ("machines started again", self.restarts),
            *self.amounts.items(),
            ("looks at everything public", self.looks),
            ("    roundups seen in them", self.roundups_seen),
            ("pages opened", sum(self.pages.values())),
            *[(f"    answered with {code}", count) for code, count in sorted(self.pages.items())],
            ("seconds until all was done", round(self.seconds_to_finish)),
            ("seconds", round(self.seconds)),
            *[(kind, len(self.wrong[kind])) for kind in WRONG],
        ]
        for what, value in rows:
            table.add_row(what, f"{value:,}" if isinstance(value, int) else str(value))
        return table

    def offending(self) -> list[str]:
        """Return the first of everything that was wrong, in words."""
        lines = []
        for kind, found in self.wrong.items():
            lines += [f"{kind}: {line}" for line in found[:SHOWN]]
            if len(found) > SHOWN:
                lines.append(f"{kind}: and {len(found) - SHOWN} more")
        return lines
