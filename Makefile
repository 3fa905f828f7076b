# Everything is installed into .venv in this clone; nothing is left outside it but pip's own cache.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := out/demo
# Files of tests run two at a time where each can have a server of its own; one that is named, or Docker's, is one.
WORKERS ?= $(if $(or $(KB_TEST_NEO4J_URI),$(shell docker info >/dev/null 2>&1 && echo yes)),0,2)

.DEFAULT_GOAL := help
.PHONY: help install demo test check format bench wheel clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "kb needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing kb into $(VENV) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	@echo "installing what tests and checks need …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

install: $(VENV)/.installed ## make .venv, so that .venv/bin/kb runs

demo: $(VENV)/.installed ## load the sample interviews, draw the causal map, print a chain with its evidence
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/kb load data/interviews --db $(DEMO)/db
	$(BIN)/kb export causal-map --without-fixes --db $(DEMO)/db -o $(DEMO)/causal-map.svg
	$(BIN)/kb query causal-chains --cause Data-no-signal --effect MD-performance-drop --db $(DEMO)/db --format table
	$(BIN)/kb query fixes-along-chain --cause Data-no-signal --effect MD-performance-drop --db $(DEMO)/db --format table
	$(BIN)/kb export causal-chains --effect MD-performance-drop --db $(DEMO)/db -o $(DEMO)/chains.svg
	@echo "the figures: $(DEMO)/causal-map.svg (all causes that people tell), $(DEMO)/chains.svg (those that lead to a performance drop)"
	@echo "to explore them on a page: $(BIN)/kb serve --db $(DEMO)/db"

test: $(VENV)/.dev ## run all tests (on a real Neo4j too, where Java and Maven, or Docker, are there)
	@mkdir -p .kb-test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --basetemp=.kb-test/tmp -o cache_dir=.kb-test/cache

check: $(VENV)/.dev ## lint, types, import rules, the Compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

format: $(VENV)/.dev ## format the code and mend what the linter can
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## run the benchmarks; each prints ratios within one run
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

wheel: $(VENV)/.dev ## build the wheel into dist/
	@rm -rf dist && $(BIN)/python -m build --wheel --outdir dist .

clean: ## remove what was built and measured, but not .venv
	rm -rf out dist .kb-test .neo4j-test .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
