# Every way to set up, run and check Floorwalker. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON_IN := .venv/bin/python
export FLOORWALKER_HOME ?= $(CURDIR)/.floorwalker
# Our processes share two cores; threads of linear algebra would only wait for each other.
export OPENBLAS_NUM_THREADS ?= 1
# Tests start hundreds of processes: each would compile the product anew where the environment asks Python to keep nothing.
export PYTHONDONTWRITEBYTECODE :=
# One more than the two cores: with two workers a fifth of the cores' time went by waiting for disk, browser and servers.
WORKERS ?= 3

.PHONY: help setup setup-dev run test slow bench budgets budgets-quality budgets-coaching check docs screens messages new-source new-kpi lock vendor

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort -u | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

setup:  ## make .venv with all that running needs; `.venv/bin/floorwalker` is the command
	@scripts/setup run

setup-dev:  ## the same, with all that developing and testing needs
	@scripts/setup dev

run: setup  ## a simulated floor in the browser: prints the address and the log-ins; Ctrl-C stops it
	@.venv/bin/floorwalker up

test: setup-dev  ## everything that CI asks: style, types, contracts, docs, tests (browser included)
	@scripts/system_packages chromium postgresql gettext
	@scripts/check
	@$(PYTHON_IN) -m pytest -n $(WORKERS) -m "not slow"

slow: setup-dev  ## the full form of every acceptance line (takes long)
	@scripts/system_packages chromium postgresql
	@$(PYTHON_IN) -m pytest -n 2 -m slow

bench: setup-dev  ## benchmarks: ours beside other engines in the same run; writes docs/benchmarks.md
	@scripts/system_packages postgresql
	@$(PYTHON_IN) -m bench

budgets: setup-dev  ## how quick the pages are on a served floor (AGENTS=60 DAYS=182, or AGENTS=2000 DAYS=730); writes docs/budgets.md
	@scripts/system_packages chromium
	@$(PYTHON_IN) -m bench.budgets --agents $(or $(AGENTS),60) --days $(or $(DAYS),182)

budgets-quality: setup-dev  ## how many can evaluate at once, and how quick the pages of 100,000 evaluations are; writes docs/budgets.md
	@scripts/system_packages postgresql
	@$(PYTHON_IN) -m bench.quality

budgets-coaching: setup-dev  ## how quick the pages of a year of coaching are (AGENTS=2000 DAYS=364); writes docs/budgets.md
	@$(PYTHON_IN) -m bench.coaching --agents $(or $(AGENTS),2000) --days $(or $(DAYS),364)

check: setup-dev  ## style, types, import contracts, migrations and generated docs, without the tests
	@scripts/check

docs: setup-dev  ## write the generated pages: docs/kpis.md, tables.md, sources.md, cli.md
	@$(PYTHON_IN) -m docs.generate

screens: setup-dev  ## take the pictures of every page anew: docs/screens/
	@scripts/system_packages chromium
	@FLOORWALKER_SCREENS=1 $(PYTHON_IN) -m pytest -n 0 tests/browser/test_screens.py

messages: setup-dev  ## read every gettext string into floorwalker/ui/locale and compile it; then translate what is empty
	@scripts/system_packages gettext
	@scripts/messages

new-source: setup-dev  ## begin a source: make new-source NAME=my_pbx
	@$(PYTHON_IN) -m scripts.new_source "$(NAME)"

new-kpi: setup-dev  ## begin a KPI: make new-kpi ID=average_ring_time
	@$(PYTHON_IN) -m scripts.new_kpi "$(ID)"

lock: setup  ## lock versions after a change of pyproject.toml; UPGRADE=1 takes newer ones
	@scripts/lock

vendor: setup  ## fetch the browser's libraries anew, at the versions that scripts/vendor.py names
	@$(PYTHON_IN) -m scripts.vendor
