# Needs python3 (3.11 or newer), make and a package index; everything else is installed into .venv.
PYTHON ?= python3
ARGS ?=
KILLS ?= 100
DB ?= postgresql
SEED ?=
ROUNDS ?= 20
EXAMPLES ?= 1000
MINUTES ?= 10
VENV := .venv/bin/python
# With -n 4 the tests that wait for the real clock run beside the others, even on two cores.
PYTEST := -m pytest -q -n 4 --dist worksteal
# What the shell, or .env, sets for a site of one's own is not for the tests: here every variable is set to nothing.
CLEAN := env $(shell sed -n 's/^\([A-Z_][A-Z_]*\)=.*/\1=/p' .env.example)
# Output in one piece for each of the things that run at the same time, where make can do that (4.0 and newer).
TOGETHER := --no-print-directory --keep-going $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: help setup demo test torture concurrency machine faults soak xss screenshots check-quality bench lock lint format contracts migrations types test-sqlite test-postgresql

help:  ## lists what make can do here
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST)

setup: .venv/.installed  ## installs everything into .venv; the second time there is nothing to do
	@$(VENV) -c 'import django' 2>/dev/null || { rm .venv/.installed; $(MAKE) --no-print-directory .venv/.installed; }

.venv/.installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Fulltime needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 setup" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) can't make a virtual environment: its venv module is missing (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(VENV) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(VENV) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup  ## plays a World Cup and its final, live; ARGS=--exit-when-done stops at the end
	@$(VENV) manage.py demo $(ARGS)

test: setup  ## lint, types, import contracts, migrations, and all tests on SQLite and on PostgreSQL
	@echo "Lint, types and all tests, on SQLite and on PostgreSQL, at the same time ..."
	@$(MAKE) $(TOGETHER) -j 4 lint format contracts migrations types test-sqlite test-postgresql

lint:
	@$(VENV) -m ruff check .

format:
	@$(VENV) -m ruff format --check .

contracts:
	@$(VENV) -c 'from importlinter.cli import lint_imports_command as main; main()' --no-logo

migrations:
	@$(CLEAN) $(VENV) manage.py makemigrations --check --dry-run

types:
	@$(CLEAN) $(VENV) -m mypy .

test-sqlite:
	@$(CLEAN) $(VENV) $(PYTEST) $(ARGS)

test-postgresql:
	@$(CLEAN) $(VENV) -m tests.postgres $(VENV) $(PYTEST) $(ARGS)

torture: setup  ## kills everything while a season is played and checks that nothing is lost; KILLS=1000, DB=sqlite, SEED=7
	@$(CLEAN) $(VENV) -m tests.torture --kills $(KILLS) --database $(DB) $(if $(SEED),--seed $(SEED)) $(ARGS)

concurrency: setup  ## many processes at once, ROUNDS=20 times in a row, on PostgreSQL and on SQLite
	@$(CLEAN) ROUNDS=$(ROUNDS) $(VENV) -m tests.postgres $(VENV) -m pytest -q tests/concurrency $(ARGS)
	@$(CLEAN) ROUNDS=$(ROUNDS) $(VENV) -m pytest -q tests/concurrency $(ARGS)

machine: setup  ## facts and work in any order, EXAMPLES=1000 runs of it, each compared after every step
	@$(CLEAN) EXAMPLES=$(EXAMPLES) $(VENV) -m pytest -q tests/machine $(ARGS)

faults: setup  ## each statement of each step fails, in both ways, on SQLite and on PostgreSQL
	@$(CLEAN) ERRORS=both $(VENV) -m pytest -q tests/faults $(ARGS)
	@$(CLEAN) ERRORS=both $(VENV) -m tests.postgres $(VENV) -m pytest -q tests/faults $(ARGS)

soak: setup  ## MINUTES=10 of imports, results, corrections and page views on SQLite, with four workers
	@$(CLEAN) $(VENV) -m tests.soak --minutes $(MINUTES)

xss: setup  ## opens every page of a site full of scripts in Chromium, and sends its forms; SEED=7
	@$(CLEAN) XSS=all $(if $(SEED),SEED=$(SEED)) $(VENV) -m pytest -q tests/xss $(ARGS)

screenshots: setup  ## pictures of every page, light and dark, wide and narrow, in screenshots/; ARGS="--only match"
	@$(CLEAN) $(VENV) -m tests.browser.screenshots $(ARGS)

check-quality: setup  ## plants 2,000 errors in true articles and counts what the check finds, and its false alarms; SEED=7
	@$(CLEAN) $(VENV) -m tests.quality $(if $(SEED),--seed $(SEED)) $(ARGS)

bench: setup  ## measures what one match, a verification and each list of the admin cost, on SQLite and on PostgreSQL
	@$(CLEAN) $(VENV) -m tests.bench $(ARGS)

lock: setup  ## pins every requirement, with hashes, for every Python from 3.11 on
	@$(VENV) -m uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(VENV) -m uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate -c requirements.txt --extra llm --custom-compile-command "make lock" pyproject.toml -o requirements-llm.txt
	@$(VENV) -m uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements.txt --extra llm --group dev pyproject.toml -o requirements-dev.txt
