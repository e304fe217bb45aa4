# Everything starts from a bare Python 3.11, 3.12 or 3.13: `make demo`, `make test`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto

# Each run, each sandbox and each command is a new interpreter: without compiled modules it reads Dagster twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install demo test test-fast check format lock up clean

help:
	@echo "make demo       show the whole on a small local web site"
	@echo "make up         start the Dagster UI"
	@echo "make test       run every test; make test-fast leaves the slow ones out"
	@echo "make check      lint, format, types, import rules; make format mends the first two"
	@echo "make lock       make requirements.lock anew"
	@echo "make clean      remove what the others made"

install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: install
	@$(BIN)/lakehouse demo

up: install
	@$(BIN)/lakehouse up

test: install
	$(BIN)/python -m pytest -n $(WORKERS)

test-fast: install
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow"

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright --level error
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The override keeps a fork of litellm out that installs over the same folder; see docs/dependencies.md.
lock: install
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
		--override overrides.txt --group dev pyproject.toml -o requirements.lock --upgrade

clean:
	rm -rf .venv .lakehouse .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
