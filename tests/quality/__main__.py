"""Measures the check and the writing of the articles, on a database in a temporary folder."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.processes import ROOT


def main() -> int:
    code = f"from tests.quality.measuring import main; main({sys.argv[1:]!r})"
    with tempfile.TemporaryDirectory(prefix="fulltime-quality-") as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{Path(folder) / 'seasons.sqlite3'}"}
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", code]
        return subprocess.run(command, env=environment, cwd=Path.cwd(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
