# Everything a contributor or a newcomer runs. PYTHON may be any interpreter from 3.10 on.
PYTHON ?= python3
DEMO := .venv-demo
DEV := .venv
PIP := -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check format clean docs serve-schema web web-test web-rooms web-journey

demo: $(DEMO)/installed  ## rank the example resumes for a backend job, without torch
	$(DEMO)/bin/rolefit rank examples/jobs/backend-engineer.txt examples/resumes/*

test: $(DEV)/installed  ## all tests
	$(DEV)/bin/python -m pytest

check: $(DEV)/installed  ## style, types, walls
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

serve-schema: $(DEV)/installed .venv-schema/installed  ## the service against its own OpenAPI document
	$(DEV)/bin/python tests/serve/against_schema.py $(abspath .venv-schema)/bin/st

.venv-schema/installed:  # apart: it comes as a plugin of pytest that nothing else here needs
	$(PYTHON) -m venv .venv-schema
	.venv-schema/bin/python $(PIP) 'schemathesis>=4.32,<5'
	touch $@

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

docs: $(DEV)/docs  ## the documentation site, into build/site; a broken link is an error
	NO_MKDOCS_2_WARNING=1 $(DEV)/bin/mkdocs build --strict

$(DEV)/docs: $(DEV)/installed
	$(DEV)/bin/python $(PIP) --constraint constraints.txt --editable '.[docs]'
	touch $@

web: web/dist/index.html  ## the browser app, built into web/dist (needs Node 20 and npm)

web-test: web/browser web-rooms $(DEV)/installed web/dist/index.html  ## its rooms against Python's, then the page: a walk, hosts, 200 files
	cd web && PYTHON=$(abspath $(DEV))/bin/python npm run journeys

web-journey: web/browser $(DEV)/installed web/dist/index.html  ## walks through the page in Chromium
	cd web && PYTHON=$(abspath $(DEV))/bin/python npm run journey

.PHONY: web/browser
web/browser:  # asked for before the minutes that the rest takes
	@[ -n "$(CHROMIUM)" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { echo "The walk through the page needs Chromium: apt-get install chromium (or CHROMIUM=/path/to/it)"; exit 1; }

web-rooms: web/node_modules/installed  ## the browser's rooms against Python's, without a browser
	cd web && npm run check && npm test

web/node_modules/installed: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "The browser app needs Node 20 with npm: apt-get install nodejs npm"; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "The browser app needs Node 20, this is $$(node --version). Debian has it from version 13 on: apt-get install nodejs npm"; exit 1; }
	cd web && npm ci --no-audit --no-fund
	touch $@

web/dist/index.html: web/node_modules/installed web/index.html web/vite.config.ts src/rolefit/language/data/taxonomy.json.gz $(shell find web/src web/public web/scripts -type f)
	cd web && npm run build

clean:
	rm -rf $(DEMO) $(DEV) .venv-schema build/site .mypy_cache .pytest_cache .ruff_cache .hypothesis
