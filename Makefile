# Everything is set up by the target that needs it: a clone, make and Python 3.11 or newer are enough.
# POSIX sh only; GNU make 3.81 is enough.

SHELL = /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL = help

VENV = .venv
BIN = $(VENV)/bin
PYTHONS = python3.14 python3.13 python3.12 python3.11 python3
PIP_INSTALL = $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq
PELICAN = $(BIN)/pelican content -o $(OUTPUT) --log-handler plain

OUTPUT = output
PORT = 8000
BIND = 127.0.0.1
IN =
FORMAT = text
VERSION =
BASE = main
FILE =
YES =
TABLE =
MAPPING =
ANNOTATE =
ARGS =
SHARD =
SHARDS =
ONLY =
PROFILE =

.PHONY: help site join serve check diff import forms from-issue release test lint format bench bench-explorer publish clean words lock

help:
	@echo 'make site      build the portal into $(OUTPUT)/'
	@echo '               SHARD=3/16 for a share of it, ONLY=grants for one folder of pages, PROFILE=profile.txt for what takes how long'
	@echo 'make join      put shards together: SHARDS="shards/*"'
	@echo 'make serve     build it, show it at http://$(BIND):$(PORT)/ and build again at every change; PORT=9000 for another port'
	@echo 'make check     read the records and say what is wrong with them; IN=ru, IN=ky or IN=en for the language'
	@echo 'make diff      say what your edits change in the records; BASE=main is what they are compared with'
	@echo 'make import    say what a spreadsheet would do to the records: FILE=table.xlsx; then write it with YES=1; IN=ru for the'
	@echo '               language; TABLE=grants, MAPPING=map.yaml, ANNOTATE=out.xlsx if needed'
	@echo 'make forms     write the issue forms in .github/ISSUE_TEMPLATE/ again, from the schemas'
	@echo 'make from-issue  say what a form would do to the records: FILE=issue.md; then write it with YES=1'
	@echo 'make release   give the records a version and write them down in data/releases/; IN=ru for the language'
	@echo 'make test      make lint, then every test; ARGS="-k links" for some of them'
	@echo 'make lint      look at the code: ruff and mypy'
	@echo 'make format    put the code into its form: ruff'
	@echo 'make bench     time the build beside Hugo, Eleventy, Pelican and a copy; ARGS="--sizes 1000 --runs 3" for less'
	@echo 'make bench-explorer  measure the search of a thousand to a million grants on a slow network, and compare it with DuckDB;'
	@echo '               ARGS="--sizes 1000 50000 --no-neh" for less'
	@echo 'make publish   build for the public: absolute addresses below SITEURL'
	@echo 'make clean     remove everything that the other targets made, but for $(VENV)/'
	@echo 'make words     write new sentences into theme/translations/*.po, to be translated'
	@echo 'make lock      write the lock files again, from pyproject.toml'

site: $(VENV)/ready
	$(if $(SHARD),PORTAL_SHARD="$(SHARD)") $(if $(ONLY),PORTAL_ONLY="$(ONLY)") $(if $(PROFILE),PORTAL_PROFILE="$(PROFILE)") \
	  $(PELICAN) -s pelicanconf.py --fatal warnings

join: $(VENV)/ready
	@$(if $(SHARDS),,echo 'Say where the shards are: make join SHARDS="shards/*"' >&2; exit 2)
	@$(BIN)/python -m portal join $(SHARDS) --output $(OUTPUT)

serve: $(VENV)/ready
	$(PELICAN) -s pelicanconf.py --autoreload --listen --port $(PORT) --bind $(BIND)

check: $(VENV)/ready
	@$(BIN)/python -m portal check --format $(FORMAT) $(if $(IN),--lang $(IN))

diff: $(VENV)/ready
	@$(BIN)/python -m portal diff --base "$(BASE)" --format $(FORMAT) $(if $(IN),--lang $(IN))

forms: $(VENV)/ready
	@$(BIN)/python -m portal forms

from-issue: $(VENV)/ready
	@$(if $(FILE),,echo 'Say which file: make from-issue FILE=issue.md' >&2; exit 2)
	@$(BIN)/python -m portal from-issue "$(FILE)" --format $(FORMAT) $(if $(IN),--lang $(IN)) $(if $(YES),--yes)

