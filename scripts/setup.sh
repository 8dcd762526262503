#!/usr/bin/env bash
# Installs what is missing for the named jobs (lints, build, test). Does nothing, and takes no time, when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/.tools/bin:$PWD/node_modules/.bin:$PATH

# What the page was built and tested with. A newer Rust should do; an older one than Cargo.toml names does not.
rust_tested=1.95
rust_oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
trunk_version=0.21.14
# The tool must have the version of the library exactly: Cargo.toml pins it.
bindgen_version=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' Cargo.toml)
# Takes what any 0.2 of the library wasm_split_helpers marks.
split_version=0.2.4

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

# Whether the machine has this version, or .tools/: not every command tells its own.
is_there() { # command, crate, version
    [ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" = "$3" ] ||
        { [ -x ".tools/bin/$1" ] && grep -qs "^\"$2 $3 " .tools/.crates.toml; }
}

# Whether the first version is the older one of two.
older() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

rust() {
    has cargo || { say "needs Rust $rust_oldest or newer: see https://rustup.rs"; exit 1; }
    if has rustup; then cargo --version >/dev/null 2>&1 || rustup default stable; fi
    local version
    version=$(rustc --version | awk '{ print $2 }')
    if older "$version" "$rust_oldest"; then
        say "needs Rust $rust_oldest or newer, and this is $version: rustup update stable"
        exit 1
    elif older "$version" "$rust_tested"; then
        say "this is Rust $version; the page is tested with $rust_tested"
    fi
}

# A command of this version: the machine's own, or into .tools/, ready made where cargo binstall finds it, else built here.
cargo_tool() { # command, crate, version, level of optimization, minutes it takes to build on two cores, what else cargo is told
    local command=$1 crate=$2 version=$3 level=$4 minutes=$5 start=$SECONDS && shift 5
    if is_there "$command" "$crate" "$version"; then return; fi
    if has cargo-binstall; then
        say "fetches $crate $version into .tools/"
        cargo binstall --no-confirm --quiet --disable-strategies compile --root .tools "$crate@$version" </dev/null || true
        if is_there "$command" "$crate" "$version"; then return; fi
        say "cargo binstall did not find it"
    fi
    say "builds $crate $version into .tools/: about $minutes minutes on two cores, once ($(date +%H:%M))"
    # They work for seconds: optimized less, they are there in half the time, and take no longer that anybody would see.
    CARGO_TARGET_DIR=target/tools CARGO_PROFILE_RELEASE_OPT_LEVEL=$level CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo install "$crate" --locked --version "$version" --root .tools "$@" </dev/null
    say "$crate is there, after $(((SECONDS - start + 30) / 60)) minutes"
}

compiler() {
    rust
    has cc || system_packages "cargo links with the C compiler" gcc libc6-dev
    if has rustup; then
        rustup target list --installed | grep -q '^wasm32-unknown-unknown$' || rustup target add wasm32-unknown-unknown
    fi
}

for_lints() {
    compiler
    if has rustup; then
        rustup component list --installed | grep -q '^clippy' || rustup component add clippy
        rustup component list --installed | grep -q '^rustfmt' || rustup component add rustfmt
    fi
}

for_build() {
    compiler
    cargo_tool wasm-bindgen wasm-bindgen-cli "$bindgen_version" 1 2
    # It fetches nothing here, and is built sooner without TLS.
    cargo_tool trunk trunk "$trunk_version" 0 3 --no-default-features
    cargo_tool wasm-split-cli wasm_split_cli_support "$split_version" 0 1 --features build-binary
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
