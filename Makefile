# Two commands do all: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test check lint types serve clean

site: .venv/installed          ## build the site of content/ into site/
	$(BIN)/sintoma build

serve: .venv/installed         ## preview with live reload
	$(BIN)/sintoma serve

test: .venv/tested             ## install what the tests need and run all of them
	bash tests/needs
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: lint types test         ## what CI runs

lint: .venv/tested
	$(BIN)/ruff check .

types: .venv/tested            ## mypy for Python, TypeScript for the browser's scripts
	$(BIN)/mypy
	bash tests/needs
	for part in js search worker; do npm exec --yes --package='typescript@>=5.8' -- tsc -p theme/assets/$$part/jsconfig.json || exit 1; done

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/tested: pyproject.toml .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

clean:
	rm -rf .venv site .sintoma-cache build dist *.egg-info
