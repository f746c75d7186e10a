# The doors of the house. From Python 3.11, git and make alone: `make run`, then `make test`.
#
#   make run      make the environment, migrate, load the demo if nothing is there, serve   (PORT=8000 ENGAGE_HOME=./var)
#   make test     install what the tests need where that is allowed, run every test of what the product does
#   make check    lint, types, and the tests of the source: imports, sizes, words, promises
#   make assets   rebuild static/dist (needs npm)          make lock   pin the dependencies anew (needs uv)
#   make catalogues   bring translations/ up to date with the pages and say what is missing
#   make bench    ratios side by side                      make drill  fault drills

PORT ?= 8000
ENGAGE_HOME ?= ./var
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)
BIN := .venv/bin
PIP := env -u PIP_REQUIRE_HASHES $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
LOCK := uv pip compile pyproject.toml build.in --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
# Where that is set, every process of the tests compiles the whole product anew, and every run all tests.
unexport PYTHONDONTWRITEBYTECODE
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)

# An environment knows its folder by heart: a checkout that was moved or copied gets a new one.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(CURDIR))
$(shell rm -f .venv/made-in)
endif

.PHONY: run test check assets catalogues bench drill lock clean
.DELETE_ON_ERROR:

run: .venv/product
	@ENGAGE_HOME="$(ENGAGE_HOME)" ENGAGE_PORT="$(PORT)" $(BIN)/engage migrate
	@ENGAGE_HOME="$(ENGAGE_HOME)" ENGAGE_PORT="$(PORT)" $(BIN)/engage demo --if-empty
	@ENGAGE_HOME="$(ENGAGE_HOME)" ENGAGE_PORT="$(PORT)" exec $(BIN)/engage serve

test: .venv/developer
	@$(BIN)/python -m tests.support.system
	@! command -v npm >/dev/null || $(MAKE) --no-print-directory node_modules/.made || echo "npm could not install." >&2
	@$(BIN)/python -m pytest -n 2 --prove

check: .venv/developer
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m mypy
	@PYTHONPATH=. $(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/conventions

assets: node_modules/.made
	@npm run --silent build

bench: .venv/developer
	@$(BIN)/python -m tests.bench

drill: .venv/developer
	@$(BIN)/python -m pytest -s tests/drills

catalogues: .venv/developer
	@$(BIN)/python -m tests.support.catalogues

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	@$(LOCK) --quiet -o requirements.lock
	@$(LOCK) --quiet --group dev -c requirements.lock -o requirements-dev.lock

clean:
	@rm -rf .venv node_modules dist

# Each step leaves a stamp, so that a second run starts at once and a broken one starts where it broke.
.venv/made-in:
	@$(PYTHON) -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Engage needs Python 3.11 or newer with venv (on Debian: apt-get install python3.11-venv)." >&2; exit 1; }
	@echo "Making the environment (about half a minute, once) ..."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@printf '%s' "$(CURDIR)" > $@

.venv/packages: .venv/made-in requirements.lock
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@touch $@

# Apart from the packages: an editable install has no single file that could be hashed.
.venv/product: .venv/packages pyproject.toml hatch_build.py $(CATALOGUES)
	@$(PIP) --no-build-isolation --no-deps --no-index --editable .
	@touch $@

.venv/developer: .venv/product requirements-dev.lock
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

node_modules/.made: package.json package-lock.json
	@npm ci --silent --ignore-scripts --omit=optional
	@touch $@
