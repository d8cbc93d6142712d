# `make run` and `make test` work from a bare clone: they set up what they need, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools

.DEFAULT_GOAL := help
.PHONY: help run test check format clean

help:   ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/'

# $(1) is what to install: the product alone, or with the tools of its developers.
define install
	@if command -v uv >/dev/null 2>&1; then \
	    uv venv -q --allow-existing --python $(PYTHON) $(VENV) && \
	    uv pip install --python $(BIN)/python -c constraints.txt -e '$(1)'; \
	else \
	    $(PYTHON) -m venv $(VENV) && \
	    $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '$(1)'; \
	fi
	@touch $@
endef

$(READY): pyproject.toml constraints.txt
	@echo "Installing what bpssim needs into $(VENV), once; a minute or two ..."
	$(call install,.)

$(TOOLS): $(READY)
	@echo "Installing what developers need into $(VENV), once; a minute or two ..."
	$(call install,.[dev])

run: $(READY)   ## run the Site 1 service and print what it does, by quintile
	@$(BIN)/bpssim run site1

check: $(TOOLS)   ## lint, formatting and types
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy

test: check   ## everything that must hold before a change lands
	@$(BIN)/python -m pytest -q -n auto

format: $(TOOLS)   ## rewrite the source in the house format
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

clean:   ## remove the virtual environment and caches
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
