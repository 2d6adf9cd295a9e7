# The whole developer interface. `make run` needs Python 3.11 and nothing else; `make help` lists the verbs.

ARGS ?=
PYTEST_WORKERS ?= 2

BIN := .venv/bin
UV := $(BIN)/uv
INSTALL_PROJECT := $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
NPM := scripts/npm --prefix web
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

# Stamps: what is installed, so that a second `make` costs nothing.
BUILD := .venv/.installed-build
RUNTIME := .venv/.installed-runtime
DEV := .venv/.installed-dev

# What pages that use posthog-js load from this server.
CLIENT := src/rejoinder/channels/host/static/index.json

.DEFAULT_GOAL := help
.PHONY: help run demo setup test check check-web format bench bench-quick lock clean

help:  ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) $(CLIENT)  ## start the server (options: make run ARGS="--port 9000")
	@exec $(BIN)/rejoinder serve $(ARGS)

demo: $(RUNTIME) $(CLIENT)  ## start the server on a project filled with believable tickets
	@$(BIN)/rejoinder demo
	@exec $(BIN)/rejoinder serve $(ARGS)

setup: $(DEV) $(CLIENT)  ## install everything that developing needs into .venv

test: $(DEV) $(CLIENT)  ## run the tests (some of them: make test ARGS=tests/tickets)
	@$(BIN)/pytest -n $(PYTEST_WORKERS) $(ARGS)

check: $(DEV) $(if $(wildcard web/package.json),check-web)  ## lint, format, types, the import ladder, sizes, statements
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/pyright --warnings
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest -q tests/architecture

check-web: $(DEV)
	@$(NPM) run --silent check

format: $(DEV)  ## rewrite the code as ruff wants it
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: $(DEV)  ## measure the hot routes at full size, beside their floor
	@$(BIN)/python -m bench $(ARGS)
	@$(BIN)/python -m bench.fanout

bench-quick: $(DEV)  ## the same with little data, in a minute or two
	@$(BIN)/python -m bench --quick $(ARGS)
	@$(BIN)/python -m bench.fanout --quick

lock: $(BUILD)  ## pin what pyproject.toml asks for (newer versions: make lock ARGS=--upgrade)
	@$(LOCK) $(ARGS) --output-file requirements.lock pyproject.toml
	@$(LOCK) $(ARGS) --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml --group dev
	@$(LOCK) $(ARGS) --constraints requirements-dev.lock --output-file requirements-build.lock --group build
	@$(LOCK) $(ARGS) --constraints requirements-dev.lock --output-file requirements-node.lock --group node

clean:  ## remove what make created; never the data
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(BUILD): requirements-build.lock scripts/bootstrap
	@echo "Preparing .venv ..."
	@scripts/bootstrap
	@touch $@

$(RUNTIME): $(BUILD) requirements.lock pyproject.toml
	@echo "Installing Rejoinder ..."
	@$(UV) pip install --quiet --require-hashes --requirement requirements.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(DEV): $(BUILD) requirements.lock requirements-dev.lock pyproject.toml
	@echo "Installing Rejoinder and its development tools ..."
	@$(UV) pip sync --quiet --require-hashes requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $(RUNTIME) $@

# Without it the server runs all the same; only those pages find no scripts.
$(CLIENT): web/package-lock.json web/posthog-js.mjs | $(BUILD)
	@echo "Fetching posthog-js ..."
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --silent && $(NPM) run --silent posthog-js \
		|| echo "That failed: pages will find no posthog-js here until the next make setup."
