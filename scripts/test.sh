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

lints() { # which tests, where: options of cargo
    local tests=$1 where=("${@:2}")
    # Helpers of tests may panic and print: clippy.toml exempts only the functions marked as tests.
    local allowed=(-Aclippy::{expect_used,panic,print_stderr,print_stdout,unwrap_used})
    cargo clippy --locked "${where[@]}" --lib --bins -- -D warnings &&
        cargo clippy --locked "${where[@]}" $tests -- -D warnings "${allowed[@]}"
}

wasm=(--target wasm32-unknown-unknown)
part "format" cargo fmt --check
part "lints, native" lints "--all-targets" --no-default-features --features e2e
# Another list of what is not allowed: a browser has no clock and no threads.
export CLIPPY_CONF_DIR=lints/wasm
part "lints, wasm" lints "--test browser" "${wasm[@]}"
unset CLIPPY_CONF_DIR
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
