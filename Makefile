# Tout ce qui se fait en développement. « make » seul liste les commandes.
# Commands longer than three lines are scripts in bin/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test audit screenshots bench lint check format install lock stop clean \
	postgres

PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
TEMPLATES := find templates bench -name '*.html' -exec .venv/bin/djade --target-version 5.2
LOCK := $(PYTHON) -m uv pip compile pyproject.toml --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header $(if $(UPGRADE),--upgrade)

# A checkout is never a production: that one has systemd or a container.
export DEMO := 1
export UV_PYTHON_DOWNLOADS := never

help: ## Liste ces commandes
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-11s  %s\n", $$1, $$2 }' Makefile

demo: ## Installe tout, puis sert la démonstration (make demo PORT=8001 pour un autre port)
	@PORT='$(PORT)' DATABASE_URL_COMES_FROM='$(origin DATABASE_URL)' bin/demo

test: lint check ## Lance tout ce que vérifie l’intégration continue
	@bin/run-tests

audit: ## Mesure chaque page de la démonstration, et écrit docs/audit.md
	@DATABASE_URL_COMES_FROM='$(origin DATABASE_URL)' bin/audit audit

screenshots: ## Refait docs/screenshots et l’image du README
	@DATABASE_URL_COMES_FROM='$(origin DATABASE_URL)' bin/audit screenshots

bench: install ## Mesure la vitesse des pages (SIZES="1000 10000 100000") ; voir docs/performance.md
	@$(PYTHON) -m bench $(if $(SIZES),--sizes $(SIZES))

lint: install ## Vérifie le style, les types et le sens des imports
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(TEMPLATES) --check {} +
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

check: install postgres ## Vérifie les réglages de production et les migrations
	env -i PATH="$$PATH" ALLOWED_HOSTS=annuaire.example DATABASE_URL=postgres://base/annuaire \
		SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_hex(40))')" \
		$(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run

format: install ## Met le code et les gabarits en forme
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format
	$(TEMPLATES) {} +

install: ## Installe de quoi développer, dans .venv
	@bin/install dev

lock: install ## Refait les fichiers requirements*.lock (UPGRADE=1 pour tout mettre à jour)
	$(LOCK) --extra demo --extra dev --output-file requirements-dev.lock
	$(LOCK) --extra demo --constraint requirements-dev.lock --output-file requirements-demo.lock
	$(LOCK) --constraint requirements-dev.lock --output-file requirements.lock

postgres:
	@[ -n "$$DATABASE_URL" ] || $(MANAGE) postgres start

stop: ## Arrête le PostgreSQL embarqué (Ctrl-C arrête le site)
	@[ ! -x $(PYTHON) ] || $(MANAGE) postgres stop

clean: ## Efface .venv, var et ce qui s’y trouve : les données de la démonstration sont perdues
	@bin/clean
