# The whole workflow, in targets that need nothing but make and Python 3.11 or newer. Each works twice in a row.
#
#   make demo     install, compare the corpora, show the findings
#   make test     lint, then all tests
#   make quick    the tests that take no more than a moment each
#   make lint     ruff, mypy --strict, import-linter
#   make bench    every benchmark whose data is on this machine
#   make fuzz     coverage-guided fuzzing of the readers (SECONDS=60)
#   make clean    remove what the targets made
#
# VENV=DIR puts the virtual environment elsewhere, PYTHON=... chooses the interpreter it is made from.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:

VENV ?= .venv
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := $(VENV)/bin
SECONDS_OF_FUZZING := $(or $(SECONDS),60)
PYTEST_FLAGS ?= -n 2

.PHONY: demo test quick lint bench fuzz clean
.DEFAULT_GOAL := demo

# ---- environments -------------------------------------------------------------------------------------------------

# Old versions of pip know no dependency groups (25.1), so pip comes first.
$(BIN)/.pip:
	@[ -n "$(PYTHON)" ] || { echo "make: no Python 3.11 or newer found; say which with PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	touch $@

$(BIN)/.run: $(BIN)/.pip pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(BIN)/.develop: $(BIN)/.pip pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[all]' --group test --group lint
	touch $@ $(BIN)/.run

# ---- what people ask for ------------------------------------------------------------------------------------------

demo: $(BIN)/.run
	$(BIN)/transcmp check corpora/news-it-en/article.it.md corpora/news-it-en/article.en.md --fail-on never
	$(BIN)/transcmp check corpora/mixed-en-it/report.md --fail-on never
	@echo
	@echo "See the pair side by side:  $(BIN)/transcmp view corpora/news-it-en/article.it.md corpora/news-it-en/article.en.md"

lint: $(BIN)/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

quick: $(BIN)/.develop
	$(BIN)/python -m pytest $(PYTEST_FLAGS) -m 'not slow'

bench: $(BIN)/.develop
	$(BIN)/python bench/all.py

fuzz: $(BIN)/.develop
	$(BIN)/python -m pip install --quiet --constraint constraints.txt atheris
	$(BIN)/python tests/fuzz/fuzz_readers.py -max_total_time=$(SECONDS_OF_FUZZING)

clean:
	rm -rf $(VENV) .ci/venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .fuzz
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
