# `make` alone prints what there is. Each target does its own set-up; a second run takes seconds.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
MANIFEST := platform/web/static/vendor/manifest.json
# The supervisor ends with make, however make ends.
ENDS_WITH_MAKE := $(shell command -v setpriv >/dev/null 2>&1 && echo setpriv --pdeathsig TERM --)
LINTS := lint-style lint-format lint-types lint-imports lint-templates lint-messages
export PORT
export PYTHONPATH := $(CURDIR)/platform
.DEFAULT_GOAL := help
.PHONY: help run test lint $(LINTS) format bench messages migration assets demo-reset set-up set-up-tests

help: ## print this
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 22

run: set-up ## set up what is missing and serve until interrupted (PORT=8000, DEMO=0 for an empty database)
	@exec $(ENDS_WITH_MAKE) $(VENV)/python -m web.supervisor

test: set-up-tests ## lint and every test on a real PostgreSQL
	@$(PYTHON) scripts/set_up.py browser
	@if $(MAKE) --no-print-directory --keep-going lint; then lint=held; else lint=failed; fi; \
	  JIEDUI_LINT=$$lint $(VENV)/python -m pytest -n auto --maxprocesses 4 $(TESTS) && test $$lint = held

lint: $(LINTS) ## style, format, types, layers, templates, translations

lint-style: .venv/.tests
	@$(VENV)/ruff check --quiet .
lint-format: .venv/.tests
	@$(VENV)/ruff format --quiet --check . || { echo "Some files are not formatted. Run: make format" >&2; exit 1; }
lint-types: .venv/.tests
	@$(VENV)/mypy --no-error-summary
lint-imports: .venv/.tests
	@$(VENV)/lint-imports --no-logo >/dev/null || $(VENV)/lint-imports --no-logo
lint-templates: .venv/.tests
	@$(VENV)/djlint --quiet --lint $(wildcard platform/*/templates)
lint-messages: .venv/.tests
	@$(VENV)/python scripts/messages.py --check

format: .venv/.tests ## put the code into its form
	@$(VENV)/ruff check --quiet --fix-only . && $(VENV)/ruff format --quiet .

bench: set-up .venv/.bench ## the figures of performance (SCALE=small or full)
	@$(VENV)/python -m benchmarks

messages: .venv/.tests ## bring the translation catalogues up to date (PACKAGE=needs for one)
	@$(VENV)/python scripts/messages.py $(PACKAGE)

migration: .venv/.tests ## write a migration from the changed models (NAME=need_urgency)
	@$(VENV)/python scripts/new_migration.py "$(NAME)"

assets: node_modules/.package-lock.json ## copy browser files, icons and fonts anew
	@$(VENV)/python scripts/copy_assets.py

demo-reset: set-up ## throw the demo away; the next make run loads it anew
	@$(VENV)/python -m web.supervisor.reset

set-up: .venv/.runtime $(MANIFEST)
set-up-tests: set-up .venv/.tests

.venv/.runtime: requirements.txt setup.cfg pyproject.toml
	@echo "Installing the pinned packages into .venv"
	@$(PYTHON) scripts/set_up.py python
	@touch $@

.venv/.tests: requirements-test.txt .venv/.runtime
	@echo "Installing what the tests need"
	@$(PYTHON) scripts/set_up.py tests
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.runtime
	@echo "Installing what the benchmarks stand beside"
	@$(PYTHON) scripts/set_up.py bench
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json .venv/.runtime
	@echo "Fetching the browser files"
	@$(PYTHON) scripts/set_up.py node
	@touch $@

$(MANIFEST): node_modules/.package-lock.json platform/web/icons.txt scripts/copy_assets.py
	@$(VENV)/python scripts/copy_assets.py
