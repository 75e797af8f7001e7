"""Runs the soak and prints its report; exits 1 if anything was locked, failed, or is not as it must be.

python -m tests.soak --minutes 10 --seed 1
"""

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests.soak.soak import soak


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fulltime-soak-") as folder:
        report = soak(Path(folder), options.minutes * 60, options.seed)
    sys.stdout.write(f"{report}\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
