#!/usr/bin/env bash
# Installs what is missing for the named jobs (build, test). Does nothing, and takes no time, when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

trunk_version=0.21.14
# The tool must have the version of the library exactly: Cargo.toml pins it.
bindgen_version=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' Cargo.toml)

say() { echo "setup: $*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

# System packages, as root or through sudo, after saying which and why.
system_packages() { # why, packages...
    local why=$1 root=() && shift
    has apt-get || { say "needs $* ($why); please install them, this system has no apt"; exit 1; }
    say "installs the system packages $* ($why)"
    if [ "$(id -u)" != 0 ]; then root=(sudo); fi
    "${root[@]}" apt-get update -q </dev/null
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null
}

cargo_tool() { # command, crate, version
    if [ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" = "$3" ]; then return; fi
    say "builds $2 $3 into .tools/ (some minutes, once)"
    CARGO_TARGET_DIR=target/tools cargo install "$2" --locked --version "$3" --root .tools </dev/null
}

for_build() {
    has cargo || { say "needs Rust: see https://rustup.rs"; exit 1; }
    has cc || system_packages "cargo links with the C compiler" gcc libc6-dev
    if has rustup; then
        cargo --version >/dev/null 2>&1 || rustup default stable
        rustup target list --installed | grep -q '^wasm32-unknown-unknown$' || rustup target add wasm32-unknown-unknown
    fi
    cargo_tool trunk trunk "$trunk_version"
    cargo_tool wasm-bindgen wasm-bindgen-cli "$bindgen_version"
    if has npm; then
        npm_tools
    elif ! has wasm-opt || ! has terser; then
        say "has no npm, so no wasm-opt and no terser: the page works, but is larger than it need be"
    fi
}

npm_tools() {
    if [ node_modules/.package-lock.json -nt package-lock.json ]; then return; fi
    say "fetches wasm-opt, terser and axe-core into node_modules/"
    npm ci --no-audit --no-fund </dev/null && touch node_modules/.package-lock.json
}

for_test() {
    if has rustup; then
        rustup component list --installed | grep -q '^clippy' || rustup component add clippy
        rustup component list --installed | grep -q '^rustfmt' || rustup component add rustfmt
    fi
    has npm || system_packages "npm fetches wasm-opt, terser and axe-core, which checks accessibility" nodejs npm
    npm_tools
    if ! has chromedriver && [ ! -x "${CHROMEWEBDRIVER:-}/chromedriver" ]; then
        # Ubuntu has other names than Debian.
        local packages=(chromium chromium-driver)
        if grep -qs '^ID=ubuntu' /etc/os-release; then
            packages=(chromium-browser chromium-chromedriver)
        fi
        system_packages "the browser that the tests drive" "${packages[@]}"
    fi
}

for job; do "for_$job"; done
