# Two commands do all the set-up, each by itself: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test docs bench schemas clean
.DEFAULT_GOAL := test

# One stamp for each set of packages, so that the demo waits for no tool it does not use.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/cli.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[cli]'
	touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/cli.stamp

demo: $(VENV)/cli.stamp
	$(BIN)/python -m customer_summary show examples/sample.ndjson --at 2026-03-02T09:45:30Z --zone Europe/Amsterdam

test: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term

docs: $(VENV)/dev.stamp
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --builder html docs build/docs

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks

schemas: $(VENV)/dev.stamp
	$(BIN)/python -m customer_summary.wire.schema

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
