# Two commands on a fresh machine (Python 3.11+, git, make):
#   make demo   sets up everything and opens the desk on generated data
#   make test   sets up everything and passes all tests

PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$name; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lint types layers docs bench soak explore schema lock clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Make the environment, from locked versions

$(READY): requirements/dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "sfa needs Python 3.11 or newer; none was found." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q sfa screens db
	@touch $(READY)

demo: $(READY) ## Open the desk on generated data
	$(BIN)/sfa demo --folder demo

test: $(READY) ## Run all tests
	$(BIN)/python -m pytest -n $(WORKERS)

check: format lint types layers docs test ## Everything that must hold before a commit

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

docs: $(READY) ## See that generated files are current
	$(BIN)/python -m db.schema --check
	$(BIN)/python -m sfa.cli.generate --check

bench: $(READY) ## Measure, as ratios against a floor in the same run
	$(BIN)/python -m pytest -m bench -n 0 -s

SOAK ?= 2000
soak: $(READY) ## Simulate many more companies that sync (SOAK=2000)
	SFA_SOAK=$(SOAK) SFA_SOAK_FIRST=10000 $(BIN)/python -m pytest -n $(WORKERS) tests/sync/test_simulation.py tests/sync/test_skewed_simulation.py

explore: $(READY) ## Try the rules on ever new examples
	$(BIN)/python -m pytest -n $(WORKERS) --hypothesis-profile=explore tests/domain tests/services tests/exchange tests/db

schema: $(READY) ## Write the shipped schema anew from the tables
	$(BIN)/python -m db.schema

lock: $(READY) ## Lock the newest versions that pyproject.toml allows (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements/dev.lock

clean: ## Remove everything that was made
	rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
