.DEFAULT_GOAL := help
.PHONY: help run setup test matrix bench-questions check audit format assets messages clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: ## Install what is missing, prepare the demo and serve it (PORT=8000)
	@./run serve

setup: ## Do all that run does, but serve
	@./run setup

test: ## Run the whole test suite (ARGS="-k name" for a part of it)
	@./run test $(ARGS)

matrix: ## Ask every address as every kind of person, and print what is not as declared
	@./run matrix

bench-questions: ## Import 5,000 questions, mark responses, and say whether both are fast enough
	@./run bench-questions

check: ## Run formatter, linters, type checker, import contracts and deployment checks
	@./run check

audit: ## Ask for known holes in the dependencies (0 none, 1 holes, 2 nothing can be said)
	@./run audit

format: ## Format the code and mend what can be mended by itself
	@./run format

assets: ## Build style sheets, script and fonts again
	@./run assets

messages: ## Collect the texts to translate, and compile the catalogues
	@./run messages

clean: ## Remove everything that was installed or built; keeps the data in var/
	@./run clean
