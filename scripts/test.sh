#!/usr/bin/env bash
# Every check, each timed, with a summary at the end. A part that fails does not stop the others, but fails the whole.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/.tools/bin:$PWD/node_modules/.bin:$PATH

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

wasm=(--target wasm32-unknown-unknown)

# What goes on beside the lints and the native tests, which do not keep both cores busy: tools are built and the programs of the
# page are linked on one of them, for minutes, and a few native tests take long.
beside() {
    child=
    trap 'kill "$child" 2>/dev/null; exit 1' TERM
    one_beside tools scripts/setup.sh build
    one_beside release-build trunk build --release
    one_beside browser-tests cargo test --locked "${wasm[@]}" --test browser
}

one_beside() { # name, command...
    local name=$1 && shift
    "$@" </dev/null >"target/beside/$name.log" 2>&1 &
    child=$!
    wait "$child"
    echo $? >"target/beside/$name.verdict"
}

# A build that failed must not be judged by the files of the last one.
rm -rf dist target/beside
mkdir -p target/beside
echo "Tools that are missing are built beside all this: see target/beside/tools.log"
beside &
beside=$!
trap 'kill "$beside" 2>/dev/null' EXIT

outcome() { # of what went on beside
    while [ ! -f "target/beside/$1.verdict" ] && kill -0 "$beside"; do sleep 1; done
    cat "target/beside/$1.log"
    return "$(cat "target/beside/$1.verdict")"
}

# What is built for the page alone: the opening picture is drawn natively.
programs=(--workspace --exclude normlab-prerender --exclude normlab-e2e)
# The end-to-end tests wait for what goes on beside, so that comes first: it seldom keeps both cores busy.
part "format" cargo fmt --all --check
part "lints, native" nice cargo clippy --locked --workspace --all-targets -- -D warnings
# Another list of what is not allowed: a browser has no clock and no threads.
export CLIPPY_CONF_DIR=lints/wasm
part "lints, wasm" nice cargo clippy --locked "${wasm[@]}" "${programs[@]}" --lib --bins --test browser -- -D warnings
unset CLIPPY_CONF_DIR
# The library without the browser: nothing but the page needs one.
part "no browser needed" nice cargo check --locked --no-default-features --lib
part "documentation" nice env RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --lib
part "native tests" nice cargo test --locked --workspace --exclude normlab-e2e
part "tools, which went on beside them" outcome tools
part "release build, which did so too" outcome release-build
part "size budget" scripts/size.sh
part "end to end, with accessibility" cargo e2e --skip screenshots
part "browser tests, which went on beside them" outcome browser-tests

printf '\n== summary\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
