# Everything a contributor or a newcomer runs. PYTHON may be any interpreter from 3.10 on.
PYTHON ?= python3
DEMO := .venv-demo
DEV := .venv
PIP := -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check format clean

demo: $(DEMO)/installed  ## rank the example resumes for a backend job, without torch
	$(DEMO)/bin/rolefit rank examples/jobs/backend-engineer.txt examples/resumes/*

test: $(DEV)/installed  ## all tests
	$(DEV)/bin/python -m pytest

check: $(DEV)/installed  ## style, types, walls
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

format: $(DEV)/installed
	$(DEV)/bin/ruff check --fix .
	$(DEV)/bin/ruff format .

$(DEMO)/installed: pyproject.toml
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python $(PIP) --editable .
	touch $@

$(DEV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python $(PIP) --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(DEMO) $(DEV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
