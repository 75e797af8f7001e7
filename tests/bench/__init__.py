"""The benchmark: `make bench`, or `python -m tests.bench --help`."""