import: $(VENV)/ready
	@$(if $(FILE),,echo 'Say which file: make import FILE=table.xlsx' >&2; exit 2)
	@$(BIN)/python -m portal import spreadsheet "$(FILE)" --format $(FORMAT) $(if $(IN),--lang $(IN)) $(if $(YES),--yes) \
	  $(if $(TABLE),--table $(TABLE)) $(if $(MAPPING),--mapping "$(MAPPING)") $(if $(ANNOTATE),--annotate "$(ANNOTATE)")

release: $(VENV)/ready
	@$(BIN)/python -m portal release $(if $(VERSION),--version $(VERSION)) $(if $(IN),--lang $(IN))

publish: $(VENV)/ready
	$(if $(SHARD),PORTAL_SHARD="$(SHARD)") $(PELICAN) -s publishconf.py --fatal warnings

lint: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/ready-test
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

test: lint
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

bench: $(VENV)/ready-bench
	$(BIN)/python -m tests.bench $(ARGS)

bench-explorer: $(VENV)/ready-bench
	$(BIN)/python -m tests.bench.explorer $(ARGS)

clean:
	rm -rf $(foreach folder,$(OUTPUT) $(PARTS),$(folder) $(foreach ending,$(ENDINGS),$(folder).$(ending)))
	rm -rf profile.txt .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . \( -name .git -o -name $(VENV) -o -name node_modules \) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

words: $(VENV)/ready
	mkdir -p .cache
	$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords $(KEYWORDS) --no-location --sort-output -o .cache/words.pot .
	for file in theme/translations/*.po; do \
	  language=$$(basename $$file .po); \
	  $(BIN)/pybabel -q update -i .cache/words.pot -o $$file -l $$language --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 110; \
	done

lock: $(VENV)/ready
	$(PIP_INSTALL) uv
	$(BIN)/uv pip compile $(LOCK) -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) -o requirements-test.lock --extra test -c requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) -o requirements-spark.lock --extra spark -c requirements.lock pyproject.toml
	printf 'h2>=4.1\nhugo>=0.150\n' | $(BIN)/uv pip compile $(LOCK) -o requirements-bench.lock -
	echo 'csvw>=4.1' | $(BIN)/uv pip compile $(LOCK) -o requirements-csvw.lock -

KEYWORDS = -k _ -k gettext -k ngettext:1,2 -k ngettext:2,3,4t -k pgettext:1c,2 -k say -k heading -k words:2 -k many:1,2
# What the commands in README.md make, also listed in .gitignore; and what a build that was killed leaves beside its folder.
PARTS = part shards
ENDINGS = building building.sums old made made.new turn
LOCK = --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'

# The environment. `created` and `ready` are stamps: they say when, and hold nothing.

$(BIN)/python:
	@for python in $(if $(PYTHON),$(PYTHON),$(PYTHONS)); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'Python 3.11 or newer was not found: install it (Debian, Ubuntu: apt install python3 python3-venv) or say where it is with PYTHON=/path/to/python3.' >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found cannot make a virtual environment: install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$found; this happens once."; \
	"$$found" -m venv --clear $(VENV)

$(VENV)/ready: $(BIN)/python requirements.lock pyproject.toml
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-deps -e .
	@$(BIN)/python -m compileall -q plugins
	@touch $@

# Spark is tested where Java is; it is 400 MB, and nothing else needs it.
$(VENV)/ready-test: $(VENV)/ready $(VENV)/csvw/ready requirements-test.lock requirements-spark.lock
	@$(PIP_INSTALL) --no-compile --require-hashes -r requirements-test.lock
	@if command -v java >/dev/null; then $(PIP_INSTALL) --no-compile --require-hashes -r requirements-spark.lock; fi
	@touch $@

$(VENV)/ready-bench: $(VENV)/ready-test requirements-bench.lock
	@$(PIP_INSTALL) --require-hashes -r requirements-bench.lock
	@touch $@

# The package csvw, for the tests, cannot live beside frictionless: they ask for different versions of rfc3986.
$(VENV)/csvw/ready: $(BIN)/python requirements-csvw.lock
	@$(BIN)/python -m venv --clear $(VENV)/csvw
	@$(VENV)/csvw/bin/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes -r requirements-csvw.lock
	@touch $@
