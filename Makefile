# Everything starts here: `make run` serves, `make test` proves. README.md says more.
.DEFAULT_GOAL := help
.PHONY: help run test check peers live bench prove lock messages wheels environment dev
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && echo $$p && break; done)
IN := .venv/bin/python
export KOLEGA_DEMO ?= $(DEMO)

help:
	@echo "make run            start Kolega; make run PORT=8001 DEMO=no KOLEGA_DATA=/srv/kolega"
	@echo "make test           run all tests; BROWSER=none leaves out those that need a browser"
	@echo "make check          format, lint, import contracts, types, migrations"
	@echo "make peers          talk with programs of others; make peers ARGS=radicale for some"
	@echo "make live           try a real provider: PROVIDER=google REPORT=file; CLEAN=yes, RECORD=yes"
	@echo "make bench          measure"
	@echo "make prove          the long proofs with counts"
	@echo "make lock           renew the lock files"
	@echo "make messages       collect texts for translators and compile translations"
	@echo "make wheels         download all packages into ./wheels for a machine without internet"

environment:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed. Install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 2; fi
	@"$(PYTHON)" .ci/environment.py run

dev:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed. Install it, or name it: make test PYTHON=/path/to/python3" >&2; exit 2; fi
	@"$(PYTHON)" .ci/environment.py dev

run: environment
	@exec $(IN) -m config.embedded

test: dev
	@exec $(IN) -m tests.run $(ARGS)

check: dev
	@exec .ci/check

peers: dev
	@exec $(IN) -m tests.peers $(ARGS)

# What is set on the command line goes to the program as it is, and the credentials by the environment.
live: environment
	@exec $(IN) manage.py live "$(PROVIDER)" --report "$(REPORT)" \
		$(if $(filter yes,$(CLEAN)),--clean) $(if $(filter yes,$(RECORD)),--record)

bench: dev
	@exec $(IN) -m bench $(ARGS)

prove: dev
	@exec $(IN) -m bench.prove $(ARGS)

# --no-config and no --emit options: a lock names versions and hashes, never a host.
COMPILE := $(IN) -m uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet $(UPGRADE)
lock: dev
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	@echo "uv>=0.13" | $(COMPILE) - -o bootstrap.lock
	@.ci/lock-names-no-host

messages: dev
	@for app in config events recordings attendance integrations; do (cd $$app && for language in hr sq; do \
		../$(IN) -m django makemessages -l $$language --no-location --no-wrap; done); done
	@$(IN) manage.py compilemessages --ignore .venv --ignore var


wheels: environment
	@$(IN) -m pip download --quiet --only-binary :all: --require-hashes -r requirements.lock -d wheels
	@$(IN) -m pip download --quiet --only-binary :all: --require-hashes -r bootstrap.lock -d wheels
	@echo "Copy the folder wheels, then: make run WHEELS=wheels"
