# Landmark Desktop. `make help` lists the targets; the logic of installing is in tools/install.py.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install install-dev install-build run test lint bench torture fuzz endurance build dist clean docs docs-links screenshots

# The first interpreter that is new enough; override with `make PYTHON=/path/to/python3`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# Through the environment, so that a folder may have spaces, quotes and dollars in its name.
export PHOTOS
# Which build: cpu (the default) or gpu.
export FLAVOUR
# More arguments for pytest or the benchmarks: make test ARGS="-k bundle -x"
ARGS ?=

define INSTALL
@if [ -z "$(PYTHON)" ]; then printf '%s\n' \
	'Landmark Desktop needs Python 3.11 or newer. Install it, then run make again:' \
	'    Debian, Ubuntu   sudo apt-get install python3.11 python3.11-venv' \
	'    Fedora           sudo dnf install python3.12' \
	'    Arch             sudo pacman -S python' \
	'    macOS            brew install python@3.12' \
	'    Windows          winget install Python.Python.3.12'; exit 1; fi
@$(PYTHON) -m tools.install --for
endef

help:  ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

install:  ## Install the app into .venv (LANDMARK_EXTRAS=gpu or cpu overrides what is detected)
	$(INSTALL) app

install-dev:  ## Install the app, the trainer and the tools of developers
	$(INSTALL) dev

install-build:
	$(INSTALL) build

run: install  ## Open the app; make run PHOTOS=~/Pictures opens that folder
	@case "$$PHOTOS" in "~" | "~/"*) PHOTOS="$$HOME$${PHOTOS#?}" ;; esac; \
	exec $(BIN)/python -m landmark_desktop $${PHOTOS:+"$$PHOTOS"}

test: install-dev  ## Run every test
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(ARGS)

lint: install-dev  ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install-dev  ## Measure speed and memory
	@$(BIN)/python -m benchmarks $(ARGS)

torture: install-dev  ## Kill tagging, undoing and whole sessions 1,000 times each, and damage 1,000 libraries
	@TORTURE_COUNT=1000 KILL_COUNT=1000 DAMAGE_COUNT=200 $(BIN)/python -m pytest -q -k "killed_at_random or survive_whatever" \
		tests/unit/services/test_tagging_groups.py tests/hardening/test_killed.py tests/hardening/test_library_damage.py $(ARGS)

fuzz: install-dev  ## Meet hostile photos for ten minutes; make fuzz ARGS="--minutes 600 --seed 1"
	@$(BIN)/python -m tools.fuzz $(ARGS)

endurance: install-dev  ## 20,000 classifications and 5,000 reviews in one process: memory, threads and handles stay flat
	@$(BIN)/python -m tests.hardening.endurance $(ARGS)

build: install-build  ## Build the program for this platform into dist/ (FLAVOUR=gpu: with CUDA)
	$(BIN)/pyinstaller --noconfirm --log-level ERROR landmark_desktop.spec
	@$(BIN)/python -m tools.build_check

dist: build  ## Build what is handed out: archive, Debian package, wheel, licences, list of parts, checksums
	@$(BIN)/python -m tools.dist $(ARGS)

docs: install-dev  ## Build the documentation as a site in build/docs
	@$(BIN)/python -m tools.guide_pages
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs

docs-links: install-dev  ## Ask every link of the documentation to the outside whether it still answers
	@$(BIN)/python -m sphinx -q -b linkcheck docs build/links

screenshots: install-dev  ## Draw the screenshots of the documentation anew
	@$(BIN)/python -m tools.screenshots

clean:  ## Remove what was built and cached (.venv stays)
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find landmark_desktop trainer tools tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
