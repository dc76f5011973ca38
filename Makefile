PYTHON ?= python3
VENV ?= .venv
RAW ?= data/sample
override SQL := $(value SQL)
export SQL  # as it was typed: make would read its $, a shell its quotes and backticks
BIN := $(VENV)/bin
READY := $(VENV)/.ready
AUDIT := $(VENV)/audit
# Whoever watches sees each package; a log has a line at the beginning and one at the end.
QUIET := $(shell test -t 2 || echo --quiet)

# What an extra or a group of pyproject.toml asks for, a line each.
REQUIRED = $(BIN)/python -c 'import sys, tomllib; told = tomllib.load(open("pyproject.toml", "rb")); \
    print(*(told["project"]["optional-dependencies"] | told["dependency-groups"])[sys.argv[1]], sep="\n")'
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test test-slow ui query status lint format docs snapshots screenshots bench \
        bench-accuracy bench-parse bench-performance bench-speed bench-queries golden queries \
        clients postgres objects cluster pages mutants train lock licences bom audit clean clean-home

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(READY) ## one night over RAW (default data/sample), published if it passes
	@$(BIN)/dateline run --raw "$(RAW)" --settle 0

test: $(READY) ## the tests, two at a time, but for the slow ones
	@$(BIN)/python -m pytest -q --numprocesses 2 --dist loadgroup --no-loadscope-reorder -m "not slow"

test-slow: $(READY) ## the slow ones: kills, upgrades, browser, corpus
	@$(BIN)/python -m pytest -q --numprocesses 2 --dist loadgroup --no-loadscope-reorder -m slow

ui: $(READY) ## Dagster's UI and daemon at http://localhost:3000
	@$(BIN)/dateline ui

query: $(READY) ## ask the published file: make query SQL="FROM v_articles"
	@$(BIN)/dateline query "$$SQL"

status: $(READY) ## what is published, which releases are kept
	@$(BIN)/dateline status

lint: $(READY) ## style, types, layers, drift of the generated docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/unit/test_docs.py

format: $(READY) ## put the code in its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(READY) ## write the generated docs anew
	@$(BIN)/python -m etl.schema.dictionary docs/data-dictionary.md
	@$(BIN)/python -m expectations.catalogue docs/expectations.md
	@$(BIN)/python -m assets.settings README.md

snapshots: $(READY) ## write the snapshots of the Dagster definitions and of the readings anew
	@PYTHONPATH=. $(BIN)/python tests/unit/definitions_snapshot.py --write
	@$(BIN)/python -m tests.golden.readings --write
	@$(BIN)/python -m tests.golden.page_features --write

screenshots: $(READY) ## take the pictures of docs/ui.md anew (needs Chromium)
	@SCREENSHOTS=docs/images BROWSER_TESTS=required $(BIN)/python -m pytest -q tests/browser \
	    --basetemp=/tmp/dateline-tour

bench: bench-accuracy bench-parse bench-performance ## all three: the last takes half an hour and more

bench-accuracy: $(READY) ## Dateline beside other tools; writes docs/accuracy.md
	@$(REQUIRED) bench | $(INSTALL) -r /dev/stdin
	@$(BIN)/python -m bench.accuracy --write

bench-speed: $(READY) ## documents and words per second on one core; writes docs/speed.md
	@$(BIN)/python -m bench.speed --write

golden: $(READY) ## store what the golden set scores now
	@$(BIN)/python -m bench.golden --write

queries: $(READY) ## write docs/queries.md anew, with answers from the published file
	@$(BIN)/python -m bench.queries "$${DATELINE_HOME:-.dateline}/warehouse/dateline.duckdb" --write

bench-queries: $(READY) ## every question on a file of a million articles; writes docs/queries-speed.md
	@$(BIN)/python -m bench.query_speed "$${DATELINE_HOME:-.dateline}/warehouse/dateline.duckdb" --write

