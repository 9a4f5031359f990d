# What a newcomer types: `make dashboard`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

.DEFAULT_GOAL := help
.PHONY: help dashboard test bench train lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /  /'

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Mawaqif needs Python 3.11 or newer; got " + sys.version.split()[0] + ". Name one: make PYTHON=python3.11")'
	@test -x $(BIN)/python || { echo "Making $(VENV) (once; about a minute) ..."; $(PYTHON) -m venv $(VENV); }
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.ready requirements-test.lock
	$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

dashboard: $(VENV)/.ready  ## start the dashboard on localhost and open it in a browser
	$(BIN)/mawaqif dashboard

test: $(VENV)/.tested  ## every check: style, types, layers, units, golden articles, a real browser
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest

bench: $(VENV)/.tested  ## speed, as ratios within one run
	$(BIN)/python -m pytest -o addopts=--import-mode=importlib tests/benchmarks -q -s

train: $(VENV)/.ready  ## fit the shipped models on seeds/statements
	$(BIN)/mawaqif train

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet
lock: $(VENV)/.tested  ## pin every package anew
	$(LOCK) --upgrade pyproject.toml -o requirements.lock
	$(LOCK) --upgrade --group test -c requirements.lock -o requirements-test.lock

clean:  ## remove what these commands made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
