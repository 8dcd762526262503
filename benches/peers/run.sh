#!/usr/bin/env bash
# The speed table: fetches the libraries, builds the engine and what the page loads into target/peers, and measures. Arguments
# go to run.mjs.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
out=$root/target/peers

if [ ! node_modules/.package-lock.json -nt package.json ]; then
    echo "peers: fetches the libraries into benches/peers/node_modules" >&2
    # No script of a package runs: none of these needs one.
    npm install --ignore-scripts
    touch node_modules/.package-lock.json
fi

engine() {
    cd "$root"
    cargo build --release -p normlab-app --example peer --target wasm32-unknown-unknown
    local built=${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/examples/peer.wasm
    wasm-bindgen --target web --no-typescript --out-dir "$out/engine" --out-name pkg "$built"
    wasm-opt -Os --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
        --enable-mutable-globals --enable-reference-types --enable-multivalue \
        "$out/engine/pkg_bg.wasm" -o "$out/engine/pkg_bg.wasm"
}

(engine)
node build.mjs "$out"
node run.mjs "$out" "$@"
