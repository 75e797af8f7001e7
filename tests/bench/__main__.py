"""Runs every measurement in a process of its own, on a scratch database that is gone afterwards."""

import argparse
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

from rich.console import Console

from tests.bench.files import MATCHES, PREDICTIONS, write_matches, write_predictions
from tests.postgres import postgres
from tests.processes import ROOT

PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "localhost",
    "LOG_LEVEL": "ERROR",
}
LIST_RUNS = 5
"""How often each page is opened: there are some hundred of them."""

console = Console(highlight=False, soft_wrap=True)


def manage(url: str, *arguments: str, quiet: bool = False) -> tuple[float, float]:
    """Runs a command of manage.py; returns the seconds it took and the most memory it held, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**os.environ, **PRODUCTION, "DATABASE_URL": url},
        cwd=ROOT,
        stdout=subprocess.DEVNULL if quiet else None,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"manage.py {arguments[0]} failed")
    # The unit of ru_maxrss is bytes on macOS and kilobytes elsewhere.
    return time.perf_counter() - started, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure_a_match(url: str, runs: int) -> None:
    manage(url, "migrate", "--verbosity=0")
    manage(url, "shell", "--no-imports", "-c", f"from tests.bench.match import main; main({runs})")


def measure_facts(url: str, runs: int) -> None:
    manage(url, "migrate", "--verbosity=0")
    manage(url, "shell", "--no-imports", "-c", f"from tests.bench.facts import main; main({runs})")


def measure_verify(url: str, predictions: int) -> None:
    manage(url, "migrate", "--verbosity=0")
    manage(url, "shell", "--no-imports", "-c", f"from tests.bench.verify import main; main({predictions})")


def measure_lists(url: str, matches: int, runs: int) -> None:
    """Runs every list, and ends the benchmark when one is too slow."""
    manage(url, "migrate", "--verbosity=0")
    manage(url, "shell", "--no-imports", "-c", f"from tests.bench.lists import main; main({matches}, {runs})")


def measure_model_page(url: str, predictions: int, runs: int) -> None:
    manage(url, "migrate", "--verbosity=0")
    manage(url, "shell", "--no-imports", "-c", f"from tests.bench.record import main; main({predictions}, {runs})")


def measure_catch_up(folder: Path, runs: int) -> None:
    with postgres(folder / "million") as server:
        for url in (f"sqlite:///{folder / 'million.sqlite3'}", server):
            manage(url, "migrate", "--verbosity=0")
            manage(url, "shell", "--no-imports", "-c", f"from tests.bench.million import main; main({runs})")


def measure_imports(folder: Path) -> None:
    """Imports generated files into an empty SQLite database, and the same files once more."""
    url = f"sqlite:///{folder / 'imports.sqlite3'}"
    manage(url, "migrate", "--verbosity=0")
    matches = [str(path) for path in write_matches(folder)]
    predictions = str(write_predictions(folder))
    console.print("\n[bold]Import of generated files, SQLite[/bold]")
    for again in ("", ", the same again"):
        for what, command in (
            (f"{MATCHES:,} matches", ["import_matches", *matches]),
            (f"{PREDICTIONS:,} predictions", ["import_predictions", predictions]),
        ):
            seconds, megabytes = manage(url, *command, quiet=True)
            console.print(f"{what + again:<36}{seconds:6.1f} s{megabytes:8.0f} MB at most")


def measure_writing(url: str, what: str) -> None:
    """Measures what needs no database: the `writer` or the `check`."""
    manage(url, "shell", "--no-imports", "-c", f"from tests.bench.{what} import main; main()")


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--runs", type=int, default=50, help="how often each step is measured (default 50)")
    parts = ["sqlite", "postgresql", "imports", "verify", "model_page", "catch_up", "facts", "writer", "check", "lists"]
    options.add_argument("--only", choices=parts, help="measure only this")
    options.add_argument(
        "--predictions",
        type=int,
        default=1_000_000,
        help="verified on PostgreSQL (default 1,000,000); SQLite, and of the model whose page is opened: a tenth",
    )
    options.add_argument(
        "--matches", type=int, default=100_000, help="in the lists of the admin, with 40 predictions each (100,000)"
    )
    return options


def measure_matches(wanted: Callable[[str], bool], folder: Path, runs: int) -> None:
    if wanted("sqlite"):
        measure_a_match(f"sqlite:///{folder / 'match.sqlite3'}", runs)
    if wanted("postgresql"):
        with postgres(folder / "postgresql") as url:
            measure_a_match(url, runs)
    if wanted("facts"):
        measure_facts(f"sqlite:///{folder / 'facts.sqlite3'}", runs)
        with postgres(folder / "facts") as url:
            measure_facts(url, runs)
    for what in ("writer", "check"):
        if wanted(what):
            measure_writing(f"sqlite:///{folder / 'writing.sqlite3'}", what)


def measure_many(wanted: Callable[[str], bool], folder: Path, runs: int, predictions: int) -> None:
    if wanted("imports"):
        measure_imports(folder)
    if wanted("verify"):
        measure_verify(f"sqlite:///{folder / 'verify.sqlite3'}", predictions // 10)
        with postgres(folder / "verify") as url:
            measure_verify(url, predictions)
    if wanted("model_page"):
        measure_model_page(f"sqlite:///{folder / 'model_page.sqlite3'}", predictions // 10, runs)
        with postgres(folder / "model_page") as url:
            measure_model_page(url, predictions // 10, runs)
    if wanted("catch_up"):
        measure_catch_up(folder, runs)


def measure_the_lists(wanted: Callable[[str], bool], folder: Path, matches: int) -> bool:
    """Opens every list on both databases; returns whether all were quick enough."""
    if not wanted("lists"):
        return True
    with postgres(folder / "lists") as server:
        urls = (f"sqlite:///{folder / 'lists.sqlite3'}", server)
        quick = [lists_are_quick(url, matches) for url in urls]  # both, even if the first is not
    return all(quick)


def lists_are_quick(url: str, matches: int) -> bool:
    try:
        measure_lists(url, matches, LIST_RUNS)
    except SystemExit:
        return False
    return True


def main() -> None:
    chosen = parser().parse_args()
    machine = f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}"
    console.print(f"{machine}, Python {platform.python_version()}, Django {django.__version__}")

    def wanted(part: str) -> bool:
        return chosen.only in (None, part)

    with tempfile.TemporaryDirectory(prefix="fulltime-bench-") as name:
        measure_matches(wanted, Path(name), chosen.runs)
        measure_many(wanted, Path(name), chosen.runs, chosen.predictions)
        if not measure_the_lists(wanted, Path(name), chosen.matches):
            sys.exit("A list of the admin takes too long, or too many queries.")


if __name__ == "__main__":
    main()
