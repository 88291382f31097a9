# `make demo` and `make test` are all that a newcomer needs: each sets up .venv first.
# `make PYTHON=python3.11 ...` chooses the Python; otherwise .ci/toolchain finds one.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test check format lint types rules watchlists seeds spark docs fix lock wheel clean

demo: $(READY)
	@$(BIN)/screening demo

test: $(READY)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# In this order what fails soonest fails first; the tests also hold that the documents are complete.
check: format lint types rules watchlists seeds test

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

rules: $(READY)
	$(BIN)/screening rules lint

watchlists: $(READY)
	$(BIN)/screening watchlists validate

# The watchlists and scenarios that are built from the founding articles are up to date.
seeds: $(READY)
	$(BIN)/python -m screening.seeds build --check

# pyspark too, half a gigabyte: without it and Java the tests of screening/spark are left out.
spark: $(VENV)/spark

# What is made from rules and code: the pages of the rules, and the service's OpenAPI document.
docs: $(READY)
	$(BIN)/screening rules pages docs/rules
	$(BIN)/python -m screening.service > docs/openapi.json

# Mends what `format` and `lint` can mend.
fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every version and hash that `make` installs, for all the Pythons; keeps what still fits.
lock: build/lock/bin/uv
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra spark \
		--constraint requirements.lock --custom-compile-command "make lock" --output-file requirements-spark.lock \
		pyproject.toml
	echo "hatchling>=1.26" | build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--extra service --constraint requirements.lock --custom-compile-command "make lock" \
		--output-file requirements-service.lock pyproject.toml -

build/lock/bin/uv:
	@python=$$(sh .ci/toolchain) && $$python -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv

wheel: $(READY)
	$(BIN)/hatchling build --directory dist

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@python=$$(sh .ci/toolchain) && echo "Setting up $(VENV) with $$python: two minutes the first time." && \
		$$python -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/spark: requirements-spark.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@
