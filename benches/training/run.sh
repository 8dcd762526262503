#!/usr/bin/env bash
# Steps of training beside TensorFlow.js in a page and PyTorch natively: fetches both, builds into target/training, measures.
# Arguments go to run.mjs.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
out=$root/target/training
mkdir -p "$out"

if [ ! node_modules/.package-lock.json -nt package.json ]; then
    echo "training: fetches TensorFlow.js into benches/training/node_modules" >&2
    npm install --ignore-scripts
    touch node_modules/.package-lock.json
fi
if ! "$out/python/bin/python" -c "import numpy, torch" 2>/dev/null; then
    echo "training: fetches PyTorch into target/training/python" >&2
    python3 -m venv "$out/python"
    "$out/python/bin/pip" install --quiet numpy torch
fi

cd "$root"
cargo build --release -p normlab-app --example training --target wasm32-unknown-unknown
built=${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/examples/training.wasm
wasm-bindgen --target web --no-typescript --out-dir "$out/normlab" --out-name pkg "$built"
wasm-opt -Os --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
    --enable-mutable-globals --enable-reference-types --enable-multivalue \
    "$out/normlab/pkg_bg.wasm" -o "$out/normlab/pkg_bg.wasm"
(cd benches/training && node build.mjs "$out")

cargo bench --quiet -p normlab-training --bench training >"$out/normlab.tsv"
"$out/python/bin/python" benches/training/networks.py >"$out/torch.tsv"
cd benches/training
node run.mjs "$out" "$@"
