# Needs Python 3.11 to 3.13 and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: demo test lint types docs coverage clean

# At a terminal the desk stays open at the end; a script goes on. STAY=yes, STAY= decide it.
STAY ?= $(shell test -t 0 && echo yes)
PORT ?= 8377

demo: $(STAMP) ## Read the example reports into a new ledger, show what is in it, open the desk.
	@rm -rf demo && mkdir demo
	$(BIN)/dateline add examples/reports --ledger demo/ledger.db
	@echo
	$(BIN)/dateline incidents --ledger demo/ledger.db
	@echo
	$(BIN)/dateline read examples/reports/firing-range-repost.txt
	@echo
ifneq ($(STAY),)
	$(BIN)/dateline serve --ledger demo/ledger.db --port $(PORT)
else
	@echo "See it in the browser: $(BIN)/dateline serve --ledger demo/ledger.db"
endif

test: $(DEV_STAMP) ## Run every test.
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/cog --check README.md docs/cli.md docs/settings.md docs/errors.md docs/reading.md

types: $(DEV_STAMP)
	$(BIN)/mypy

docs: $(DEV_STAMP) ## Build the site into site/.
	$(BIN)/cog -r README.md docs/cli.md docs/settings.md docs/errors.md docs/reading.md
	$(BIN)/mkdocs build --strict

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(STAMP): pyproject.toml | $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet -e '.[desk]'
	@touch $@

# pip reads dependency groups from 25.1 on, which the line above makes sure of.
$(DEV_STAMP): pyproject.toml $(STAMP) | $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

clean:
	rm -rf $(VENV) demo site
