# Every target sets the checkout up first where that is needed. Without make, and on Windows, the same
# modules do the same work: see README.md.
PYTHON ?= python3

.PHONY: run test lint format bench soak pictures doc-pictures forms setup lock clean

run: ## the desktop on the sample workspace; without a display, pictures of it in out/
	$(PYTHON) -m installers.run

test: ## every check and every test
	$(PYTHON) -m installers.check

lint: ## the checks alone
	$(PYTHON) -m installers.check --lint

format: setup
	.venv/bin/ruff check --fix-only --quiet
	.venv/bin/ruff format --quiet

bench: ## the benchmarks, beside their limits and their peers
	$(PYTHON) -m installers.bootstrap --bench
	.venv-bench/bin/python -m benchmarks $(ONLY)

soak: setup ## the tests that run for many minutes
	.venv/bin/python -m pytest -m soak --timeout 0

pictures: ## every page as PNG: themes, sizes, states, longer text, right to left; in out/
	$(PYTHON) -m installers.run --pictures

doc-pictures: ## the pictures of the guide and the README, anew
	$(PYTHON) -m installers.run --doc-pictures

forms: ## compiles ui/*.ui
	$(PYTHON) -m installers.forms

setup:
	$(PYTHON) -m installers.bootstrap

COMPILE = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --fork-strategy fewest \
	--python-version 3.11 $(UPGRADE)

lock: ## writes both lock files anew (needs uv); UPGRADE=--upgrade takes newer releases
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --extra dev pyproject.toml --output-file requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --constraint requirements.lock \
		benchmarks/requirements.in --output-file benchmarks/requirements.lock

clean:
	rm -rf .venv .venv-bench .pytest_cache .ruff_cache .hypothesis .coverage* .import_linter_cache \
		htmlcov build dist out
	find src tests benchmarks installers -name __pycache__ -prune -exec rm -rf {} +
