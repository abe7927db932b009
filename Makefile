# make run and make test need Python 3.11, make and a package index; everything else they set up themselves.
PYTHON ?= python3
BOOTSTRAP := .bootstrap
UV := $(BOOTSTRAP)/bin/uv
VENV := .venv
BIN := $(VENV)/bin
ENCODER := $(VENV)/share/on-the-record/multilingual-e5-small
SOURCES := $(shell find answers bot -name '*.py')
# python-telegram-bot gives durations as timedelta with it; its warning that this will become the default is an error here.
export PTB_TIMEDELTA := 1
export PYTHONUTF8 := 1

.PHONY: help setup run test check lint types layers unit coverage docs docs-check lock messages bench figures weights golden fuzz faults nlp drawing format clean

help: ## List what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(VENV)/.installed $(VENV)/.compiled $(ENCODER)/manifest.json ## Create the locked environment in .venv (nothing else needs to be done first)

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	@echo "Fetching uv into $(BOOTSTRAP) …"
	@$(PYTHON) -m venv $(BOOTSTRAP) && $(BOOTSTRAP)/bin/pip install --quiet --disable-pip-version-check 'uv>=0.5'

$(VENV)/.installed: requirements-dev.lock | $(UV)
	@echo "Installing the locked dependencies into $(VENV) …"
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.lock
	@touch $@

# A start takes half as long, also where whoever runs it may write nothing here (systemd, containers).
$(VENV)/.compiled: $(VENV)/.installed $(SOURCES)
	@$(BIN)/python -m compileall -q answers bot && touch $@

# Without it the bot still answers, by words only, and says so: a failure must not stop the set-up, and is tried again.
$(ENCODER)/manifest.json: $(VENV)/.installed $(wildcard answers/encode/*.py)
	@echo "Making the multilingual encoder ready (about 10 seconds) …"
	@$(BIN)/python -m answers.encode.install $(ENCODER) && touch $@ || true

run: setup ## Run the bot: a local chat without a token, Telegram with one
	@$(BIN)/python -m bot run

test: setup lint types layers docs-check check unit ## Everything that must hold before a change lands

check: setup ## Check everything under data/ and templates/
	@$(BIN)/python -m bot check

lint: setup
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: setup
	@$(BIN)/mypy

layers: setup
	@$(BIN)/lint-imports --no-cache

# Processes that share the tests.
WORKERS ?= 2
unit: setup
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

coverage: setup ## The tests again, with what share of the branches they reach (half as long again as make test)
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -q -n $(WORKERS) --dist worksteal
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --include='answers/*' --fail-under=95
	@$(BIN)/coverage report --include='bot/*' --fail-under=90

fuzz: setup ## Try 1,500 hostile files, 500 examples of every property (make test: 102 and 40) and twenty revisions
	@HOSTILE=1500 EXAMPLES=500 $(BIN)/python -m pytest -q -n $(WORKERS) tests/answers tests/bot/test_rollback.py

faults: setup ## Kill it, cut it off, poison it, flood it: the scoreboard of the README, in about an hour; FAULTS=kills for one measure
	@$(BIN)/python -m tests.faults $(FAULTS) $(if $(FAULTS),,--json deploy/scoreboard.json)
	@$(BIN)/cog -r README.md

nlp: setup ## Install the extra that names more speakers when facts are drawn (spaCy, 350 MB), and test it
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r deploy/requirements-nlp.lock
	@$(BIN)/python -m pytest -q tests/answers/test_draft_nlp.py

# CORPORA is a folder with gum, polnear and timebank; they are not part of this project (DESIGN, "Figures of drawing").
drawing: setup ## Measure how well articles are drawn; make drawing CORPORA=folder
	@$(BIN)/python -m tests.bench.sentences $(CORPORA)/gum
	@$(BIN)/python -m tests.bench.polnear $(CORPORA)/polnear/data/test
	@$(BIN)/python -m tests.bench.timebank $(CORPORA)/timebank
	@$(BIN)/python -m tests.bench.drawing

docs: setup ## Write the generated parts of the README anew
	@$(BIN)/cog -r README.md

docs-check: setup
	@$(BIN)/cog --check README.md

# SIZES="10000 100000" chooses the numbers of passages, BENCH_FOLDER=folder keeps what is built for the next run.
bench: setup ## Measure quality, speed and memory beside what one would use instead; make bench EVAL=folder, PARTS=intake
	@$(BIN)/python -m tests.bench $(EVAL)

# EVAL is a folder of question sets; they are not part of this project (README, "Figures").
SETS = $(EVAL)/news_quiz_2020_2021 $(EVAL)/crisis_faq $(EVAL)/typing_noise_a \
  $(EVAL)/cross_lingual_a=$(EVAL)/typing_noise_a/facts.jsonl
# Of each set the figures alone: its questions' ids are nobody's to ship.
define KEEP_FIGURES
import json, sys
told = json.load(sys.stdin)
told["sets"] = [{k: v for k, v in one.items() if not isinstance(v, (dict, list)) or k == "top_1_interval" or k == "shipped" or k == "outcomes"} for one in told["sets"]]
print(json.dumps(told, indent=1))
endef
export KEEP_FIGURES
figures: setup ## Measure quality anew: table and picture of the README; make figures EVAL=folder
	@$(BIN)/python -m bot evaluate $(SETS) $(EVAL)/out_of_scope --json --plot deploy/risk-coverage.png \
	  | $(BIN)/python -c "$$KEEP_FIGURES" > deploy/figures.json
	@$(BIN)/cog -r README.md

# Of the golden questions those of even ids may be learned from (tests/golden/README.md).
GOLDEN_EVEN := $(VENV)/golden-even.jsonl
weights: setup ## Learn the ranker's weights anew, on first halves; make weights EVAL=folder
	@awk 'FNR % 2 == 0' tests/golden/answerable.jsonl tests/golden/declined.jsonl > $(GOLDEN_EVEN)
	@$(BIN)/python -m bot evaluate --fit $(SETS) $(EVAL)/out_of_scope --learn $(GOLDEN_EVEN) --today 2022-02-10

golden: setup ## Score the golden questions (tests/golden/README.md)
	@$(BIN)/python -m bot evaluate --today 2022-02-10 --half all tests/golden/answerable.jsonl tests/golden/declined.jsonl

messages: setup ## Collect the words to be translated into templates/locale
	@$(BIN)/pybabel --quiet extract -F templates/locale/babel.cfg -k words -k label --no-location --sort-output \
	  --project="On the Record" --copyright-holder="the On the Record contributors" --no-wrap --omit-header \
	  -o templates/locale/messages.pot .

format: setup ## Format the code
	@$(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format --quiet .

lock: $(UV) ## Choose the newest allowed versions and write the locks
	@$(UV) pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock pyproject.toml --extra nlp -o deploy/requirements-nlp.lock

clean: ## Remove what was set up and what the bot keeps locally
	@rm -rf $(VENV) $(BOOTSTRAP) .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
