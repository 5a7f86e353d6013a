# Two commands for an empty machine with Python: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OPEN := data/examples/complete_response_letter.txt

.PHONY: demo test lint check-all check-tools models benchmark comparison clean
.DEFAULT_GOAL := demo

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.developing: $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.installed

demo: $(VENV)/.installed  ## reads one release, then scores a folder into scores.csv
	$(BIN)/eventrisk analyze $(OPEN)
	$(BIN)/eventrisk score data/examples --out scores.csv

test: lint  ## everything that has to pass before a change lands
	$(BIN)/python -m pytest

lint: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check-all: lint  ## the tests that take minutes too
	$(BIN)/python -m pytest -m 'not tools'

check-tools: $(VENV)/.developing  ## installs and starts the real Label Studio and doccano on the loopback; needs Python 3.11
	$(BIN)/python -m pytest tests/tools -m tools

models: $(VENV)/.developing  ## rebuilds models/ from data/
	$(BIN)/python -m scripts.models.build

benchmark: $(VENV)/.developing  ## speed, as ratios side by side
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m scripts.benchmarks.speed

$(VENV)/.comparing: $(VENV)/.developing
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,benchmark]'
	touch $@

comparison: $(VENV)/.comparing  ## other tools and eventrisk on labelled real releases (REAL=file.jsonl); the table goes into README
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m scripts.benchmarks.comparison $(REAL) --readme README.md

clean:
	rm -rf build dist scores.csv .pytest_cache .mypy_cache .ruff_cache
