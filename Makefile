# What people do with this repository. `make help` lists it.

.DEFAULT_GOAL := help
.PHONY: help demo test lint format web bench

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | awk -F ':.*## ' '{ printf "make %-8s %s\n", $$1, $$2 }'

demo: web ## build everything, fill a new folder with a sample firm and start the server
	KIZASHI_WEB=require cargo build --locked --release --package kizashi
	@target/release/kizashi demo

test: ## run every test; ends with `N passed, N failed`
	@node .ci/suites.mjs

lint: ## formatting and lints only
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	npm --prefix web run --silent lint
	npm --prefix web run --silent typecheck

format: ## put all sources into the form that `make lint` asks for
	cargo fmt --all
	npm --prefix web run --silent format

web: ## build the web app, if its sources have changed
	@node .ci/web.mjs

bench: web ## measure us and our peers on this machine; see bench/README.md
	cargo build --locked --release --package kizashi --package kizashi-bench
	target/release/kizashi-bench all --size small
