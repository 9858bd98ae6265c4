# Everything one does here is a target. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run build test bench format lint clean openapi

SWIFT ?= swift
# With Swift's libraries inside, the binary runs where Swift is not installed, starts sooner and takes less memory.
RELEASE := -c release --static-swift-stdlib --product gateway
# Arguments for the gateway: make run ARGS="serve --config deploy/gateway.yaml"
ARGS ?= serve

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## Install the system libraries that are missing
	@scripts/setup libraries

run: setup ## Build and start the gateway with its simulated cloud
	@$(SWIFT) build $(RELEASE)
	@exec .build/release/gateway $(ARGS)

build: setup ## Build the release binary: .build/release/gateway
	$(SWIFT) build $(RELEASE)

test: setup ## Build and run every test
	@scripts/setup clients
	@scripts/test

bench: setup ## Measure side by side with nginx and write Benchmarks/RESULTS.md
	@scripts/setup benchmarks
	@Benchmarks/run

openapi: build ## Write openapi.yaml and docs/API.md anew from the catalogue
	.build/release/gateway openapi > openapi.yaml
	.build/release/gateway routes --markdown > docs/API.md

format: ## Format all Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

lint: ## Check the formatting without changing anything
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

clean: ## Remove everything that was built
	rm -rf .build .venv Benchmarks/.build
