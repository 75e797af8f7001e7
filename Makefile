# Needs python3 (3.11 or newer), make and a package index; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: setup demo test bench lock

setup: .venv/.installed

.venv/.installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Fulltime needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 setup" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

lock: setup  ## pins every requirement, with hashes, for every Python from 3.11 on
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt
