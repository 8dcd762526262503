#!/bin/sh
# Builds the engine as a peer of a benchmark page: target/peer/pkg.js and its .wasm, or into the folder named as the
# first argument. Needs the wasm-bindgen command line tool of the version in Cargo.toml; wasm-opt is used if on PATH.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
out=${1:-target/peer}
cargo build --release -p normlab-app --example peer --target wasm32-unknown-unknown
mkdir -p "$out"
wasm-bindgen --target web --no-typescript --out-dir "$out" --out-name pkg \
    "$target/wasm32-unknown-unknown/release/examples/peer.wasm"
if command -v wasm-opt >/dev/null; then
    wasm-opt -Os --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
        --enable-mutable-globals --enable-reference-types --enable-multivalue "$out/pkg_bg.wasm" -o "$out/pkg_bg.wasm"
fi
ls -l "$out"
