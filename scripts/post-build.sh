#!/bin/sh
# Trunk runs this on the finished files, before they become dist/. It makes program and script small.
set -eu
cd "$TRUNK_STAGING_DIR"

[ "$TRUNK_PROFILE" = release ] || exit 0
for tool in node wasm-opt terser; do
    command -v $tool >/dev/null || { echo "$tool not found: the page stays larger than it need be" >&2; exit 0; }
done

for program in app-*_bg.wasm xlsx_bg.wasm; do
    script=${program%_bg.wasm}.js
    node "$TRUNK_SOURCE_DIR/scripts/shorten.mjs" "$script" "$program"
    # Results are kept, so that a build without changes takes no time here.
    # What is called once stays a function (fimfs), and nothing lies in the first kilobyte of memory, where the stack ends.
    options="-Os -ocimfs 0 -fimfs 0 --low-memory-unused --optimize-added-constants
        --strip-debug --strip-producers --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int
        --enable-sign-ext --enable-mutable-globals --enable-multivalue --enable-reference-types"
    kept="$TRUNK_SOURCE_DIR/target/wasm-opt/$({ echo "$options"; cat "$program"; } | cksum | tr ' ' '-').wasm"
    if [ ! -f "$kept" ]; then
        mkdir -p "$(dirname "$kept")"
        # shellcheck disable=SC2086 # Several options.
        wasm-opt $options "$program" -o "$kept.new"
        mv "$kept.new" "$kept"
    fi
    cp "$kept" "$program"
    terser "$script" --module --ecma 2020 --compress passes=3 --mangle --output "$script"
done
