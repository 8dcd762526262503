#!/usr/bin/env bash
# Every check, each timed, with a summary at the end. A part that fails does not stop the others, but fails the whole.
set -uo pipefail
cd "$(dirname "$0")/.."

# Hosted runners keep the driver here.
if [ -x "${CHROMEWEBDRIVER:-}/chromedriver" ]; then export CHROMEDRIVER=$CHROMEWEBDRIVER/chromedriver; fi
# Seconds; a busy machine starts a browser slowly.
export WASM_BINDGEN_TEST_TIMEOUT=120

summary=() failed=0

part() { # name, command...
    local name=$1 start=$SECONDS verdict=ok && shift
    printf '\n== %s\n' "$name"
    "$@" </dev/null || { verdict=FAILED; failed=1; }
    summary+=("$(printf '%-8s%5d s  %s' "$verdict" $((SECONDS - start)) "$name")")
}

lints() { # options...
    # Helpers of tests may panic and print: clippy.toml exempts only the functions marked as tests.
    local tests=(-A clippy::expect_used -A clippy::panic -A clippy::print_stderr -A clippy::unwrap_used)
    # What a browser does not have is not allowed there: lints/wasm/clippy.toml.
    if [[ $* = *wasm32* ]]; then local -x CLIPPY_CONF_DIR=lints/wasm; fi
    cargo clippy --locked "$@" --lib --bins -- -D warnings &&
        cargo clippy --locked "$@" --tests -- -D warnings "${tests[@]}"
}

wasm=(--target wasm32-unknown-unknown)
part "format" cargo fmt --check
part "lints, native" lints --no-default-features --features e2e
part "lints, wasm" lints "${wasm[@]}"
part "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --no-default-features --lib
part "native tests" cargo test --locked --no-default-features
part "browser tests" cargo test --locked "${wasm[@]}" --test browser
# A build that failed must not be judged by the files of the last one.
rm -rf dist
part "release build" trunk build --release
part "size budget" scripts/size.sh
part "end to end, with accessibility" \
    cargo test --locked --no-default-features --features e2e --test e2e -- --skip screenshots

printf '\n== summary\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
