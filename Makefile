# `make run` and `make test` work from a bare clone: they set up what they need, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
FLOOR  := .venv-floor
NEWEST := .venv-newest
SHORT  := tests/test_versions.py tests/model/test_mesa_model.py

.DEFAULT_GOAL := help
PAGES  := build

.PHONY: help run app lessons rules test test-floor test-newest check format clean

help:   ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/'

# $(1) is the environment, made if it is not there, and $(2) what to install into it.
define install
	@if command -v uv >/dev/null 2>&1; then \
	    uv venv -q --allow-existing --python $(PYTHON) $(1) && \
	    uv pip install --python $(1)/bin/python $(2); \
	else \
	    $(PYTHON) -m venv $(1) && \
	    $(1)/bin/python -m pip install --disable-pip-version-check $(2); \
	fi
endef

$(READY): pyproject.toml constraints.txt
	@echo "Installing what bpssim needs into $(VENV), once; a minute or two ..."
	$(call install,$(VENV),-c constraints.txt -e .)
	@touch $@

$(TOOLS): $(READY)
	@echo "Installing what developers need into $(VENV), once; a minute or two ..."
	$(call install,$(VENV),-c constraints.txt -e '.[dev]')
	@touch $@

$(FLOOR)/.ready: pyproject.toml
	@echo "Installing the lowest versions that pyproject.toml declares into $(FLOOR) ..."
	@rm -rf $(FLOOR) && mkdir $(FLOOR)
	@sed -nE 's/^    "([A-Za-z0-9._-]+)>=([0-9.]+).*/\1==\2/p' pyproject.toml >$(FLOOR)/floor.txt
	$(call install,$(FLOOR),-c $(FLOOR)/floor.txt -e . pytest hypothesis)
	@touch $@

run: $(READY)   ## run the Site 1 service and print what it does, by quintile
	@$(BIN)/bpssim run site1

$(VENV)/.app: $(READY)
	@echo "Installing what the page needs into $(VENV), once ..."
	$(call install,$(VENV),-c constraints.txt -e '.[app]')
	@touch $@

app: $(VENV)/.app   ## open the page in the browser
	@$(BIN)/bpssim app

lessons: $(READY)   ## write pages in one file, for a room without a network, into build/
	@mkdir -p $(PAGES)
	@for scenario in site1 site2; do $(BIN)/bpssim app --save $(PAGES)/lesson_$$scenario.html $$scenario || exit 1; done

check: $(TOOLS)   ## lint, formatting and types
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy

rules: $(TOOLS)
	@$(BIN)/python -c "import bpssim; bpssim.run('site1', replicates=1)"

# The rules are compiled on one core while the other checks.
test: $(TOOLS)   ## everything that must hold before a change lands
	@$(MAKE) --no-print-directory -j2 check rules
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

test-floor: $(FLOOR)/.ready   ## a short suite with the lowest versions that are declared (Python 3.11 or 3.12)
	@$(FLOOR)/bin/python -m pytest -q $(SHORT)

test-newest:   ## a short suite with the newest versions that are allowed
	@echo "Installing the newest versions into $(NEWEST) ..."
	@rm -rf $(NEWEST)
	$(call install,$(NEWEST),-e . pytest hypothesis)
	@$(NEWEST)/bin/python -m pytest -q $(SHORT)

format: $(TOOLS)   ## rewrite the source in the house format
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

clean:   ## remove the virtual environment and caches
	@rm -rf $(VENV) $(FLOOR) $(NEWEST) $(PAGES) .pytest_cache .mypy_cache .ruff_cache
