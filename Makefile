# Everything starts from a bare Python 3.11, 3.12 or 3.13: `make demo`, `make test`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto

.PHONY: install demo test test-fast check format lock up clean

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
