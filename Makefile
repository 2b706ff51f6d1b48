# `make demo` reads the examples; `make test` runs every gate. Each sets up what it needs in .venv from the lock files.
# PY=/path/to/python uses an environment that has everything already.

SHELL := bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
ifdef PY
READY :=
DEV_READY :=
export PYTHONPATH := $(CURDIR)/src
else
PY := $(VENV)/bin/python
READY := $(VENV)/ready
DEV_READY := $(VENV)/dev-ready
endif

GOLD := ../shared/gold

.PHONY: help demo test lint generated generate pytest floors accuracy speed lock clean

help: ## show what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1: \2/p' $(MAKEFILE_LIST)

demo: $(READY) ## read the examples, print what they say, and make a workspace of them
	@$(PY) -m khabar read examples --format pretty
	$(PY) -m khabar add examples --workspace example.db
	echo "the workspace is example.db; open it with: $(PY) -m khabar serve --workspace example.db"

test: $(DEV_READY) ## every gate: style, types, imports, generated files, tests, accuracy floors
	@$(MAKE) --no-print-directory lint generated pytest PY=$(PY)

lint: $(DEV_READY) ## style, types and the direction of imports
	@set -x
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache

generated: $(DEV_READY) ## generated files are what their generators write
	@$(PY) scripts/generated.py --check

pytest: $(DEV_READY) ## the tests, with coverage and the accuracy floors
	@$(PY) -m pytest --cov=khabar --cov-report=term:skip-covered --cov-fail-under=$(COVER) --durations=10

COVER ?= 90

floors: $(DEV_READY) ## raise the accuracy floors to what is measured now (never lower them)
	@PYTHONPATH=src $(PY) -m tests.accuracy.floors --raise

accuracy: $(DEV_READY) ## measure accuracy and write the table in docs/accuracy.md
	@PYTHONPATH=src $(PY) -m tests.accuracy.floors --docs

speed: $(DEV_READY) ## measure speed, start-up and memory
	@$(PY) benchmarks/reader.py

generate: $(DEV_READY) ## remake the generated files: schema/record.json, the page in the README
	@$(PY) scripts/generated.py

lock: $(DEV_READY) ## remake the lock files
	@$(PY) -m pip install -q pip-tools
	compile() { CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile -q --upgrade --strip-extras --no-emit-index-url \
	  --no-emit-find-links --no-emit-trusted-host --no-emit-options "$$@" pyproject.toml; }
	compile --build-deps-for=editable -o requirements.lock
	compile --extra dev -c requirements.lock -o requirements-dev.lock

$(VENV)/ready: requirements.lock pyproject.toml
	@bash scripts/setup.sh "$(PYTHON)" $(VENV) requirements.lock
	touch $@

$(VENV)/dev-ready: requirements-dev.lock $(VENV)/ready
	@echo "setting up for development …"
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	touch $@

clean: ## remove what was set up and cached
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist
