# One command a job; each prepares the machine first, and at once when it is ready.
# ARGS="..." goes to the program, or to pytest.

SHELL := bash
PYTHON := .venv/bin/python
# Node.js comes with requirements/dev.txt.
WITH_NODE := PATH="$(CURDIR)/.venv/bin:$$PATH"
RUN_READY := .venv/.ready-run
TEST_READY := .venv/.ready-tests
SCRIPTS = $(shell find resources/runtime -name '*.js' 2>/dev/null)
COMPILE := .venv/bin/pip-compile --quiet --strip-extras --no-header \
	--annotation-style=line --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --no-emit-options

.PHONY: run test check format bench setup lock clean

# Debian 12's make is 4.3, which knows no `unexport` for one target.
test bench: export QT_QPA_PLATFORM ?= offscreen

run: $(RUN_READY)
	@$(PYTHON) main.py $(ARGS)

test: $(TEST_READY)
	@$(PYTHON) -m pytest $(ARGS)

check: $(TEST_READY)
	@.venv/bin/ruff check --quiet --output-format concise .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy --no-error-summary $(wildcard exporter server desktop tests main.py)
	@.venv/bin/lint-imports --no-logo
ifneq ($(SCRIPTS),)
	@if [ -x node_modules/.bin/tsc ]; then $(WITH_NODE) node_modules/.bin/tsc --project .; \
	else echo "check: no TypeScript here, so the scripts' types went unchecked."; fi
endif
	@echo "check: all is well"

format: $(TEST_READY)
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

bench: $(TEST_READY)
	@$(PYTHON) -m tests.bench $(ARGS)

setup: $(TEST_READY)

lock: $(TEST_READY)
	@$(COMPILE) $(ARGS) -o requirements/runtime.txt requirements/runtime.in
	@$(COMPILE) $(ARGS) -o requirements/dev.txt requirements/dev.in
	@$(WITH_NODE) npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error

clean:
	@rm -rf .venv .setup.lock node_modules out build *.egg-info \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_READY): requirements/runtime.txt scripts/setup
	@scripts/setup

$(TEST_READY): requirements/runtime.txt requirements/dev.txt package-lock.json \
	tests/npm/package-lock.json scripts/setup
	@scripts/setup --tests
