#!/bin/sh
# Trunk runs this on the finished files, before they become dist/. It optimizes the wasm files, and gives the worker's
# files, which Trunk does not hash, names that change with their content.
set -eu
cd "$TRUNK_STAGING_DIR"

checksum() { cat "$@" | cksum | tr ' ' '-'; }

# $1 is the file, $2 the level. Results are kept, so that a build without changes takes no time here.
optimize() {
    command -v wasm-opt >/dev/null || { echo "wasm-opt not found: $1 stays larger than it need be" >&2; return; }
    cache="$TRUNK_SOURCE_DIR/target/wasm-opt"
    kept="$cache/$(checksum "$1")$2.wasm"
    if [ ! -f "$kept" ]; then
        mkdir -p "$cache"
        wasm-opt "$2" --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
            --enable-mutable-globals --enable-multivalue --enable-reference-types "$1" -o "$kept.new"
        mv "$kept.new" "$kept"
    fi
    cp "$kept" "$1"
}

if [ "$TRUNK_PROFILE" = release ]; then
    for app in app-*_bg.wasm; do optimize "$app" -Oz; done
    optimize worker_bg.wasm -O3
fi

name="worker-$(checksum worker.js worker_bg.wasm worker_loader.js)"
mv worker.js "$name.js"
mv worker_bg.wasm "${name}_bg.wasm"
sed "s/worker\.js/$name.js/; s/worker_bg\.wasm/${name}_bg.wasm/" worker_loader.js >"${name}_loader.js"
rm worker_loader.js
sed "s/worker_loader\.js/${name}_loader.js/" index.html >index.new
mv index.new index.html
