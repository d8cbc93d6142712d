# `make run` and `make test` work from a bare clone: they set up what they need, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check format clean

help:   ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/'

$(READY): pyproject.toml constraints.txt
	@if command -v uv >/dev/null 2>&1; then \
	    uv venv -q --allow-existing --python $(PYTHON) $(VENV) && \
	    uv pip install -q --python $(BIN)/python -c constraints.txt -e '.[dev]'; \
	else \
	    $(PYTHON) -m venv $(VENV) && \
	    $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'; \
	fi
	@touch $@

run: $(READY)   ## run the Site 1 service and print what it does, by quintile
	@$(BIN)/bpssim run site1

check: $(READY)   ## lint, formatting and types
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy

test: check   ## everything that must hold before a change lands
	@$(BIN)/python -m pytest -q -n auto

format: $(READY)   ## rewrite the source in the house format
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

clean:   ## remove the virtual environment and caches
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
