# Two commands on a fresh machine with Python 3.11 or newer and make: `make run` and `make test`.
# Works with GNU make 3.81 and any POSIX shell. Another interpreter: `make run PYTHON=/path/to/python`.

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto
ROOMS := at_tui screens data schema
# uv only writes the locks; nothing that a user or a test needs comes from it.
UV := build/lock/bin/uv
LOCK := $(UV) pip compile pyproject.toml --no-config --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

.PHONY: help run setup test torture lint pictures bench bench-peers requirements clean

help:
	@echo "make run           set up everything and start the programme"
	@echo "make test          set up everything and run all checks and tests"
	@echo "make torture       kill, cut, flip and fuzz for a quarter of an hour"
	@echo "make setup         set up everything for development, start nothing"
	@echo "make lint          the checks without the tests"
	@echo "make pictures      draw the pictures of the documentation, and write its table of keys"
	@echo "make bench         measure start-up, first screen, keys and documents"
	@echo "make bench-peers   install the programmes that make bench compares with"
	@echo "make requirements  lock the newest allowed versions of all dependencies"
	@echo "make clean         remove what these commands made (never your records)"

# An empty PYTHONDONTWRITEBYTECODE counts as unset: without bytecode every start is 2-4 times slower.
run: $(VENV)/.run-stamp
	@PYTHONDONTWRITEBYTECODE= $(BIN)/at-tui

setup: $(VENV)/.dev-stamp

# All checks run even if one of them fails, so that one run tells everything; pytest speaks last.
test: $(VENV)/.dev-stamp
	@status=0; \
	$(MAKE) --no-print-directory lint || status=1; \
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term || { \
		echo "Once more, one at a time: screens are timed by the machine, and two share it."; \
		$(BIN)/python -m pytest --last-failed --last-failed-no-failures none -n 0; \
	} || status=1; \
	exit $$status

# What is too slow for every run: docs/reliability.md holds what it found. Figures come last.
torture: $(VENV)/.dev-stamp
	@$(BIN)/python -m pytest tests/faults tests/fuzz -m torture -n $(JOBS) --timeout 3600

lint: $(VENV)/.dev-stamp
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/lint-imports --no-logo || status=1; \
	$(BIN)/mypy || status=1; \
	exit $$status

pictures: $(VENV)/.dev-stamp
	@$(BIN)/python -m tests.pictures

bench: $(VENV)/.dev-stamp
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q $(VENV)/lib $(ROOMS) bench
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m bench

bench-peers: $(VENV)/.run-stamp
	@$(BIN)/python -m bench.peers

$(VENV)/.run-stamp: $(BIN)/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q $(VENV)/lib $(ROOMS)
	@touch $@

$(VENV)/.dev-stamp: $(VENV)/.run-stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q $(VENV)/lib
	@touch $@

# Each candidate is started, because a name on the PATH may lead nowhere (pyenv, the Windows store).
$(BIN)/python:
	@for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3 python; do \
		if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
				>/dev/null 2>&1; then \
			echo "$$python -m venv $(VENV)"; \
			exec $$python -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "at-tui needs Python 3.11 or newer with its venv module, and none was found." >&2; \
	echo "Debian and Ubuntu: sudo apt install python3-venv. Others: python.org/downloads." >&2; \
	echo "If it lies elsewhere: make run PYTHON=/path/to/python3" >&2; \
	exit 1

requirements: $(UV)
	$(LOCK) --group build --output-file requirements/run.txt
	$(LOCK) --group build --group dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt

$(UV): $(BIN)/python
	$(BIN)/python -m venv --clear build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f .coverage .coverage.* snapshot_report.html
	find $(ROOMS) tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
