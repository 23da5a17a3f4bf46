# On Windows, or without make: every target is one `inclusion` command; see README.md.
PYTHON ?= python3
BIN = .venv/bin

# Every command keeps what Python compiled of it, also where the machine says otherwise: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help all test docs check check-explanations check-documents check-returned-plans fix workbooks demo bench clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

all: .venv/installed ## read the returns of the current cycle and write its plans
	$(BIN)/inclusion run

test: .venv/developing ## lint, types, the layers, and every test
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/pytest -n 2 --dist worksteal

check: test ## the same as `test`: run it before every commit

check-documents: .venv/developing ## every document of 200 invented schools and of hostile text, by our rules, by two checkers from elsewhere and by docxtpl
	cd tests && PYTHONPATH=.. ../$(BIN)/python check_documents.py $(or $(N),200)
	$(BIN)/pytest tests/test_template.py -k equal_docxtpls --county $(or $(N),200)

fix: .venv/developing ## format, and mend what the linter can
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

docs: .venv/developing ## write the generated pages of docs/ anew: findings, commands
	$(BIN)/pytest tests/test_docs.py --renew

check-explanations: .venv/developing ## do what each rating says would lift it, and less, to a county (N=600 schools) of workbooks
	$(BIN)/pytest tests/test_metamorphosis.py --county $(or $(N),600)

workbooks: .venv/installed ## one blank workbook for each school of the register
	$(BIN)/inclusion workbooks

demo: .venv/installed ## an invented county of 60 schools in outputs/demo, read and rated
	$(BIN)/inclusion demo --schools 60 --seed 1 --out outputs/demo && $(BIN)/inclusion run --project outputs/demo

bench: .venv/benching ## time runs over an invented county (N=600 schools, and ten times as many), beside a plain script
	cd tests && ../$(BIN)/python -m bench $(or $(N),600)

check-returned-plans: .venv/developing ## a random editor over returned plans (N=2000): no word lost, no action with another's
	$(BIN)/pytest tests/test_returned_plans.py -k sequence --plans $(or $(N),2000)

clean: ## remove the virtual environment, caches and the demo; never your outputs
	rm -rf outputs/demo .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet -c constraints.txt -e . && touch $@

.venv/benching: .venv/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[bench,fast]' && touch $@

.venv/developing: .venv/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]' && touch $@