CLIENTS = 1.2.2 1.3.2 1.4.0

clients: $(READY) ## older clients of DuckDB, for the tests that open the file with them
	@for version in $(CLIENTS); do \
	    test -d $(VENV)/clients/$$version || $(INSTALL) --no-deps --only-binary :all: \
	    --target $(VENV)/clients/$$version \
	    duckdb==$$version || rm -rf $(VENV)/clients/$$version; done

postgres: $(READY) ## what Dagster's storage in PostgreSQL needs, and its tests
	@$(REQUIRED) postgres | $(INSTALL) -r /dev/stdin

cluster: $(READY) ## what an engine of Dask's workers needs, and its tests
	@$(REQUIRED) dask | $(INSTALL) -r /dev/stdin

objects: $(READY) ## what object storage needs (s3fs), and a server for its tests (moto)
	@$(REQUIRED) s3 | $(INSTALL) -r /dev/stdin
	@test -d $(VENV)/moto || $(REQUIRED) objects | $(INSTALL) --only-binary :all: \
	    --target $(VENV)/moto -r /dev/stdin || { rm -rf $(VENV)/moto; exit 1; }

pages: $(READY) ## store how the pages of tests/pages are read now
	@$(BIN)/python -m bench.pages --write

mutants: $(READY) ## small changes of the code that the tests must notice (an hour or two)
	@$(BIN)/python -m bench.mutants --named --seeded 300 --seed 1 --jobs 2

train: $(READY) ## train the entity model over DATA, the folder of open corpora
	@$(BIN)/python -m training.train "$(DATA)"

bench-parse: $(READY) ## accuracy of dates, datelines, titles, outlets and bodies on that corpus
	@test -d $(VENV)/readers || $(REQUIRED) readers | $(INSTALL) --no-deps \
	    --target $(VENV)/readers -r /dev/stdin
	@$(BIN)/python -m bench.parse
	@$(BIN)/python -m bench.page_table

bench-performance: $(READY) ## what a night costs, beside the naive way; writes docs/performance.md
	@test -d $(VENV)/naive || $(REQUIRED) naive | $(INSTALL) --no-deps \
	    --target $(VENV)/naive -r /dev/stdin
	@$(BIN)/python -m bench.performance

LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-strip-extras

lock: ## resolve both lock files anew (needs uv)
	@$(LOCK) pyproject.toml --group dev --output-file requirements.lock
	@# as jusText spells it: two spellings of one extra are an internal error of pip 24
	@sed -i 's/^lxml\[html-clean\]/lxml[html_clean]/' requirements.lock
	@$(LOCK) --group audit --output-file requirements-audit.lock

licences: $(READY) ## the licences of all dependencies, and whether each is one that we accept
	@$(BIN)/pip-licenses --from=mixed --order=license
	@$(BIN)/python -m pytest -q tests/unit/test_dependencies.py

bom: $(READY) $(AUDIT)/.ready ## the bill of materials (CycloneDX): writes bom.json
	@$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	    --output-file bom.json $(BIN)/python

audit: $(AUDIT)/.ready ## known vulnerabilities of what is locked; asks the index, fails without it
	@$(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

clean: ## remove the environment and the caches of tools; the home stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info

clean-home: ## remove .dateline, the only copy of what was claimed: asks first, or takes SURE=yes
	@test "$(SURE)" = yes || { printf 'Remove .dateline and all that its nights have claimed? [yes/no] '; \
	    read -r answer && test "$$answer" = yes; } || { echo "Nothing was removed."; exit 1; }
	rm -rf .dateline

$(READY): requirements.lock pyproject.toml
	@echo "making the environment in $(VENV): $$(grep -c '^[a-z].*==' requirements.lock) packages, a few minutes ..."
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install $(QUIET) --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install $(QUIET) --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "the environment in $(VENV) is ready"

$(AUDIT)/.ready: requirements-audit.lock
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
