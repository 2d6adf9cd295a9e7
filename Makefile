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

# The inbox, built.
INBOX := src/rejoinder/web/static/manifest.json
SOURCES := $(shell find web/api web/kit web/inbox web/*.json web/*.mjs web/*.ts -type f ! -name '*.generated.*' 2>/dev/null)
PACKAGES := web/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help run demo setup test faults check check-web format bench bench-quick lock dist sbom clean

help:  ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) $(CLIENT) $(INBOX)  ## start the server (options: make run ARGS="--port 9000")
	@exec $(BIN)/rejoinder serve $(ARGS)

demo: $(RUNTIME) $(CLIENT) $(INBOX)  ## start the server on a project filled with believable tickets
	@$(BIN)/rejoinder demo
	@exec $(BIN)/rejoinder serve $(ARGS)

setup: $(DEV) $(CLIENT) $(INBOX)  ## install everything that developing needs into .venv

test: $(DEV) $(CLIENT) $(INBOX)  ## run the tests (some of them: make test ARGS=tests/tickets)
	@$(BIN)/pytest -n $(PYTEST_WORKERS) $(ARGS)

faults: $(DEV)  ## kill, stop and starve whole servers under load, for a quarter of an hour
	@$(BIN)/python -m tests.faults $(ARGS)

check: $(DEV) $(if $(wildcard web/package.json),check-web)  ## lint, format, types, imports, security, sizes, statements, licences
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/pyright --warnings
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml src
	@$(BIN)/pytest -q tests/architecture

check-web: $(DEV) $(PACKAGES)  ## the inbox: types against the API as it is, tests, size
	@$(BIN)/python scripts/openapi > web/api/openapi.generated.json
	@$(NPM) run --silent types
	@$(NPM) run --silent check

format: $(DEV)  ## rewrite the code as ruff wants it
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: $(DEV) $(INBOX)  ## measure everything at full size, beside its floor
	@$(BIN)/python -m bench $(ARGS)

bench-quick: $(DEV) $(INBOX)  ## the same with little data, in three minutes
	@$(BIN)/python -m bench --quick $(ARGS)

bench-reference: $(DEV) bench/reference/requirements.lock  ## install the Django application that `bench` compares with
	@$(UV) venv --quiet --clear --python $(BIN)/python .bench/reference
	@$(UV) pip install --quiet --python .bench/reference --require-hashes --requirement bench/reference/requirements.lock

lock: $(BUILD)  ## pin what pyproject.toml asks for (newer versions: make lock ARGS=--upgrade)
	@$(LOCK) $(ARGS) --output-file requirements.lock pyproject.toml
	@$(LOCK) $(ARGS) --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml --group dev
	@$(LOCK) $(ARGS) --constraints requirements-dev.lock --output-file requirements-build.lock --group build
	@$(LOCK) $(ARGS) --constraints requirements-dev.lock --output-file requirements-node.lock --group node
	@$(LOCK) $(ARGS) --output-file bench/reference/requirements.lock bench/reference/requirements.in

dist: $(DEV) $(PACKAGES)  ## build the wheel of the last commit, twice, and compare
	@scripts/wheel

sbom: $(DEV)  ## list what the server and the inbox are made of, as CycloneDX, into dist/
	@mkdir -p dist
	@$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--mc-type application --output-reproducible --output-file dist/server.cdx.json
	@$(NPM) sbom --sbom-format cyclonedx --package-lock-only > dist/inbox.cdx.json

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

$(PACKAGES): web/package.json web/package-lock.json | $(BUILD)
	@echo "Fetching what the inbox is built with ..."
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# Without these two the server runs all the same, as an API; it says so where a page would be.
$(CLIENT): $(PACKAGES) web/posthog-js.mjs
	@$(NPM) run --silent posthog-js \
		|| echo "That failed: pages will find no posthog-js here until the next make setup."

$(INBOX): $(PACKAGES) $(SOURCES)
	@echo "Building the inbox ..."
	@$(NPM) run --silent build
