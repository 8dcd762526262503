# `make serve` shows the page, `make test` checks everything. Both install what is missing first and say what.
SHELL := bash
PORT ?= 8080
# Tools of the versions this project needs are kept inside it when the machine has others, or none.
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)

.PHONY: help serve build test deny bench speed opening soak peers sklearn training screenshots clean

help:           ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve:          ## build the page and serve it on 127.0.0.1 (PORT=8080)
	@scripts/setup.sh build
	@echo "Normlab will be at http://127.0.0.1:$(PORT)/ once it is built (stop with Ctrl-C)"
	@trunk serve --release --port $(PORT)

build:          ## build dist/, which any static host can serve, also below a path
	@scripts/setup.sh build
	trunk build --release

test:           ## every check: format, lints, tests, browser, size, end to end, accessibility
	@scripts/setup.sh lints test
	@scripts/test.sh

deny:           ## dependencies: known holes, licences, where they come from (needs cargo-deny and a connection)
	@command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
	cargo deny --workspace check

bench:          ## how fast the engine is, as a ratio to copying the same bytes
	cargo bench --no-default-features --bench engine

speed:          ## how fast the built page is in a browser on this machine: changes of method, a large file
	@scripts/setup.sh build test
	trunk build --release
	cargo e2e speed --ignored --nocapture --test-threads 1

opening:        ## how soon the page is there on a slow connection: its picture, and the first answer
	@scripts/setup.sh build test
	trunk build --release
	cargo e2e opening_on --ignored --nocapture --test-threads 1

soak:           ## one page, with thousands of addresses and files that were changed at random
	@scripts/setup.sh build test
	trunk build --release
	cargo e2e soak --ignored --nocapture

peers:          ## the speed table: the engine beside other libraries in a browser (fetches 600 MB of them, once)
	@scripts/setup.sh build test
	@benches/peers/run.sh $(PEERS)

sklearn:        ## the experiments beside scikit-learn and NumPy, natively (fetches these two)
	@benches/sklearn/run.sh

training:       ## steps of training beside TensorFlow.js and PyTorch (fetches these two: several GB, once)
	@scripts/setup.sh build test
	@benches/training/run.sh

screenshots:    ## pictures of the built page in tests/artifacts
	@scripts/setup.sh build test
	trunk build --release
	cargo e2e screenshots

clean:          ## remove what was built; the tools stay
	cargo clean
	rm -rf dist tests/artifacts
