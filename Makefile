# A fresh clone needs make and Python 3.11; everything else is made here. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --no-deps --progress-bar off
# For every Python from 3.11 on: Debian 12 has 3.11.2, which needs a package that 3.11.3 does not.
LOCK := build/lock-venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-header --no-annotate pyproject.toml build/build.in

.DEFAULT_GOAL := help
.PHONY: help run test lint lock servers stop bench site clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-9s %s\n' "$$name" "$$what"; done

run: $(VENV)/.installed ## process the sample documents and serve the search page (ARGS=--once to stop after the samples)
	@$(BIN)/gongkai run --samples $(ARGS)

test: $(VENV)/.installed-dev ## run all tests, with the real servers where this machine can have them (ARGS goes to pytest)
	$(BIN)/pytest $(ARGS)

lint: $(VENV)/.installed-dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

servers: $(VENV)/.installed ## start Redis, an S3 server and Elasticsearch on loopback and print their addresses
	@$(BIN)/python -m ops.testservers start $(ARGS)

stop: $(VENV)/.installed ## stop the servers that `make servers` started
	@$(BIN)/python -m ops.testservers stop $(ARGS)

bench: $(VENV)/.installed ## measure throughput and latency (ARGS="--stack services" for the real servers)
	@$(BIN)/gongkai bench $(ARGS)

site: $(VENV)/.installed-site ## build the documents as a site into build/site
	$(BIN)/mkdocs build --strict --quiet --config-file ops/deploy/site/mkdocs.yml
	@echo 'open build/site/index.html'

lock: ## choose the newest allowed packages and pin them with their hashes
	test -x build/lock-venv/bin/uv || { $(PYTHON) -m venv build/lock-venv && build/lock-venv/bin/pip install --quiet uv; }
	sed -n 's/^requires = \["\(.*\)"\]$$/\1/p' pyproject.toml > build/build.in
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) --extra site --constraint requirements-dev.lock --output-file requirements-site.lock
	@! grep -in 'https\?://' requirements*.lock

clean: ## remove what was made here; data/ and the cache of servers stay
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'this Python cannot make virtual environments: sudo apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# pyproject.toml is asked for its entry points; the packages come from the lock alone.
$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo 'installing the pinned packages into $(VENV) ...'
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-site: requirements-site.lock $(VENV)/.installed
	@$(INSTALL) --require-hashes -r requirements-site.lock
	@touch $@
